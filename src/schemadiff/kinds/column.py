"""Columns of tables (``pg_attribute``). Default, identity and NOT NULL are facts of their own;
attributes of types live in attribute.py."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from ..model import Fact, Id
from ..sqltext import ident, names_of, qualified, settings, words
from ._concurrently import aside
from ._conversions import TEXTS, narrows, using
from ._evicting import evicts
from ._filling import fill, is_filled
from ._heirs_not_null import around_retyping, before_going
from ._inherited import below, comes_along, coming_along, parted, whole_of
from ._kept import COMPRESSION, STORAGE, details, said_again, targets, toast_options
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
from ._labels import by_text, mapped, merges
from ._misfits import misfits
from ._question import Question
from ._rows import is_stored
from ._standing import called, domains, holds_rows, is_given, rows_where, stored, table_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Fact):
    """``generated`` is '' or s or v, as in pg_attribute.attgenerated."""

    type: str
    collation: str | None
    generated: str
    expression: Expression | None
    storage: str | None
    compression: str
    statistics: int
    options: tuple[str, ...]
    position: int = field(compare=False)
    plain_type: str = field(compare=False)
    modifier: int = field(compare=False)
    """What limits the type, as in pg_attribute.atttypmod; -1 for nothing."""
    partition: bool = field(compare=False)
    typed: bool = field(compare=False)
    key: bool = field(compare=False)
    """Whether the partition key of its table uses it, so that no ALTER changes its type."""


def _name(c: Column) -> str:
    return ident(c.id.path[-1])


def _table(c: Column) -> str:
    return qualified(*c.id.path[:-1])


def clause(c: Column, parts: Sequence[str], ctx: Context) -> str:
    """Its line in CREATE TABLE or ADD COLUMN; '' where it comes with INHERITS, or with a type."""
    if c.typed and ctx.created(whole_of(c.id, ctx)):
        return words(_name(c), "with options", *parts) if parts else ""
    if c.inherited and not c.local and not c.partition and comes_along(whole_of(c.id, ctx), ctx):
        return ""
    return _written(c, parts)


def _written(c: Column, parts: Sequence[str]) -> str:
    return words(
        _name(c),
        c.type,
        c.collation and f"collate {c.collation}",
        f"generated always as ({c.expression}) {GENERATED[c.generated]}" if c.generated else None,
        *parts,
    )


GENERATED = {"s": "stored", "v": "virtual"}


def create(c: Column, parts: Sequence[str], ctx: Context) -> Written:
    """On its own also where a table comes to inherit it: PostgreSQL wants it to be there before."""
    added = alter_table(_table(c), f"add column {_written(c, parts)}")
    said = (s for i in (c, *coming_along(c, ctx)) for s in details(i))
    return [added, *said, *toast_options(c, ctx)]


def online(c: Column, ctx: Context) -> Sequence[Statement] | None:
    """Under another name until each row has its value; it is the default's from the start for new rows."""
    if not is_filled(c, ctx):
        return None
    name = aside(c.id, "__new", ctx)
    found = (c, *coming_along(c, ctx))
    new, *theirs = (replace(i, id=Id(i.id.kind, (*i.id.path[:-1], name))) for i in found)
    default: Any = ctx.after.facts[Id("default", c.id.path)]
    return [
        Statement(f"alter table {_table(c)} add column {_written(new, ())}"),
        Statement(_alter(new, f"set default {default.expression}")),
        *(Statement(said) for column in (new, *theirs) for said in details(column)),
        fill(Id("table", c.id.path[:-1]), new.id.path[-1]),
        Statement(f"alter table {_table(c)} rename column {_name(new)} to {_name(c)}"),
    ]


def after_inline(c: Column, ctx: Context) -> Written:
    """What it inherits is made with it: also a default, a storage or a compression that it does not have."""
    mine, *theirs = (ctx.after.facts.get(Id("default", i.path)) for i in (c.id, *c.inherited))
    drop_default = [_only(c, "drop default")] if not c.local and not mine and any(theirs) else []
    return [*drop_default, *_unlike_parents(c, ctx), *details(c)]


