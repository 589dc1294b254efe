"""NOT NULL of columns: ``pg_attribute.attnotnull``, and from PostgreSQL 18 on a constraint with a name
(``pg_constraint`` of type n). Where the name is the one PostgreSQL chooses, it is None."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from ..model import Fact, Id
from ..sqltext import ident, qualified, words
from ._concurrently import aside
from ._constraint_names import is_taken, name_of
from ._filling import is_filled
from ._heirs_valid import evicted, is_late, left, passed_on_after, unvalidated, validated_later
from ._inherited import comes_with_parent, is_clause, parted, whole_of
from ._kind import REPLACE, Alter, Context, Kind, Statement, Written, alter_table
from ._question import Question
from ._standing import (
    called,
    holds_rows,
    is_computed_anew,
    is_given,
    is_new,
    rows_where,
    stored,
    table_of,
    value,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotNull(Fact):
    """``name`` is None too where it is inherited alone, called as in a parent, or that of a partition, which is inherited
    alone once it is attached: PostgreSQL renames none that is.
    ``own_name`` is what the constraint is called all the same; ``partition`` says that its table is one."""

    name: str | None
    own_name: str | None = field(compare=False)
    no_inherit: bool
    validated: bool
    partition: bool = field(compare=False)


def _table(n: NotNull) -> str:
    return qualified(*n.id.path[:-1])


def clause(n: NotNull, parts: Sequence[str], ctx: Context) -> str | None:
    column = ctx.after.facts.get(Id("column", n.id.path))
    if column is not None and is_filled(column, ctx):
        return None
    inherits = n.inherited and not n.local and not n.partition
    if comes_with_parent(n, ctx) and comes_with(n, ctx):
        return ""
    if not n.validated:
        return None
    if inherits:
        return "not null"
    if is_clause(n, ctx):
        return ""
    name = f"constraint {ident(name_of(n))}" if n.own_name or _is_taken(n, ctx) else None
    return words(name, "not null", "no inherit" if n.no_inherit else None)


def comes_with(n: NotNull, ctx: Context) -> bool:
    """Before 18, a column that a parent gets leaves as it is what an heir has of that name as its own."""
    own = ctx.after.facts.get(Id("column", n.id.path))
    if ctx.version >= 180000 or own is None or ctx.created(whole_of(n.id, ctx)):
        return True
    return not (own.local and any(map(ctx.created, own.inherited)))


def _is_taken(n: NotNull, ctx: Context) -> bool:
    """PostgreSQL would choose another name where it is in use in the schema: by a copy of the table (LIKE), by
    what inherits from it and keeps the names, by partitions of a table that is made anew."""
    if ctx.version < 180000:
        return False
    table = whole_of(n.id, ctx)
    users = ctx.before.dependents.get(table, ()) if table in ctx.before.facts else ()
    heirs = any(i.kind in ("inheritance", "partition") for i in users)
    return heirs or is_taken(name_of(n), n.id.path[0], n.id, ctx)


def _said_name(n: NotNull, ctx: Context) -> str | None:
    """Its name where PostgreSQL would choose another."""
    name = n.own_name if n.partition or n.inherited else n.name
    return name_of(n) if name is None and not n.inherited and _is_taken(n, ctx) else name


def _is_passed_on(n: NotNull, ctx: Context) -> bool:
    """Whether a parent that has it begins to pass it on."""
    above = () if n.local else (i for i in n.inherited if not ctx.created(i))
    return any(getattr(ctx.before.facts[i], "no_inherit", False) for i in above)


def create(n: NotNull, parts: Sequence[str], ctx: Context) -> Written:
    if _is_passed_on(n, ctx):
        return []
    column, name = ident(n.id.path[-1]), _said_name(n, ctx)
    valid = n.validated and not is_late(n, ctx)
    if ctx.version < 180000 or (name is None and valid and not n.no_inherit):
        return [alter_table(_table(n), f"alter column {column} set not null")]
    named = f"constraint {ident(name)}" if name else None
    tail = words("no inherit" if n.no_inherit else None, None if valid else "not valid")
    added = alter_table(_table(n), words("add", named, f"not null {column}", tail))
    later = (replace(i, own_name=name_of(n)) for i in validated_later(n, ctx))
    return [added, *(_validate(i, apart=ctx.in_use(i)) for i in later)]


def online(n: NotNull, ctx: Context) -> Sequence[Statement] | None:
    """The rows are looked at once it holds for new ones; before 18 by way of a check, which PostgreSQL believes.

    https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-NOT-NULL
    """
    if not n.validated or n.inherited:
        return None
    column = ident(n.id.path[-1])
    if ctx.version >= 180000:
        name = _said_name(n, ctx)
        named = f"constraint {ident(name)}" if name else None
        tail = words("no inherit" if n.no_inherit else None, "not valid")
        add = words("add", named, f"not null {column}", tail)
        return [alter_table(_table(n), add), _validate(n)]
    check = ident(aside(Id("constraint", n.id.path), "__not_null", ctx))
    # On its own: PostgreSQL runs the drops of a statement first, and would have no check to believe.
    dropped = Statement(f"alter table {_table(n)} drop constraint {check}")
    return [
        alter_table(_table(n), f"add constraint {check} check ({column} is not null) not valid"),
        Statement(f"alter table {_table(n)} validate constraint {check}", apart=True),
        alter_table(_table(n), f"alter column {column} set not null"),
        dropped,
    ]


def _validate(n: NotNull, *, apart: bool = True) -> Statement:
    return alter_table(_table(n), f"validate constraint {ident(name_of(n))}", apart=apart)


def asks(before: NotNull | None, after: NotNull | None, ctx: Context) -> Iterator[Question]:
    """Rows without a value: all, where the plan makes the column and nothing gives it one."""
    is_new_promise = after is not None and after.validated and (before is None or not before.validated)
    if after is not None and not after.validated:
        for heir in unvalidated(after, ctx):
            yield from asks(None, heir, ctx)
    if after is None or not is_new_promise:
        return
    table, column = table_of(after), Id("column", after.id.path)
    if not holds_rows(table, ctx) or column not in ctx.after.facts or is_computed_anew(column, ctx):
        return
    only = "only " if after.no_inherit else ""
    if not is_new(column, ctx):
        condition, what = f"{_left(column, ctx)} is null", f"{stored(column, ctx)} is NULL"
    elif is_given(column, ctx):
        return
    else:
        condition, what = "", f"{ident(column.path[-1])} would be NULL, and nothing gives it a value"
    yield from rows_where(table, f"{only}{called(table, ctx)}", condition, what, ctx)


def _left(column: Id, ctx: Context) -> str:
    """A column as it will be, as far as that makes NULL of what is none: an array's first element."""
    before, after = (getattr(c.facts.get(column), "plain_type", "") for c in (ctx.before, ctx.after))
    shrinks = before.endswith("[]") and not after.endswith("[]")
    return (value(column, ctx) if shrinks else None) or stored(column, ctx)


