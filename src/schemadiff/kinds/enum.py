"""Enum types (``pg_type``, ``pg_enum``). A label is added in place; every other change rebuilds the type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..model import Fact
from ..sqltext import comma, ident, literal, qualified
from ._kind import REPLACE, Alter, Context, Kind, Statement, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Enum(Fact):
    labels: tuple[str, ...]


def create(enum: Enum, parts: Sequence[str], ctx: Context) -> Written:
    return [f"create type {qualified(*enum.id.path)} as enum ({comma(literal(x) for x in enum.labels)})"]


def add_labels(before: Enum, after: Enum, ctx: Context) -> Written | Literal["replace"]:
    """ADD VALUE for each new label where the old ones keep their order, else a rebuild."""
    known = frozenset(before.labels)
    if tuple(x for x in after.labels if x in known) != before.labels:
        return REPLACE
    return [
        Statement(f"alter type {qualified(*after.id.path)} add value {literal(label)}{place}", commits=True)
        for label, place in _places(before.labels, after.labels)
    ]


def _places(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, str]]:
    places, known = [], frozenset(old)
    for position, label in enumerate(new):
        if label in known:
            continue
        if position:
            last = position == len(new) - 1 and new[position - 1] == (old[-1] if old else None)
            places.append((label, "" if last else f" after {literal(new[position - 1])}"))
        else:
            places.append((label, f" before {literal(old[0])}" if old else ""))
    return places


KIND = Kind(
    name="enum",
    title="enums",
    fact=Enum,
    catalog="pg_type",
    query="""
        select t.oid, array[n.nspname, t.typname]::text[] as path, t.typarray as alias_pg_type,
               array(select e.enumlabel::text from pg_enum e where e.enumtypid = t.oid
                     order by e.enumsortorder) as labels
        from pg_type t join pg_namespace n on n.oid = t.typnamespace
        where t.typtype = 'e' and {user_schema}
    """,
    rank=40,
    create=create,
    drop=lambda e, ctx: [f"drop type {qualified(*e.id.path)}"],
    changes={"labels": Alter(add_labels)},
    address=lambda e: f"type {qualified(*e.id.path)}",
    names=lambda e: [("pg_type", *e.id.path)],
    swaps=lambda e, name, ctx: [f"alter type {qualified(*e.id.path)} rename to {ident(name)}"],
    becomes=frozenset({"domain"}),
    migra=frozenset({"create", "drop"}),
    migra_when=lambda e, ctx: not any("'" in x or "\\" in x for x in e.labels),
    why_not_migra="migra does not double quotes in labels, and rebuilds a type that could grow in place",
    rename_label=lambda e, old, new: (
        f"alter type {qualified(*e.id.path)} rename value {literal(old)} to {literal(new)}"
    ),
)
