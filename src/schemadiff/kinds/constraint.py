"""Constraints of tables (``pg_constraint``), but NOT NULL, which not_null.py has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ..model import Catalog, Fact, Id
from ..sqltext import ident, names_of, qualified, settings, words
from ._concurrently import concurrently, made_as
from ._constraint_query import query
from ._heirs_valid import evicted, is_late, left, passed_on_after, unvalidated, validated_later
from ._inherited import comes_along, parted, whole_of
from ._keys import conflicts, duplicates
from ._kind import (
    REPLACE,
    Alter,
    Context,
    Expression,
    Kind,
    Statement,
    Written,
    alter_table,
    listed,
)
from ._orphans import Reference, orphans
from ._question import Question
from ._rows import JOINING, heirs
from ._standing import columns_of, holds_rows, is_settled, rows_where, source, table_of
from ._tablespaces import index_clause, indexed


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint(Fact):
    """``type`` as in pg_constraint.contype: c, f, p, u, x. ``options`` are those of its index."""

    type: str
    definition: Expression
    validated: bool
    options: tuple[str, ...]
    partition: bool = field(compare=False)
    partitioned: bool = field(compare=False)
    index: str | None = field(compare=False)
    """The definition of the index of a key."""
    expression: str | None = field(compare=False)
    """What a check says."""
    keys: tuple[str, ...] = field(compare=False)
    """What the index of a key compares; empty where nobody can ask that of rows."""
    operators: tuple[str, ...] = field(compare=False)
    """With which operators: those of an exclusion constraint, or between a foreign key and what it refers to."""
    predicate: str | None = field(compare=False)
    nulls_distinct: bool = field(compare=False)
    columns: tuple[str, ...] = field(compare=False)
    """Of a foreign key."""
    references: tuple[str, ...] = field(compare=False)
    """The table that it refers to."""
    referenced: tuple[str, ...] = field(compare=False)
    """The columns that it refers to."""
    match_full: bool = field(compare=False)
    positions: tuple[int, ...] = field(compare=False)
    """Of its columns (pg_constraint.conkey)."""
    only: bool = field(compare=False)
    """Whether some partition has no part in it (ALTER TABLE ONLY): attaching that one would make it."""


def _table(c: Constraint) -> str:
    return qualified(*c.id.path[:-1])


def _name(c: Constraint) -> str:
    return ident(c.id.path[-1])


def _definition(c: Constraint, ctx: Context) -> str:
    """What is said of the index of a key stands before DEFERRABLE, where pg_get_constraintdef says none of it;
    of an exclusion constraint it says the options."""
    options = f"WITH ({settings(c.options)})" if c.options else None
    said = words(options, index_clause(c.id, ctx)) if c.type in "pu" else ""
    if not said:
        return c.definition
    for word in (" DEFERRABLE", " INITIALLY DEFERRED"):
        if c.definition.endswith((word, word + " INITIALLY DEFERRED")):
            head, _, tail = c.definition.rpartition(" DEFERRABLE")
            return f"{head} {said} DEFERRABLE{tail}"
    return f"{c.definition} {said}"


def create(c: Constraint, parts: Sequence[str], ctx: Context) -> Written:
    only = "only " if c.type in "pux" else ""
    late = c.type == "c" and is_late(c, ctx)
    valid = " not valid" if late or (_is_enforced(c) and not c.validated) else ""
    builds = c.type in "pux" and not c.partitioned
    hazards = ("INDEX_BUILD",) if builds else ()
    later = validated_later(c, ctx) if c.type == "c" else ()
    return [
        alter_table(
            f"{only}{_table(c)}", f"add constraint {_name(c)} {_definition(c, ctx)}{valid}", *hazards
        ),
        *(_validate(i, apart=ctx.in_use(i)) for i in later),
    ]


def online(c: Constraint, ctx: Context) -> Sequence[Statement] | None:
    """A key takes an index that is built before; a check or foreign key looks at the rows once it holds for
    new ones."""
    if c.type in "pu":
        return _using_index(c, ctx)
    scans = c.type in "cf" and c.validated and _is_enforced(c)
    if not scans or c.inherited or (c.type == "f" and c.partitioned and ctx.version < 180000):
        return None
    add = alter_table(_table(c), f"add constraint {_name(c)} {_definition(c, ctx)} not valid")
    return [add, _validate(c)]


def _using_index(c: Constraint, ctx: Context) -> Sequence[Statement] | None:
    name = c.id.path[-1]
    built = _built(c, name, ctx)
    return [built, _using(c, name)] if built else None


def _built(c: Constraint, name: str, ctx: Context) -> Statement | None:
    """The statement that builds the index of a key as ``name``."""
    if (not c.partition and _inherits_not_null(c, ctx)) or "WITHOUT OVERLAPS" in c.definition:
        return None
    index = _index_of(c)
    return concurrently(indexed(c.index or "", None, index, ctx), index.path, name)


def _using(c: Constraint, index: str) -> Statement:
    """The key takes an index, which is then called what it is."""
    key = "primary key" if c.type == "p" else "unique"
    late = next(
        (t for t in (" DEFERRABLE INITIALLY DEFERRED", " DEFERRABLE") if c.definition.endswith(t)), ""
    )
    added = f"add constraint {_name(c)} {key} using index {ident(index)}{late.lower()}"
    return Statement(f"alter table only {_table(c)} {added}")


def _index_of(c: Constraint) -> Id:
    return Id("constraint_index", (c.id.path[0], c.id.path[-1]))


def ahead(c: Constraint, ctx: Context) -> Sequence[Statement] | None:
    """The index of a key is built while the old key is there; that of a partitioned table has none to be built."""
    if c.type not in "pu":
        return None
    if c.partitioned:
        return ()
    built = _built(c, made_as(_index_of(c), ctx), ctx)
    return None if built is None else [built]


def takes_over(c: Constraint, ctx: Context) -> Sequence[Statement]:
    return [_using(c, made_as(_index_of(c), ctx))]


def _inherits_not_null(c: Constraint, ctx: Context) -> bool:
    """Whether a primary key that comes in CREATE TABLE or takes an index would make a NOT NULL of the table's own
    of one that the table has from its parent. PostgreSQL keeps these apart from 18 on; of a partition nobody sees it
    (not_null.py drops both)."""
    if c.type != "p" or ctx.version < 180000:
        return False
    catalog = ctx.after
    columns = catalog.children.get(c.parent, ()) if c.parent else ()
    if not any(i.kind in JOINING for i in columns):
        return False
    below = (catalog.facts[i] for column in columns for i in catalog.children.get(column, ()))
    return any(f.id.kind == "not_null" and f.inherited and not f.local for f in below)


def _validate(c: Constraint, *, apart: bool = True) -> Statement:
    return alter_table(_table(c), f"validate constraint {_name(c)}", apart=apart)


def asks(before: Constraint | None, after: Constraint | None, ctx: Context) -> Iterator[Question]:
    """What of the rows breaks it, once it holds for those that are there."""
    if after is not None and after.type == "c" and not after.validated:
        for heir in unvalidated(after, ctx):
            yield from asks(None, heir, ctx)
    if after is None or not after.validated or not _is_enforced(after):
        return
    if (
        before is not None
        and before.validated
        and _is_enforced(before)
        and before.definition == after.definition
    ):
        return
    table = table_of(after)
    if after.type == "c" and after.expression and holds_rows(table, ctx) and is_settled(after.id, ctx):
        only = after.definition.endswith(" NO INHERIT")
        origin = source(table, columns_of(after.id, table, ctx), ctx, only=only)
        what = f"check {_name(after)} does not hold"
        yield from rows_where(table, origin, f"not ({after.expression})", what, ctx)
    elif after.type == "f" and after.columns:
        reference = Reference(
            after.columns,
            Id("table", after.references),
            after.referenced,
            after.operators,
            full=after.match_full,
        )
        yield from orphans(after.id, table, reference, ctx)
    elif after.type in "pu" and not after.partitioned:
        distinct = after.type == "p" or after.nulls_distinct
        yield from duplicates(after.id, table, after.keys, None, nulls_distinct=distinct, ctx=ctx)
    elif after.type == "x" and not after.partitioned:
        yield from conflicts(after.id, table, after.keys, after.operators, after.predicate, ctx)


def _is_enforced(c: Constraint) -> bool:
    return not c.definition.endswith("NOT ENFORCED")


def drop(c: Constraint, ctx: Context) -> Sequence[Statement]:
    return [
        *(
            alter_table(f"{only}{qualified(*i.path[:-1])}", f"drop constraint {_name(c)}")
            for only, i in _parted(c, ctx)
        ),
        *(
            alter_table(qualified(*i.path[:-1]), f"drop constraint if exists {_name(c)}")
            for i in _left(c, ctx)
        ),
    ]


def _left(c: Constraint, ctx: Context) -> list[Id]:
    return list(left(c, ctx)) if c.type == "c" else []


def _parted(c: Constraint, ctx: Context) -> list[tuple[str, Id]]:
    """Heirs have the checks of their parents; keys and foreign keys only partitions have."""
    return parted(c, ctx) if c.type == "c" else [("", c.id)]


def online_drop(c: Constraint, ctx: Context) -> Sequence[Statement] | None:
    """A key goes once others that come are there."""
    return drop(c, ctx) if c.type in "pu" and not c.inherited else None


def names(c: Constraint) -> Iterator[tuple[str, ...]]:
    """A key has an index of its name, and a table has one primary key."""
    yield ("pg_constraint", *c.id.path)
    if c.type in "pux":
        yield ("pg_class", c.id.path[0], c.id.path[-1])
    if c.type == "p":
        yield ("primary key of", *c.id.path[:-1])


def _is_twin(c: Constraint, ctx: Context) -> bool:
    """CREATE TABLE makes one of two keys that differ in name alone; so it does of a primary and a unique key. The index of
    a partition that is attached is the first of such, deferrable or not."""
    if c.type not in "ux" or c.parent is None:
        return False
    siblings = (ctx.after.facts[i] for i in ctx.after.children.get(c.parent, ()) if i.kind == c.id.kind)
    others = [o for o in siblings if isinstance(o, Constraint) and o.id != c.id]
    key = _at_once(c).removeprefix("UNIQUE")
    return any(
        (o.type == "p" and _at_once(o).removeprefix("PRIMARY KEY") == key)
        or (_at_once(o) == _at_once(c) and _place(o, ctx) < _place(c, ctx))
        for o in others
    )


def _at_once(c: Constraint) -> str:
    """Its definition but for when it is checked."""
    return c.definition.removesuffix(" INITIALLY DEFERRED").removesuffix(" DEFERRABLE")


def _place(c: Constraint, ctx: Context) -> tuple[bool, Id, Id]:
    return (not c.inherited, _whole(c, ctx), c.id)


def _whole(key: Fact, ctx: Context) -> Id:
    """The key of the uppermost partitioned table that one is a part of. Where several could be, PostgreSQL attaches the
    first to the first, so that these are made in one order everywhere."""
    return _whole(ctx.after.facts[key.inherited[0]], ctx) if key.inherited else key.id


def clause(c: Constraint, parts: Sequence[str], ctx: Context) -> str | None:
    """Everything may stand in CREATE TABLE but foreign keys, what is not valid or not of all partitions, the
    second of two equal keys, and a primary key that would make an inherited NOT NULL the table's own."""
    heirs_own = not c.partition and _inherits_not_null(c, ctx)
    inherits = c.type == "c" and c.inherited and not c.local and not c.partition
    if inherits and comes_along(whole_of(c.id, ctx), ctx):
        return ""
    if c.type == "f" or not c.validated or c.only or _is_twin(c, ctx) or heirs_own:
        return None
    return f"constraint {_name(c)} {_definition(c, ctx)}"


