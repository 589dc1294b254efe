"""Two catalogs → deltas. A pure function that knows no kind."""

from __future__ import annotations

from collections.abc import Iterator, Set

from .model import (
    Added,
    Catalog,
    Changed,
    Delta,
    Edge,
    Fact,
    Linked,
    Removed,
    Unlinked,
    attribute_names,
)


def diff(origin: Catalog, target: Catalog) -> tuple[Delta, ...]:
    """What differs, sorted by identity: removed, added, changed facts, then the edges that differ
    between facts that both catalogs have. ``diff(a, a)`` is empty."""
    return (*diff_facts(origin, target), *_edges(origin, target))


def diff_facts(origin: Catalog, target: Catalog) -> Iterator[Added | Removed | Changed]:
    """The facts that differ: removed, added, changed, each sorted by identity."""
    before, after = origin.facts, target.facts
    found = sorted(before.unlike(after))
    removed = [i for i in found if i in before and i not in after]
    added = [i for i in found if i in after and i not in before]
    both = (i for i in found if i in before and i in after)
    changed = [i for i in both if before.rows[i][0] != after.rows[i][0]]
    yield from map(Removed, map(before.__getitem__, removed))
    yield from map(Added, map(after.__getitem__, added))
    yield from (Changed(before[i], after[i], differing(before[i], after[i])) for i in changed)


def differing(before: Fact, after: Fact) -> tuple[str, ...]:
    """The names of the attributes whose values differ."""
    names = ("parent", *attribute_names(type(before)).compared)
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def _edges(origin: Catalog, target: Catalog) -> tuple[Delta, ...]:
    before, after = origin.facts.rows, target.facts.rows

    def between_kept(edges: Set[Edge], other: Set[Edge]) -> list[Edge]:
        return sorted(e for e in edges - other if e.dependent in before and e.dependent in after)

    unlinked = (Unlinked(e) for e in between_kept(origin.edges, target.edges))
    linked = between_kept(target.edges, origin.edges)
    return (*unlinked, *(Linked(e) for e in linked if e.referenced in before and e.referenced in after))
