"""What heirs have of a column's NOT NULL, and PostgreSQL does not look after, while the column goes or changes its type:
from 18 on, where each has a constraint of its own (``pg_constraint`` of type n)."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Fact, Id
from ..sqltext import ident, qualified
from ._constraint_names import name_of
from ._inherited import below, staying_heirs, whole_of
from ._kind import Context, Statement, alter_table


def before_going(column: Fact, ctx: Context) -> list[Statement]:
    """What to run before a column goes that heirs keep: their NOT NULL would count as inherited for good, and could never
    be dropped."""
    kept, losing = below(column, ctx)
    found = (Id("not_null", i.path) for i in (column.id, *losing))
    is_counted = ctx.version >= 180000 and kept
    return [_dropped(i, "only ") for i in found if i in ctx.before.facts] if is_counted else []


def around_retyping(column: Fact, ctx: Context) -> tuple[list[Statement], list[Statement]]:
    """What to run before a column's type changes, and after. PostgreSQL makes its NOT NULL anew then, which heirs get
    under that name, and theirs after it, which it refuses where these have other names: a column has one. So those above
    go before, and come back from the lowest to the highest, each merged with those below."""
    above = list(_above(column, ctx)) if ctx.version >= 180000 else []
    last = [
        alter_table(
            qualified(*i.path[:-1]), f"add constraint {ident(_name(i, ctx))} not null {ident(i.path[-1])}"
        )
        for i in above
    ]
    return [_dropped(i) for i in above], last[::-1]


def _above(column: Fact, ctx: Context) -> Iterator[Id]:
    """The NOT NULL of a column and of its heirs that have another one below them with a name of its own, those of parents
    first. None that the plan changes; and none of a primary key, which cannot go alone, so that PostgreSQL says why the
    type cannot change."""
    table, name = whole_of(column.id, ctx), column.id.path[-1]
    for each in dict.fromkeys((table, *staying_heirs(table, ctx))):
        own = Id("not_null", (*each.path, name))
        below = (Id(own.kind, (*heir.path, name)) for heir in staying_heirs(each, ctx))
        if _stays(own, ctx) and any(_stays(i, ctx) and _name(i, ctx) != _name(own, ctx) for i in below):
            yield own


def _stays(not_null: Id, ctx: Context) -> bool:
    """Whether a table has one of its own, and keeps it."""
    before, after = ctx.before.facts.get(not_null), ctx.after.facts.get(not_null)
    if before is None or not before.local or before != after or ctx.created(not_null):
        return False
    users = ctx.before.dependents.get(Id("column", not_null.path), ())
    return not any(getattr(ctx.before.facts[i], "type", "") == "p" for i in users if i.kind == "constraint")


def _name(not_null: Id, ctx: Context) -> str:
    return name_of(ctx.before.facts[not_null])


def _dropped(not_null: Id, only: str = "") -> Statement:
    *table, column = not_null.path
    return alter_table(f"{only}{qualified(*table)}", f"alter column {ident(column)} drop not null")