def validate(before: Constraint, after: Constraint, ctx: Context) -> Written | Literal["replace"]:
    if not after.validated:
        return REPLACE
    return [_validate(after, apart=ctx.in_use(after))]


def set_options(before: Constraint, after: Constraint, ctx: Context) -> Written | Literal["replace"]:
    """PostgreSQL changes none of the index of a partitioned table."""
    if after.partitioned:
        return REPLACE
    gone, new = listed(before.options, after.options)
    index = qualified(after.id.path[0], after.id.path[-1])
    reset = [f"alter index {index} reset ({names_of(gone)})"] if gone else []
    return reset + ([f"alter index {index} set ({settings(new)})"] if new else [])


def follows_retype(c: Constraint, before: Fact, after: Fact) -> bool:
    """PostgreSQL rebuilds keys and checks itself, those that some partitions lack for all of them; a foreign key only
    while both ends still compare."""
    if c.only:
        return False
    old, new = str(getattr(before, "plain_type", "")), str(getattr(after, "plain_type", ""))
    return c.type != "f" or old == new or {old, new} <= {"smallint", "integer", "bigint"}


def goes_with(c: Constraint, origin: Catalog) -> Iterable[Id]:
    """What it comes from where it is nothing of its own; a key also goes with a plain index of the whole
    table that its index is attached to, and with nothing else."""
    attachment = origin.facts.get(Id("index_attachment", (c.id.path[0], c.id.path[-1])))
    index = Id("index", getattr(attachment, "to", ()))
    if c.type in "pux" and index in origin.facts:
        return (index,)
    return () if c.local else c.inherited


