"""Two catalogs → deltas. A pure function that knows no kind."""

from __future__ import annotations

from .model import Added, Catalog, Changed, Delta, Edge, Fact, Linked, Removed, Unlinked, attribute_names


def diff(origin: Catalog, target: Catalog) -> tuple[Delta, ...]:
    """What differs, sorted by identity: removed, added, changed facts, then the edges that differ
    between facts that both catalogs have. ``diff(a, a)`` is empty."""
    before, after = origin.facts, target.facts
    removed = (Removed(before[i]) for i in sorted(before.keys() - after.keys()))
    added = (Added(after[i]) for i in sorted(after.keys() - before.keys()))
    common = sorted(i for i in before.keys() & after.keys() if before[i] != after[i])
    changed = (Changed(before[i], after[i], differing(before[i], after[i])) for i in common)
    return (*removed, *added, *changed, *_edges(origin, target))


def differing(before: Fact, after: Fact) -> tuple[str, ...]:
    """The names of the attributes whose values differ."""
    names = ("parent", *attribute_names(type(before), compared=True))
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def _edges(origin: Catalog, target: Catalog) -> tuple[Delta, ...]:
    kept = origin.facts.keys() & target.facts.keys()

    def between_kept(edges: frozenset[Edge], other: frozenset[Edge]) -> list[Edge]:
        return sorted(e for e in edges - other if e.dependent in kept)

    unlinked = (Unlinked(e) for e in between_kept(origin.edges, target.edges))
    linked = (Linked(e) for e in between_kept(target.edges, origin.edges) if e.referenced in kept)
    return (*unlinked, *linked)