def _unlike_parents(c: Column, ctx: Context) -> Iterator[str]:
    parents = [p for i in c.inherited if isinstance(p := ctx.after.facts.get(i), Column)]
    if not c.storage and any(p.storage for p in parents):
        yield from set_storage(c, c, ctx)
    if not c.compression and any(p.compression for p in parents):
        yield from set_compression(c, c, ctx)


def _only(c: Column, action: str) -> str:
    return f"alter table only {_table(c)} alter column {_name(c)} {action}"


def _alter(c: Column, action: str) -> str:
    return f"alter table {_table(c)} alter column {_name(c)} {action}"


def set_type(before: Column, after: Column, ctx: Context) -> Written | Literal["replace"]:
    """USING only where no assignment cast exists, or none at all. A generated column is made anew: its values
    follow; and so is one of a table whose rows another column holds, which PostgreSQL does not rewrite. One that
    is part of a partition key takes its table along."""
    if before.generated or after.generated or not _moves(before, ctx):
        return REPLACE
    collate = after.collation and f"collate {after.collation}"
    if _is_foreign(after):
        return [_alter(after, words("type", after.type, collate))]
    said = using(_name(after), before, after, ctx)
    loses = narrows(before, after, ctx) and not _relabels(before, after, ctx)
    moved = _retyped(
        after,
        words("type", after.type, collate, said and f"using {said}"),
        *(["LOSES_PRECISION"] if loses else []),
    )
    first, last = around_retyping(before, ctx)
    converted = _where_cast_looks(before, after, moved, ctx)
    return [*_narrow_identity(before, after, ctx), *first, *converted, *last, *said_again(after, ctx)]


def _where_cast_looks(before: Column, after: Column, moved: Statement, ctx: Context) -> list[Statement]:
    """A cast's function may call what lies beside it without naming the schema: the conversion runs with that
    as its ``search_path``, and all else with none."""
    pairs = {(before.plain_type, after.plain_type)}
    pairs |= {(a.removesuffix("[]"), b.removesuffix("[]")) for a, b in pairs}
    casts = (Id("cast", pair) for pair in pairs)
    used = (i for cast in casts for c in (ctx.after, ctx.before) for i in c.references.get(cast, ()))
    schema = next((i.path[0] for i in used if i.kind == "function"), None)
    if schema is None:
        return [moved]
    path = Statement(f"set local search_path = {ident(schema)}")
    return [path, moved, Statement("set local search_path = ''")]


def _retyped(c: Column, action: str, *hazards: str) -> Statement:
    return alter_table(_table(c), f"alter column {_name(c)} {action}", "REWRITES_TABLE", *hazards)


def _is_foreign(c: Column) -> bool:
    """A foreign table has no rows here to convert, and takes no USING."""
    return c.parent is not None and c.parent.kind == "foreign_table"


def _moves(c: Column, ctx: Context) -> bool:
    """Whether PostgreSQL can change its type."""
    return not (c.generated or c.key) and (c.parent is None or not is_stored(c.parent, ctx))


def _narrow_identity(before: Column, after: Column, ctx: Context) -> list[str]:
    """A sequence whose limit does not fit the new type must let go of it first."""
    identity = ctx.before.facts.get(Id("identity", before.id.path))
    top = {"smallint": 2**15 - 1, "integer": 2**31 - 1}.get(after.plain_type)
    limits = [o for o in getattr(identity, "options", ()) if o.startswith("maxvalue ")]
    return [_alter(after, f"set maxvalue {top}") for o in limits if top and int(o.split()[1]) > top]


def _relabels(before: Column, after: Column, ctx: Context) -> bool:
    """Whether both types are enums: a label stays what it is, or fails."""
    ends = (ctx.before.references.get(before.id, ()), ctx.after.references.get(after.id, ()))
    return all(any(i.kind == "enum" for i in end) for end in ends)