def bears_on(constraints: Sequence[Constraint], catalog: Catalog) -> Iterator[Id]:
    """The partitions of both tables of a foreign key, which are locked with these."""
    keys = (c for c in constraints if c.type == "f")
    for table in {Id("table", path) for c in keys for path in (c.references, c.id.path[:-1])}:
        yield from heirs(table, catalog)


def stays_apart(constraints: Sequence[Constraint], origin: Catalog) -> Iterator[Id]:
    """The foreign keys of partitioned tables to themselves hold on to each partition."""
    return (c.id for c in constraints if c.partitioned and c.references == c.id.path[:-1])


DEFINED = (
    "expression", "keys", "operators", "predicate", "nulls_distinct",
    "columns", "references", "referenced", "match_full", "positions",
)  # fmt: skip
"""What is read of the definition a second time."""

KIND = Kind(
    name="constraint",
    title="constraints",
    cost=14,
    fact=Constraint,
    catalog="pg_constraint",
    parent="pg_class",
    query=query,
    rank=140,
    create=create,
    drop=drop,
    online=online,
    online_drop=online_drop,
    whole_ahead=ahead,
    takes_over=takes_over,
    asks=asks,
    stays_apart=stays_apart,
    bears_on=bears_on,
    changes={
        "type": REPLACE,
        "definition": REPLACE,
        "validated": Alter(validate, recurses=lambda before, after: after.type == "c" and after.validated),
        "options": Alter(set_options),
    },
    address=lambda c: f"constraint {_name(c)} on {_table(c)}",
    inline=clause,
    compared=lambda c: c.type != "f" and not c.only,
    order=lambda c: "puxcf".index(c.type),
    names=names,
    follows_retype=follows_retype,
    follows_swap=lambda c: c.type != "f",
    attaches=lambda c: c.type in "pux",
    goes_with=goes_with,
    evicts=lambda c, ctx: evicted(c, ctx) if c.type == "c" else (),
    creates_after=lambda c, ctx: passed_on_after(c, ctx) if c.type == "c" else (),
    detachable=True,
    ignored={
        "partition": "follows from the table",
        "partitioned": "follows from the table",
        "index": "follows from the definition and the options",
        **dict.fromkeys(DEFINED, "follows from the definition"),
        "only": "follows from what is attached to its index, which is a fact of its own",
    },
    migra=frozenset({"drop"}),
    migra_when=lambda c, ctx: _parted(c, ctx) == [("", c.id)] and not _left(c, ctx),
    cannot={
        "owner": "it belongs to whoever owns what it stands on",
        "privileges": "PostgreSQL grants nothing on it",
    },
    leaves_trash=lambda c: c.type == "f",
    why_not_migra="migra adds every check and foreign key NOT VALID, which partitioned tables refuse before 18",
    rename=lambda c, new: [f"alter table {_table(c)} rename constraint {_name(c)} to {ident(new)}"],
)
