"""What a column has beside its type (``pg_attribute.attstorage``, ``attcompression``, …), which is said once it is there,
and what PostgreSQL forgets when it changes, which is said again: that, TOAST options, and of indexes and statistics objects,
which are made anew with it, statistics targets and the extensions that they depend on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..model import Fact, Id
from ..sqltext import ident, qualified, settings
from ._kind import Context
from ._rows import heirs

STORAGE = {"p": "plain", "e": "external", "m": "main", "x": "extended"}
COMPRESSION = {"p": "pglz", "l": "lz4"}


def details(column: Any) -> Iterator[str]:
    """What CREATE TABLE and ADD COLUMN have no words for on every supported version."""
    yield from _storing(column)
    if column.statistics >= 0:
        yield f"{_only(column)} set statistics {column.statistics}"
    if column.options:
        yield f"{_only(column)} set ({settings(column.options)})"


def _storing(column: Any) -> Iterator[str]:
    if column.storage:
        yield f"{_only(column)} set storage {STORAGE[column.storage]}"
    if column.compression:
        yield f"{_only(column)} set compression {COMPRESSION[column.compression]}"


def _only(column: Fact) -> str:
    *table, name = column.id.path
    return f"alter table only {qualified(*table)} alter column {ident(name)}"


def said_again(column: Fact, ctx: Context) -> Iterator[str]:
    """Once a column has another type."""
    yield from _kept_storage(column, ctx)
    yield from toast_options(column, ctx)
    yield from targets(column, ctx)


def targets(column: Fact, ctx: Context) -> Iterator[str]:
    """Those of what is made of the column and of the same of heirs, once it has another type or expression; and the
    extensions that its indexes depend on."""
    columns = (Id(column.id.kind, (*each.path, column.id.path[-1])) for each in _tables(column, ctx))
    for i in dict.fromkeys(d for c in columns for d in ctx.before.dependents.get(c, ())):
        if i in ctx.after.facts and not ctx.created(i):
            found: Any = ctx.after.facts[i]
            for said in found.statistics if i.kind == "index" else ():
                yield f"alter index {qualified(*i.path)} alter column {said}"
            if i.kind == "statistics":
                yield from _of_statistics(found, ctx)
            for each in ctx.after.descendants(i):
                if each.kind == "extension_dependency" and each in ctx.before.facts:
                    kind, *path, extension = each.path
                    yield f"alter {ctx.address(Id(kind, tuple(path)))} depends on extension {ident(extension)}"


def _of_statistics(s: Any, ctx: Context) -> Iterator[str]:
    """PostgreSQL 14 gives them to whoever changes the column."""
    owner = getattr(ctx.before.facts.get(Id("owner", (s.id.kind, *s.id.path))), "role", ctx.role)
    if ctx.version < 150000 and owner != ctx.role:
        yield f"alter statistics {qualified(*s.id.path)} owner to {ident(owner)}"
    if s.target >= 0:
        yield f"alter statistics {qualified(*s.id.path)} set statistics {s.target}"


def toast_options(column: Fact, ctx: Context) -> Iterator[str]:
    """Those that its table and heirs get in the same plan, or may lose in it: PostgreSQL forgets them while there are no
    values to toast."""
    for each in _tables(column, ctx):
        ends = ctx.before.facts.get(each), ctx.after.facts.get(each)
        given, wanted = (getattr(end, "options_as_given", ()) for end in ends)
        said = [o for o in wanted if o.startswith("toast.")]
        if said and not _may_be_bare(each, ctx):
            said = [o for o in said if o not in given]
        if said and not ctx.created(each):
            yield f"alter table only {qualified(*each.path)} set ({settings(said)})"


def _may_be_bare(table: Id, ctx: Context) -> bool:
    """Whether a table may have no values to toast meanwhile: one column gets another type, and one more does or comes."""
    was, becomes = ctx.before.facts, ctx.after.facts
    columns = [i for i in ctx.after.children.get(table, ()) if i.kind == "column"]
    moved = [i for i in columns if getattr(was.get(i), "type", None) != getattr(becomes[i], "type", None)]
    return len(moved) > 1 and any(i in was for i in moved)


def _tables(column: Fact, ctx: Context) -> list[Id]:
    return [column.parent, *heirs(column.parent, ctx.before)] if column.parent else []


def _kept_storage(column: Fact, ctx: Context) -> Iterator[str]:
    """A new type sets both back, those of heirs too."""
    for each in _tables(column, ctx):
        found = ctx.after.facts.get(Id(column.id.kind, (*each.path, column.id.path[-1])))
        if found is not None and not ctx.created(found.id):
            yield from _storing(found)