def drop(n: NotNull, ctx: Context) -> Written:
    """A key of a partition that took an index has made this one the partition's own too, which PostgreSQL keeps."""
    also = (("", i) for i in (*(part.id for part in _kept(n, ctx)), *left(n, ctx)))
    return [
        alter_table(f"{only}{qualified(*i.path[:-1])}", f"alter column {ident(i.path[-1])} drop not null")
        for only, i in (*parted(n, ctx), *also)
    ]


def _kept(n: NotNull, ctx: Context) -> Iterator[NotNull]:
    *table, column = n.id.path
    for i in ctx.before.having("partition", "of", tuple(table)) if ctx.version >= 180000 else ():
        part = ctx.before.facts.get(Id(n.id.kind, (*i.path, column)))
        stays = Id("table", i.path) in ctx.after.facts and not ctx.created(Id("table", i.path))
        if isinstance(part, NotNull) and not part.local and stays:
            if _has_key(part, ctx):
                yield part
            yield from _kept(part, ctx)


def _has_key(n: NotNull, ctx: Context) -> bool:
    below = ctx.before.children.get(table_of(n), ())
    return any(getattr(ctx.before.facts[i], "type", "") == "p" for i in below if i.kind == "constraint")


def rename(before: NotNull, after: NotNull, ctx: Context) -> Written | Literal["replace"]:
    if name_of(before) == name_of(after):
        return []
    if len(name_of(after).encode()) > 63 or len(name_of(before).encode()) > 63:
        return REPLACE
    return [
        f"alter table {_table(after)} rename constraint {ident(name_of(before))} to {ident(name_of(after))}"
    ]


def set_inherit(before: NotNull, after: NotNull, ctx: Context) -> Written:
    keep = "no inherit" if after.no_inherit else "inherit"
    return [f"alter table {_table(after)} alter constraint {ident(name_of(after))} {keep}"]


def validate(before: NotNull, after: NotNull, ctx: Context) -> Written | Literal["replace"]:
    if not after.validated:
        return REPLACE
    called = after if before.name != after.name else before
    return [_validate(called, apart=ctx.in_use(after))]


