"""What a table only inherits, and NOT NULL constraints that it has of its own on such columns.

PostgreSQL 18 gives them their names in CREATE TABLE and nowhere else (``pg_constraint`` of type n with both
``conislocal`` and ``coninhcount``): once the parents' are there, no statement adds or renames one."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Fact, Id
from ..sqltext import ident
from ._constraint_names import name_of
from ._kind import Context
from ._rows import JOINING


def whole_of(part: Id, ctx: Context) -> Id:
    """The table or foreign table that a part of it, or a part of that, belongs to."""
    table, foreign = (Id(kind, part.path[:2]) for kind in ("table", "foreign_table"))
    for end in (ctx.after, ctx.before):
        if table in end.facts:
            return table
        if foreign in end.facts:
            return foreign
    return table


def comes_along(table: Id, ctx: Context) -> bool:
    """Whether PostgreSQL makes what a table inherits: not where the table is there and joins a parent, which
    wants it to have all that already."""
    joins = (i for i in ctx.after.children.get(table, ()) if i.kind == "inheritance")
    return ctx.created(table) or not any(ctx.created(i) for i in joins)


def comes_with_parent(promise: Fact, ctx: Context) -> bool:
    """Whether PostgreSQL makes a check or NOT NULL with that of a parent: in a partition only while it is attached."""
    if not promise.inherited or promise.local:
        return False
    table = whole_of(promise.id, ctx)
    if getattr(promise, "partition", False):
        return not any(map(ctx.created, (table, Id("partition", table.path))))
    return comes_along(table, ctx)


def below(gone: Fact, ctx: Context) -> tuple[list[Id], list[Id]]:
    """What tables have from something that goes: what they keep, as their own or from another table, and what goes along
    with it. Not what goes on its own, and nothing of a table that is no heir by then."""
    kept: list[Id] = []
    losing: list[Id] = []
    if gone.id not in ctx.before.facts:
        return kept, losing
    table = ctx.before.root(gone.id)
    own = gone.id.path[len(table.path) :]
    for heir in dict.fromkeys(staying_heirs(table, ctx)):
        i = Id(gone.id.kind, (*heir.path, *own))
        if i in ctx.after.facts and not ctx.created(i):
            kept += [i] if i in ctx.before.facts else []
        elif i in ctx.before.facts and not ctx.before.facts[i].local:
            losing.append(i)
    return kept, losing


def coming_along[F: Fact](new: F, ctx: Context) -> Iterator[F]:
    """What heirs that are there get with something that a table gets: not what is their own too."""
    table = ctx.after.root(new.id)
    own = new.id.path[len(table.path) :]
    for heir in dict.fromkeys(staying_heirs(table, ctx)):
        found = ctx.after.facts.get(Id(new.id.kind, (*heir.path, *own)))
        if isinstance(found, type(new)) and ctx.created(found.id) and not found.local:
            yield found


def staying_heirs(table: Id, ctx: Context) -> Iterator[Id]:
    """The tables that inherit from a table, partitions included, as long as the plan runs."""
    for join in [i for i in ctx.before.dependents.get(table, ()) if i.kind in JOINING]:
        heir = ctx.before.facts[join].parent
        if heir is not None and heir != table and join in ctx.after.facts and not ctx.created(join):
            yield heir
            yield from staying_heirs(heir, ctx)


def has_partitions(table: Id, ctx: Context) -> bool:
    return any(True for _ in ctx.before.having("partition", "of", table.path))


def parted(gone: Fact, ctx: Context) -> list[tuple[str, Id]]:
    """What to drop, each with the word before its table. Heirs that keep what they only have from there let it go from
    their parents alone, and so do those that get it anew as their own: they may have it so already. What is their own
    too, or comes from another table, stays anyway. No partition does without the whole table."""
    if has_partitions(Id("table", gone.id.path[:2]), ctx):
        return [("", gone.id)]
    kept, losing = below(gone, ctx)
    facts = ctx.before.facts
    stays = all(facts[i].local or _has_another_source(facts[i], gone, ctx) for i in kept)
    anew = gone.id not in ctx.after.facts and any(i in ctx.after.facts for i in losing)
    return [("", gone.id)] if stays and not anew else [("only ", i) for i in (gone.id, *losing)]


def _has_another_source(fact: Fact, gone: Fact, ctx: Context) -> bool:
    others = (i for i in fact.inherited if i != gone.id)
    return any(i in ctx.after.facts and not ctx.created(i) for i in others)


def is_clause(not_null: Fact, ctx: Context) -> bool:
    """Whether it must stand in the CREATE TABLE, and not with its column, which stands nowhere."""
    own = not_null.local and not_null.inherited and getattr(not_null, "validated", True)
    if ctx.version < 180000 or not own or not ctx.created(whole_of(not_null.id, ctx)):
        return False
    column = ctx.after.facts.get(Id("column", not_null.id.path))
    written = column is None or column.local or getattr(column, "partition", False)
    return not written and bool(column and column.inherited)


def clauses(table: Id, ctx: Context) -> list[str]:
    """The clauses of CREATE TABLE for them, in order of the columns' names."""
    found = []
    for column in ctx.after.children.get(table, ()):
        not_null = ctx.after.facts.get(Id("not_null", column.path))
        if column.kind == "column" and not_null is not None and is_clause(not_null, ctx):
            found.append(f"constraint {ident(name_of(not_null))} not null {ident(column.path[-1])}")
    return found
