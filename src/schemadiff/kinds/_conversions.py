"""How values of a column become those of another type: by which cast, and what a statement says of it.

https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DATA-TYPE
"""

from __future__ import annotations

from typing import Any, Protocol

from ..model import Catalog, Id
from ..sqltext import qualified
from ._kind import Context

TEXTS = frozenset({"text", "character varying", "character"})
INTEGERS = frozenset({"smallint", "integer", "bigint"})
TYPES = frozenset({"enum", "domain", "composite_type", "range_type", "base_type", "table"})


class Typed(Protocol):
    """A column, as far as its values go: its type with and without what limits it (``numeric(6,2)``)."""

    @property
    def id(self) -> Id: ...
    @property
    def type(self) -> str: ...
    @property
    def plain_type(self) -> str: ...


def cast(before: Typed, after: Typed, ctx: Context) -> str | None:
    """How PostgreSQL casts between the types: the letter of pg_cast.castcontext, or None where it does not."""
    old, new = before.plain_type, after.plain_type
    if _is_lost(before, after, ctx):
        return "a" if new in TEXTS else None
    if old.endswith("[]") and new.endswith("[]"):
        old, new = old[:-2], new[:-2]
    if old == new or (old in TEXTS and new in TEXTS) or _base(before, ctx.before) == _base(after, ctx.after):
        return "i"
    known = {(a, b): c for a, b, c in ctx.before.server.casts | ctx.after.server.casts}
    return known.get((old, new), "a" if new in TEXTS else None)


def _is_lost(before: Typed, after: Typed, ctx: Context) -> bool:
    """Whether no cast between the types is there meanwhile: what has another name by then, or gets another type of its
    name, had its casts before."""
    had, has = _types(before.id, ctx.before), _types(after.id, ctx.after)
    return any(map(ctx.is_swapped, had | has)) and any(ctx.is_swapped(i) or ctx.created(i) for i in had)


def _types(column: Id, catalog: Catalog) -> set[Id]:
    """The types that it needs, and those that its domains are made of."""
    found: set[Id] = set()
    queue = [column]
    while queue:
        used = {i for i in catalog.references.get(queue.pop(), ()) if i.kind in TYPES} - found
        found |= used
        queue += (i for i in used if i.kind == "domain")
    return found


def _base(column: Typed, catalog: Catalog) -> str:
    """The type that its values have, a domain being followed to what it is made of."""
    found = column.type
    domains: dict[str, Any] = {qualified(*d.id.path): d for d in catalog.of_kind("domain")}
    while found in domains:
        found = domains[found].base
    return found


def narrows(before: Typed, after: Typed, ctx: Context) -> bool:
    """Whether values may come out changed: not to text, not by an implicit cast to another type, and not from one
    integer to another, which fails where a value does not fit."""
    if after.plain_type in TEXTS or INTEGERS.issuperset((before.plain_type, after.plain_type)):
        return False
    return cast(before, after, ctx) != "i" or before.plain_type == after.plain_type


def using(value: str, before: Typed, after: Typed, ctx: Context) -> str | None:
    """What USING says of a value; None where PostgreSQL converts it on assignment."""
    found = cast(before, after, ctx)
    if found in ("i", "a"):
        return None
    return f"{value}::{after.type}" if found else _converted(value, before, after, ctx)


def converted(value: str, before: Typed, after: Typed, ctx: Context) -> str:
    """A value as it comes out of the conversion; but for what only an assignment refuses, which this cuts off."""
    return using(value, before, after, ctx) or f"{value}::{after.type}"


def _converted(value: str, before: Typed, after: Typed, ctx: Context) -> str:
    """Values of a type that has no cast: as the one element of an array, as the first of it, as their text."""
    was, becomes = before.plain_type.endswith("[]"), after.plain_type.endswith("[]")
    between = "" if _is_direct(before, after, ctx) else f"::{through(after.plain_type, ctx)}"
    if before.plain_type in TEXTS or (was and becomes):
        return f"{value}{between and between + '[]'}::{after.type}"
    if becomes:
        array = f"array[{value}]{between and between + '[]'}::{after.type}"
        return f"case when {value} is null then null else {array} end"
    return f"{value}[1]{between}::{after.type}" if was else f"{value}{between}::{after.type}"


def _is_direct(before: Typed, after: Typed, ctx: Context) -> bool:
    """Whether PostgreSQL converts single values by itself: by a cast, or from and to text."""
    old, new = (c.plain_type.removesuffix("[]") for c in (before, after))
    known = {(a, b) for a, b, _ in ctx.before.server.casts | ctx.after.server.casts}
    if old == new or old in TEXTS or new in TEXTS:
        return True
    return (old, new) in known and not _is_lost(before, after, ctx)


def through(plain: str, ctx: Context) -> str:
    """The type whose casts to and from another convert its text form, and call no function of a user."""
    name = plain.removesuffix("[]")
    casts = {(a, b) for a, b, _ in ctx.before.server.casts | ctx.after.server.casts}
    texts = ("text", "character varying", "character", "name")
    return next((t for t in texts if (t, name) not in casts and (name, t) not in casts), texts[0])