def older(n: NotNull, version: int) -> NotNull:
    """Before PostgreSQL 18 it is a flag of the column."""
    if version >= 180000:
        return n
    return replace(n, name=None, own_name=None, no_inherit=False, validated=True)


def query(version: int) -> str:
    return NAMED.replace("{chosen}", _chosen()) if version >= 180000 else UNNAMED


def _cut(name: str, length: str) -> str:
    """As much of a name as fits into a number of bytes: a ``name`` holds 63, and is cut between characters."""
    return f"substr((repeat('x', 63 - {length}) || {name})::name::text, 64 - {length})"


def _chosen() -> str:
    """The name that PostgreSQL chooses, of at most 63 bytes (``makeObjectName``)."""
    table, column = "octet_length(c.relname::text)", "octet_length(a.attname::text)"
    second = f"least({column}, greatest(26, 53 - {table}))"
    short = f"{_cut('c.relname', f'(53 - {second})')} || '_' || {_cut('a.attname', second)} || '_not_null'"
    return f"case when {table} + {column} <= 53 then c.relname || '_' || a.attname || '_not_null' else {short} end"


NAMED = """
    select k.oid, array[n.nspname, c.relname, a.attname]::text[] as path, k.conrelid as parent_oid,
           a.attnum as parent_sub,
           case when k.conname <> {chosen}
                     and (k.coninhcount = 0 or k.conislocal and not c.relispartition and not exists (
                         select from pg_inherits i join pg_constraint p on p.conrelid = i.inhparent and p.contype = 'n'
                         where i.inhrelid = k.conrelid and p.conname = k.conname))
                then k.conname::text end as name,
           case when k.conname <> c.relname || '_' || a.attname || '_not_null' then k.conname::text end as own_name,
           k.connoinherit as no_inherit, k.convalidated as validated, c.relispartition as partition,
           k.conislocal as local,
           case when k.coninhcount > 0 then array(
               select p.oid from pg_inherits i join pg_constraint p on p.conrelid = i.inhparent and p.contype = 'n'
               join pg_attribute pa on pa.attrelid = p.conrelid and pa.attnum = p.conkey[1]
               where i.inhrelid = k.conrelid and pa.attname = a.attname order by 1) end as inherited_oid
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
    where k.contype = 'n' and c.relkind in ('r', 'p', 'f') and c.relpersistence <> 't' and {user_schema}
"""
UNNAMED = """
    select a.attrelid as oid, a.attnum as sub, array[n.nspname, c.relname, a.attname]::text[] as path,
           a.attrelid as parent_oid, a.attnum as parent_sub, null::text as name, null::text as own_name, false as no_inherit,
           true as validated, c.relispartition as partition, inherited.oids = '{}' as local,
           inherited.oids as inherited_oid, inherited.subs as inherited_sub
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace,
    lateral (select coalesce(array_agg(p.attrelid order by p.attrelid), '{}') as oids,
                    coalesce(array_agg(p.attnum order by p.attrelid), '{}') as subs
             from pg_inherits i join pg_attribute p on p.attrelid = i.inhparent
             where a.attinhcount > 0 and i.inhrelid = a.attrelid and p.attname = a.attname and p.attnotnull) inherited
    where a.attnotnull and a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'f')
      and c.relpersistence <> 't' and {user_schema}
"""

KIND = Kind(
    name="not_null",
    title="not null",
    cost=7,
    fact=NotNull,
    catalog="pg_constraint",
    parent="pg_class",
    comes_along=True,
    query=query,
    rank=131,
    create=create,
    drop=drop,
    online=online,
    asks=asks,
    changes={
        "name": Alter(rename, recurses=True),
        "no_inherit": Alter(set_inherit),
        "validated": Alter(validate, recurses=lambda before, after: after.validated),
    },
    address=lambda n: f"constraint {ident(name_of(n))} on {_table(n)}",
    names=lambda n: [("pg_constraint", *n.id.path[:-1], name_of(n))],
    inline=clause,
    comes_with=comes_with,
    evicts=evicted,
    creates_after=passed_on_after,
    order=lambda n: 3,
    detachable=True,
    follows_retype=lambda n, before, after: True,
    older=older,
    ignored={
        "own_name": "no ALTER renames an inherited constraint; a name of its own is compared as name",
        "partition": "follows from the table",
    },
    cannot={
        "owner": "it belongs to whoever owns what it stands on",
        "privileges": "PostgreSQL grants nothing on it",
    },
    why_not_migra="migra joins it with the column, and knows no names of NOT NULL constraints",
    keeps_name="is renamed in place wherever its name differs",
)
