"""Defaults of columns (``pg_attrdef``). Expressions of generated columns belong to column.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..model import Fact, Id
from ..sqltext import ident, qualified
from ._inherited import comes_along, whole_of
from ._kind import Alter, Context, Expression, Kind, Written, alter_table
from ._rows import is_stored


@dataclass(frozen=True, slots=True, kw_only=True)
class Default(Fact):
    """``volatile`` says that it calls a function whose answer may be another one for each row."""

    expression: Expression
    volatile: bool = field(compare=False)


def _alter(d: Default, action: str) -> Written:
    *table, column = d.id.path
    return [alter_table(f"only {qualified(*table)}", f"alter column {ident(column)} {action}")]


def create(d: Default, parts: Sequence[str], ctx: Context) -> Written:
    return _alter(d, f"set default {d.expression}")


def clause(d: Default, parts: Sequence[str], ctx: Context) -> str | None:
    """CREATE VIEW has no place for it; '' where the column comes with the same one from its parents. A column with a
    default is written into all rows, which PostgreSQL refuses where another column holds such rows."""
    table = whole_of(d.id, ctx)
    if d.parent != Id("column", d.id.path) or (not ctx.created(table) and is_stored(table, ctx)):
        return None
    column = ctx.fact(d.parent)
    theirs = {_when_inherited(Id("default", i.path), ctx) for i in column.inherited}
    partition = getattr(column, "partition", False)
    same = not column.local and not partition and theirs == {d.expression}
    return "" if same and comes_along(table, ctx) else f"default {d.expression}"


def _when_inherited(i: Id, ctx: Context) -> str | None:
    """The expression that a new heir gets from a parent; None where a table that is there gets it in the same plan,
    before or after its heir."""
    found = ctx.after.facts.get(i)
    settled = ctx.created(whole_of(i, ctx)) or (not ctx.created(i) and found == ctx.before.facts.get(i))
    return found.expression if isinstance(found, Default) and settled else None


KIND = Kind(
    name="default",
    title="defaults",
    cost=8,
    fact=Default,
    catalog="pg_attrdef",
    parent="pg_class",
    query="""
        select d.oid, array[n.nspname, c.relname, a.attname]::text[] as path, d.adrelid as parent_oid,
               d.adnum as parent_sub, pg_get_expr(d.adbin, 0) as expression,
               strpos(d.adbin::text, 'funcid ') > 0 and exists (
                   select from string_to_table(d.adbin::text, 'funcid ') with ordinality f (rest, n)
                   join pg_proc p on p.oid = case when f.n > 1 then split_part(f.rest, ' ', 1)::oid end
                   where p.provolatile = 'v') as volatile
        from pg_attrdef d join pg_class c on c.oid = d.adrelid join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
        where a.attgenerated = '' and c.relpersistence <> 't' and {user_schema}
    """,
    rank=130,
    create=create,
    drop=lambda d, ctx: _alter(d, "drop default"),
    changes={"expression": Alter(lambda a, b, ctx: create(b, (), ctx))},
    inline=clause,
    compared=lambda _: False,
    detachable=True,
    ignored={"volatile": "follows from the expression"},
    why_not_migra="migra joins it with the column, where it cannot be ordered on its own",
    keeps_name="has no name",
)
