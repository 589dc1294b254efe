"""Attributes of composite types (``pg_attribute``). Columns of tables live in column.py; those of a typed table
inherit the attributes of its type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from ..model import Fact, Id
from ..sqltext import ident, qualified, words
from ._conversions import narrows, using
from ._inherited import coming_along
from ._kept import details, said_again
from ._kind import REPLACE, Alter, Context, Kind, Statement, Written, alter_table
from ._question import Question
from ._rows import is_stored
from ._standing import called, rows_where, stored, table_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute(Fact):
    type: str
    collation: str | None
    position: int = field(compare=False)
    used: bool = field(compare=False)


def clause(a: Attribute, parts: Sequence[str], ctx: Context) -> str:
    return words(ident(a.id.path[-1]), a.type, a.collation and f"collate {a.collation}")


def set_type(before: Attribute, after: Attribute, ctx: Context) -> Written | Literal["replace"]:
    """PostgreSQL refuses this while a column uses the type; the type is then rebuilt."""
    if before.used or (before.parent is not None and is_stored(before.parent, ctx)):
        return REPLACE
    name, typed = ident(after.id.path[-1]), list(_typed(before, after, ctx))
    becomes = words(after.type, after.collation and f"collate {after.collation}")
    moved = [s for old, new in typed for s in _converted(old, new, becomes, ctx)]
    tables = [f"alter table {qualified(*new.id.path[:-1])}" for _, new in typed] if moved else []
    return [
        *(f"{table} not of" for table in tables),
        *moved,
        f"{_alter(after)} alter attribute {name} set data type {becomes} cascade",
        *(f"{table} of {qualified(*after.id.path[:-1])}" for table in tables),
        *(s for _, new in typed for s in said_again(new, ctx)),
    ]


def create(a: Attribute, parts: Sequence[str], ctx: Context) -> Written:
    """Tables of the type get a column of that name, and nothing else that it has there."""
    yield f"{_alter(a)} add attribute {clause(a, (), ctx)} cascade"
    for i in ctx.after.dependents.get(a.parent, ()) if a.parent else ():
        column = ctx.after.facts.get(Id("column", (*i.path, a.id.path[-1])))
        if i.kind == "table" and column is not None and not ctx.created(i):
            yield from (said for each in (column, *coming_along(column, ctx)) for said in details(each))


def _typed(before: Attribute, after: Attribute, ctx: Context) -> Iterator[tuple[Any, Any]]:
    """The columns that tables of the type have from it, before and after."""
    for i in ctx.before.dependents.get(before.parent, ()) if before.parent else ():
        column = Id("column", (*i.path, before.id.path[-1]))
        ends = ctx.before.facts.get(column), ctx.after.facts.get(column)
        if i.kind == "table" and all(getattr(end, "typed", False) for end in ends) and not ctx.created(i):
            yield ends


def _converted(before: Any, after: Any, becomes: str, ctx: Context) -> Iterator[Statement]:
    """ALTER TYPE converts values on assignment alone. For a table that is of no type meanwhile, a cast can be named."""
    name = ident(after.id.path[-1])
    if said := using(name, before, after, ctx):
        loses = ["LOSES_PRECISION"] if narrows(before, after, ctx) else []
        action = f"alter column {name} type {becomes} using {said}"
        yield alter_table(qualified(*after.id.path[:-1]), action, "REWRITES_TABLE", *loses)


def asks(before: Attribute | None, after: Attribute | None, ctx: Context) -> Iterator[Question]:
    """Values that go with it, in columns of the type."""
    if before is None or after is not None or before.parent is None:
        return
    for i in ctx.before.dependents.get(before.parent, ()):
        column = ctx.before.facts[i]
        is_whole = getattr(column, "plain_type", "") == qualified(*before.parent.path)
        table = table_of(column)
        if i.kind != "column" or not is_whole or column.inherited or table not in ctx.before.facts:
            continue
        part, name = f"({stored(i, ctx)}).{ident(ctx.was(before.id).path[-1])}", ident(i.path[-1])
        what = f"{name}.{ident(before.id.path[-1])}, lost with the attribute"
        yield from rows_where(
            table, called(table, ctx), f"{part} is not null", what, ctx, unit="value", fails=False
        )


def _alter(a: Attribute) -> str:
    return f"alter type {qualified(*a.id.path[:-1])}"


def drop(a: Attribute, ctx: Context) -> Written:
    """The values go where columns hold the type, and where it says what the rows of tables are."""
    above = ctx.before.dependents.get(a.parent, ()) if a.parent else ()
    held = a.used or any(i.kind == "table" for i in above)
    hazards = ("DELETES_DATA",) if held else ()
    return [Statement(f"{_alter(a)} drop attribute {ident(a.id.path[-1])} cascade", hazards=hazards)]


RETYPE = Alter(set_type, rebuilds=True, recurses=True)

KIND = Kind(
    name="attribute",
    title="type attributes",
    fact=Attribute,
    catalog="pg_class",
    parent="pg_class",
    query="""
        select c.oid, a.attnum as sub, array[n.nspname, c.relname, a.attname]::text[] as path,
               c.oid as parent_oid, format_type(a.atttypid, a.atttypmod) as type,
               case when a.attcollation <> t.typcollation then a.attcollation::regcollation::text end as collation,
               a.attnum as position,
               exists (select from pg_attribute u join pg_class uc on uc.oid = u.attrelid
                       where u.atttypid in (c.reltype, (select typarray from pg_type where oid = c.reltype))
                       and uc.relkind in ('r', 'p', 'm', 'f')) as used
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        join pg_type t on t.oid = a.atttypid
        where c.relkind = 'c' and {user_schema}
        order by c.oid, a.attnum
    """,
    comes_along=True,
    rank=51,
    create=create,
    drop=drop,
    asks=asks,
    changes={"type": RETYPE, "collation": RETYPE},
    address=lambda a: f"column {qualified(*a.id.path)}",
    inline=clause,
    order=lambda a: a.position,
    whole=lambda _: True,
    of_row=True,
    loses=True,
    ignored={"position": "the order of attributes", "used": "whether a column uses the type"},
    cannot={
        "owner": "it belongs to whoever owns what it stands on",
        "privileges": "PostgreSQL grants nothing on it",
    },
    why_not_migra="migra changes no attribute in place",
    rename=lambda a, new: [f"{_alter(a)} rename attribute {ident(a.id.path[-1])} to {ident(new)} cascade"],
)
