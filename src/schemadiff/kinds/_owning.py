"""Who owns a sequence: whoever owns the table that it belongs to, where a column owns it."""

from __future__ import annotations

from ..model import Id
from ._kind import Context


def owner_of(target: Id, ctx: Context) -> str | None:
    """Who owns a sequence or a table before the plan gives it away; None where nobody says."""
    if ctx.created(target):
        return ctx.role
    held = column_of(target.path, ctx) if target.kind == "sequence" else None
    owned = table_of(held, ctx) if held else target
    return getattr(ctx.before.facts.get(Id("owner", (owned.kind, *owned.path))), "role", None)


def table_of(column: tuple[str, ...], ctx: Context) -> Id:
    """What has a column."""
    ids = [Id(kind, column[:-1]) for kind in ("table", "foreign_table", "view")]
    return next((i for end in (ctx.before, ctx.after) for i in ids if i in end.facts), ids[0])


def column_of(sequence: tuple[str, ...], ctx: Context) -> tuple[str, ...] | None:
    """The column that owns a sequence which stays, before the plan."""
    found = ctx.before.facts.get(Id("owned_by", sequence))
    return getattr(found, "column", None) if not ctx.created(Id("sequence", sequence)) else None
