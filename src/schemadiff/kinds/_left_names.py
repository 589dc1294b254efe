"""Names of inherited NOT NULL constraints, which count once a table stands on its own.

PostgreSQL renames no inherited constraint, and two tables that differ in such a name alone are the same. Before
a table joins a parent, and after it has left one, the names are its own (PostgreSQL 18, ``pg_constraint`` of type n)."""

from __future__ import annotations

from ..model import Id
from ..sqltext import ident, qualified
from ._constraint_names import name_of
from ._inherited import whole_of
from ._kind import Context


def renamed(table: tuple[str, ...], ctx: Context) -> list[str]:
    """Statements that give the names of the target, for a table that stands on its own at that moment."""
    found = []
    for column in ctx.after.children.get(whole_of(Id("table", table), ctx), ()):
        mine = Id("not_null", column.path)
        before, after = ctx.before.facts.get(mine), ctx.after.facts.get(mine)
        if (
            before is None
            or after is None
            or ctx.created(mine)
            or getattr(before, "name", None) != getattr(after, "name", None)
        ):
            continue
        old, new = map(name_of, (before, after))
        if old != new:
            found.append(f"alter table {qualified(*table)} rename constraint {ident(old)} to {ident(new)}")
    return found
