"""What a table only inherits, and NOT NULL constraints that it has of its own on such columns.

PostgreSQL 18 gives them their names in CREATE TABLE and nowhere else (``pg_constraint`` of type n with both
``conislocal`` and ``coninhcount``): once the parents' are there, no statement adds or renames one."""

from __future__ import annotations

from ..model import Fact, Id
from ..sqltext import ident
from ._kind import Context


def comes_along(table: Id, ctx: Context) -> bool:
    """Whether PostgreSQL makes what a table inherits: not where the table is there and joins a parent, which
    wants it to have all that already."""
    joins = (i for i in ctx.after.children.get(table, ()) if i.kind == "inheritance")
    return ctx.created(table) or not any(ctx.created(i) for i in joins)


def is_clause(not_null: Fact, ctx: Context) -> bool:
    """Whether it must stand in the CREATE TABLE, and not with its column, which stands nowhere."""
    column = ctx.after.facts.get(Id("column", not_null.id.path))
    if ctx.version < 180000 or column is None or not ctx.created(Id("table", not_null.id.path[:-1])):
        return False
    unwritten = bool(column.inherited) and not column.local and not getattr(column, "partition", False)
    return (
        unwritten
        and bool(not_null.inherited)
        and not_null.local
        and bool(getattr(not_null, "validated", True))
    )


def clauses(table: Id, ctx: Context) -> list[str]:
    """The clauses of CREATE TABLE for them, in order of the columns' names."""
    found = []
    for column in ctx.after.children.get(table, ()):
        not_null = ctx.after.facts.get(Id("not_null", column.path))
        if column.kind == "column" and not_null is not None and is_clause(not_null, ctx):
            name = getattr(not_null, "own_name", None) or "_".join((*column.path[1:], "not_null"))
            found.append(f"constraint {ident(name)} not null {ident(column.path[-1])}")
    return found
