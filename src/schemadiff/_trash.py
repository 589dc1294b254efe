"""The trash: how what a soft drop has put aside is called, so that no comparison looks at it. Names only.

A table lies in a schema of its own (``schemadiff_trash_20260131_1``), one for each day and each schema that
something was dropped from: there its name and those of its indexes clash with nobody's. A column stays in its table
under another name (``schemadiff_trash_20260131_email``). What is put there is ``_soft_drop``'s, what is deleted
for good ``_purge``'s.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator
from datetime import date
from itertools import count
from typing import Any

from .kinds import kinds
from .model import Catalog, Fact, Id
from .sqltext import cut

PREFIX = "schemadiff_trash_"
PLACES = ("schema", "column")
"""The kinds whose names say that they are in the trash, with all that stands in them."""


def dropped_on(name: str) -> date | None:
    """The day on which what has this name was put into the trash; None for a name that is of no trash."""
    day, _, rest = name.removeprefix(PREFIX).partition("_")
    if not name.startswith(PREFIX) or not rest or len(day) != 8 or not (day.isascii() and day.isdigit()):
        return None
    try:
        return date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        return None


def is_trash(i: Id) -> bool:
    """Whether it is a schema of the trash, or a column that was put there."""
    return i.kind in PLACES and dropped_on(i.path[-1]) is not None


def is_in_trash(i: Id) -> bool:
    """The same, or what lies in such a schema or stands on such a column, under its own name."""
    return any(map(dropped_on, i.path))


def has_trash(catalog: Catalog) -> bool:
    """Whether anything in a catalog is."""
    return any(is_trash(i) for kind in PLACES if _may_have(kind, catalog) for i in catalog.ids_of(kind))


def _may_have(kind: str, catalog: Catalog) -> bool:
    """Whether the prefix is in any name: a look at all of them at once, since each command looks."""
    return PREFIX in "\n".join([path[-1] for _, path in catalog.ids_of(kind)])


def free_schema(day: date, taken: Collection[str]) -> str:
    """The first schema of a day that is not taken."""
    return next(n for k in count(1) if (n := f"{PREFIX}{day:%Y%m%d}_{k}") not in taken)


def free_name(day: date, name: str, taken: Collection[str]) -> str:
    """What something is called in the trash: cut where it is too long, numbered where that is taken."""
    heads = (f"{PREFIX}{day:%Y%m%d}_{f'{k}_' if k else ''}" for k in count())
    return next(n for head in heads if (n := cut(head + name)) not in taken)


def passed_on(catalog: Catalog) -> Catalog:
    """The catalog where tables that join one with a column in the trash have it too: PostgreSQL attaches no partition
    without it."""
    while made := [fact for i in catalog.facts if is_trash(i) for fact in _heirlooms(i, catalog)]:
        catalog = catalog.but(made)
    return catalog


def _heirlooms(i: Id, catalog: Catalog) -> Iterator[Fact]:
    """What heirs of a column's table lack of it: the column itself, and what keeps it from being null."""
    table = catalog.facts[i].parent
    users = catalog.dependents.get(table, ()) if i.kind == "column" and table is not None else ()
    for heir in {catalog.facts[u].parent for u in users if kinds()[u.kind].parted} - {table, None}:
        assert heir is not None
        there = Id(i.kind, (*heir.path, i.path[-1]))
        if heir.kind == "table" and there not in catalog.facts:
            yield from _inherited(i, there, heir, catalog)


def _inherited(i: Id, there: Id, heir: Id, catalog: Catalog) -> Iterator[Fact]:
    beside = [catalog.facts[c] for c in catalog.children.get(heir, ()) if c.kind == i.kind]
    joined = any(getattr(fact, "partition", False) for fact in beside)
    for part in (i, *(c for c in catalog.children.get(i, ()) if c.kind == "not_null")):
        fact: Any = catalog.facts[part]
        parent = heir if part == i else there
        made = dataclasses.replace(fact, id=Id(part.kind, there.path), parent=parent, partition=joined)
        yield dataclasses.replace(made, inherited=(part,), local=False)
