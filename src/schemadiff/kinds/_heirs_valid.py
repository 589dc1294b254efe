"""Checks and NOT NULL of tables that inherit from others, by whether their rows were looked at
(``pg_constraint.convalidated``). Where a parent's is valid, PostgreSQL lets no heir's be anything else; below one that is
not, each may be either.

What an heir has stays as it is when a parent's is added NOT VALID; what it gets with that is not valid, but where it is
created as an heir of a table that has it already. No valid one is added where one is that is not."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Catalog, Fact, Id
from ._constraint_names import name_of
from ._inherited import comes_with_parent, whole_of
from ._kind import Context
from ._rows import JOINING


def _is_valid(promise: Fact) -> bool:
    """Whether its rows were looked at; what nobody enforces has none to look at."""
    said: str = getattr(promise, "definition", "")
    return bool(getattr(promise, "validated", True)) or said.endswith("NOT ENFORCED")


def is_late(promise: Fact, ctx: Context) -> bool:
    """Whether its rows were looked at, and a parent's is not valid: it may be there by then, and is looked at once it is."""
    return getattr(promise, "validated", True) and not all(
        _is_valid(ctx.after.facts[i]) for i in promise.inherited
    )


def validated_later[F: Fact](promise: F, ctx: Context) -> list[F]:
    """What is validated once one is added not valid: itself, or what its heirs get with it."""
    return [promise] if is_late(promise, ctx) else list(unvalidated(promise, ctx))


def unvalidated[F: Fact](promise: F, ctx: Context, *, unsure: bool = False) -> Iterator[F]:
    """What heirs get that is not valid when one is added to their parent, and is to be valid there. PostgreSQL validates
    what is below these with them; those that are valid already it does not look at. ``unsure`` is whether its own table
    may have got this one just now."""
    for heir in _of_heirs(promise, ctx) if not _is_valid(promise) else ():
        is_unsure = _may_come_with(heir, promise, ctx, unsure=unsure)
        if not is_unsure and not _comes_with(heir, promise, ctx):
            continue
        if not _is_valid(heir):
            yield from unvalidated(heir, ctx, unsure=is_unsure)
        elif not any(_is_valid(ctx.after.facts[i]) for i in heir.inherited) or is_unsure:
            yield heir


def _may_come_with(heir: Fact, promise: Fact, ctx: Context, *, unsure: bool) -> bool:
    """Whether one that stays may have gone with that of a parent, and come again: it is a table's own in the origin, and
    this is nothing that plans lead to, so that a copy of the origin, or a database on its way back, may differ in it."""
    before = ctx.before.facts.get(heir.id)
    if before is None or ctx.created(heir.id) or _name(heir) != _name(promise):
        return False
    if not unsure and not (ctx.created(promise.id) and promise.id in before.inherited):
        return False
    return unsure if not before.local else not heir.local or bool(getattr(heir, "partition", False))


def _name(promise: Fact) -> str:
    return name_of(promise) if promise.id.kind == "not_null" else promise.id.path[-1]


def left[F: Fact](gone: F, ctx: Context) -> Iterator[Id]:
    """What heirs may still have of one that goes from their parent, and is made anew as their own: the origin says that
    they only inherit it, and a database on its way back may have more."""
    for heir in _of_heirs(gone, ctx, of=ctx.before) if gone.id in ctx.before.facts else ():
        after = ctx.after.facts.get(heir.id)
        is_own = after is not None and after.local and ctx.created(after.id)
        if is_own and not heir.local and not ctx.created(whole_of(heir.id, ctx)):
            yield heir.id
        if not heir.local:
            yield from left(heir, ctx)


def _comes_with(heir: Fact, promise: Fact, ctx: Context) -> bool:
    """Whether PostgreSQL makes one of an heir with that of a parent, the first of them that the plan makes it with."""
    first = min((i for i in heir.inherited if ctx.created(i)), default=None)
    return ctx.created(heir.id) and first == promise.id and comes_with_parent(heir, ctx)


def _of_heirs[F: Fact](promise: F, ctx: Context, of: Catalog | None = None) -> Iterator[F]:
    """The same of the tables that inherit from its table, in the target or in another catalog."""
    catalog = of or ctx.after
    table = catalog.root(promise.id)
    for join in catalog.dependents.get(table, ()):
        heir = catalog.facts[join].parent if join.kind in JOINING else None
        if heir is not None and heir != table:
            own = catalog.facts.get(Id(promise.id.kind, (*heir.path, *promise.id.path[len(table.path) :])))
            if isinstance(own, type(promise)) and promise.id in own.inherited:
                yield own


def passed_on_after(promise: Fact, ctx: Context) -> Iterator[Id]:
    """What must be there before one is added, which its heirs get too: what these have of it as their own, under
    names of their own. Before one that is not valid the tables, which would get a valid one, and what they have from
    parents that is valid."""
    for heir in _of_heirs(promise, ctx):
        yield heir.id
        if not _is_valid(promise):
            yield whole_of(heir.id, ctx)
            yield from (i for i in heir.inherited if _is_valid(ctx.after.facts[i]))
            yield from passed_on_after(heir, ctx)


def evicted(promise: Fact, ctx: Context) -> Iterator[Id]:
    """Those of parents beside which one that is not valid cannot be made: it would be a valid one where its table is
    created as an heir, and no statement makes it anything else there."""
    if _is_valid(promise):
        return
    table = whole_of(promise.id, ctx)
    is_partition = getattr(promise, "partition", False)
    for i in promise.inherited:
        if i not in ctx.before.facts:
            continue
        if _is_heir(table, ctx.before.root(i), ctx.before) or not (is_partition or table in ctx.before.facts):
            yield i


def _is_heir(table: Id, parent: Id, catalog: Catalog) -> bool:
    return any(
        i.kind in JOINING and parent in catalog.references.get(i, ()) for i in catalog.children.get(table, ())
    )