def retype(before: Column, after: Column, ctx: Context) -> Written:
    """To the new type or collation of the old name, through the text form of the values."""
    labels = mapped(after.id, ctx)
    collate = after.collation and f"collate {after.collation}"
    if _is_foreign(after):
        return [_alter(after, words("type", after.type, collate)), *said_again(after, ctx)]
    said = None if after.plain_type in TEXTS else f"using {by_text(_name(after), before, after, labels, ctx)}"
    fewer = before.plain_type.endswith("[]") and not after.plain_type.endswith("[]")
    loses = ("LOSES_PRECISION",) if fewer or merges(after.id, labels, ctx) else ()
    moved = _retyped(after, words("type", after.type, collate, said), *loses)
    first, last = around_retyping(before, ctx)
    return [*first, moved, *last, *said_again(after, ctx)]


def set_generated(before: Column, after: Column, ctx: Context) -> Written | Literal["replace"]:
    """A stored value can stay as an ordinary one, and an expression can change on 17, which writes all rows of a stored
    one; else the column is made anew."""
    if _is_freed(before, after):
        return [_alter(after, "drop expression")]
    held = after.generated == "s" and after.parent is not None and is_stored(after.parent, ctx)
    if before.generated == after.generated and ctx.version >= 170000 and not held:
        return [_only(after, f"set expression as ({after.expression})"), *targets(after, ctx)]
    return REPLACE


def _is_freed(before: Column, after: Column) -> bool:
    """Of a column that heirs inherit PostgreSQL drops the expression in all of them at once."""
    return before.generated == "s" and not after.generated


def set_compression(before: Column, after: Column, ctx: Context) -> list[str]:
    return [_only(after, f"set compression {COMPRESSION.get(after.compression, 'default')}")]


def set_storage(before: Column, after: Column, ctx: Context) -> list[str]:
    if after.storage:
        return [_only(after, f"set storage {STORAGE[after.storage]}")]
    if ctx.version >= 160000:
        return [_only(after, "set storage default")]
    return [_only(after, f"set storage {STORAGE[_TYPE_STORAGE.get(after.plain_type, 'x')]}")]


_TYPE_STORAGE = {"numeric": "m", "inet": "m", "cidr": "m"}


def set_options(before: Column, after: Column, ctx: Context) -> Written:
    gone, new = listed(before.options, after.options)
    reset = [_only(after, f"reset ({names_of(gone)})")] if gone else []
    return reset + ([_only(after, f"set ({settings(new)})")] if new else [])


def drop(c: Column, ctx: Context) -> Written:
    hazards = () if c.generated else ("DELETES_DATA",)
    said = f"drop column {_name(c)}"
    found = [alter_table(f"{only}{qualified(*i.path[:-1])}", said, *hazards) for only, i in parted(c, ctx)]
    return [*before_going(c, ctx), *found]


def asks(before: Column | None, after: Column | None, ctx: Context) -> Iterator[Question]:
    """Values that go with it or do not fit its new type; rows that have none for a domain that is NOT NULL."""
    if after is None:
        yield from _lost(before, ctx) if before is not None and not before.generated else ()
    elif not holds_rows(table_of(after), ctx):
        return
    elif before is not None:
        yield from misfits(before, after, mapped(after.id, ctx), ctx)
    elif not is_given(after.id, ctx) and any(getattr(d, "not_null", False) for d in domains(after.id, ctx)):
        table, what = table_of(after), f"{_name(after)} would be NULL, and its domain is NOT NULL"
        yield from rows_where(table, called(table, ctx), "", what, ctx)


def _lost(c: Column, ctx: Context) -> Iterator[Question]:
    table = table_of(c)
    if table not in ctx.before.facts:
        return
    only = "only " if below(c, ctx)[0] else ""
    condition, what = f"{stored(c.id, ctx)} is not null", f"{_name(c)}, lost with the column"
    yield from rows_where(
        table, f"{only}{called(table, ctx)}", condition, what, ctx, unit="value", fails=False
    )


QUERY = """
        select a.attrelid as oid, a.attnum as sub, array[n.nspname, c.relname, a.attname]::text[] as path,
               a.attrelid as parent_oid, format_type(a.atttypid, a.atttypmod) as type,
               format_type(a.atttypid, null) as plain_type, a.atttypmod::int as modifier,
               case when a.attcollation <> t.typcollation then a.attcollation::regcollation::text end as collation,
               a.attgenerated::text as generated,
               case when a.attgenerated <> '' then pg_get_expr(g.adbin, g.adrelid) end as expression,
               case when a.attgenerated <> '' then g.oid end as alias_pg_attrdef,
               case when a.attstorage <> t.typstorage then a.attstorage::text end as storage,
               a.attcompression::text as compression, coalesce(a.attstattarget, -1)::int as statistics,
               coalesce(a.attoptions, '{}') as options, a.attnum::int as position, c.relispartition as partition, c.reloftype <> 0 as typed,
               c.relkind = 'p' and exists (
                   select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid
                     and d.objsubid = a.attnum and d.refclassid = 'pg_class'::regclass and d.refobjid = c.oid
                     and d.refobjsubid = 0 and d.deptype = 'i') as key,
               a.attislocal and c.reloftype = 0 as local,
               case when c.reloftype <> 0 then array[y.typrelid] when a.attinhcount > 0 then array(
                   select p.attrelid from pg_inherits i join pg_attribute p on p.attrelid = i.inhparent
                   where i.inhrelid = a.attrelid and p.attname = a.attname and not p.attisdropped
                   order by 1) end as inherited_oid,
               case when c.reloftype <> 0 then array(
                   select p.attnum from pg_attribute p
                   where p.attrelid = y.typrelid and p.attname = a.attname and not p.attisdropped)
               when a.attinhcount > 0 then array(
                   select p.attnum from pg_inherits i join pg_attribute p on p.attrelid = i.inhparent
                   where i.inhrelid = a.attrelid and p.attname = a.attname and not p.attisdropped
                   order by p.attrelid) end as inherited_sub
        from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
        join pg_type t on t.oid = a.atttypid
        left join pg_attrdef g on g.adrelid = a.attrelid and g.adnum = a.attnum and a.attgenerated <> ''
        left join pg_type y on y.oid = c.reloftype
        where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'f') and c.relpersistence <> 't'
          and {user_schema}
"""


GENERATE = Alter(set_generated, recurses=_is_freed)
RETYPE = Alter(set_type, rebuilds=True, recurses=True)


KIND = Kind(
    name="column",
    title="columns",
    cost=7,
    fact=Column,
    catalog="pg_class",
    parent="pg_class",
    query=QUERY,
    rank=101,
    comes_along=True,
    create=create,
    drop=drop,
    online=online,
    changes={
        "type": RETYPE,
        "collation": RETYPE,
        "generated": GENERATE,
        "expression": GENERATE,
        "storage": Alter(set_storage),
        "compression": Alter(set_compression),
        "statistics": Alter(lambda a, b, ctx: [_only(b, f"set statistics {b.statistics}")]),
        "options": Alter(set_options),
    },
    address=lambda c: f"column {qualified(*c.id.path)}",
    grants=lambda c: f"table {_table(c)}",
    inline=clause,
    after_inline=after_inline,
    order=lambda c: c.position,
    asks=asks,
    retype=retype,
    retypes=_moves,
    of_row=True,
    whole=lambda c: c.key,
    evicts=evicts,
    severable=True,
    loses=True,
    tells_loss=True,
    ignored={
        "position": "no ALTER moves a column",
        "plain_type": "follows from the type",
        "modifier": "follows from the type",
        "partition": "follows from the table",
        "typed": "follows from the table",
        "key": "follows from the partition key of the table",
    },
    cannot={"owner": "it belongs to whoever owns what it stands on"},
    why_not_migra="migra always writes USING, and makes no use of in-place changes",
    rename=lambda c, new: [f"alter table {_table(c)} rename column {_name(c)} to {ident(new)}"],
)
