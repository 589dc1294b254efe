"""What a plan touches, and what that depends on or is depended on by: as much of a schema as a proof needs.

A pure function of two catalogs that knows no kind.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ._diff import diff_facts
from .graph import reached
from .model import Catalog, Id


def nearby(
    origin: Catalog, target: Catalog, always: Iterable[str], along: Collection[str]
) -> tuple[Catalog, Catalog]:
    """Both catalogs without what the difference between them cannot reach.

    Kept are the objects that differ, whole, up to the table or other object that they belong to; every fact
    that depends on one of these, and so on; and whatever all of them need. ``always`` names the kinds that are kept
    too, ``along`` those that are kept where their parent is."""
    touched = {d.id for d in diff_facts(origin, target)}
    wanted: set[Id] = set()
    for catalog in (origin, target):
        wanted |= _reached(catalog, (catalog.root(i) for i in touched if i in catalog.facts))
        wanted.update(i for kind in always for i in catalog.ids_of(kind))
    # What one end has of the other's it must have too: else the difference would grow.
    while True:
        more = {i for catalog in (origin, target) for i in _needed(catalog, wanted, along)}
        if more <= wanted:
            break
        wanted |= more
    return origin.only(wanted), target.only(wanted)


def _reached(catalog: Catalog, roots: Iterable[Id]) -> set[Id]:
    """The roots, all below them, and all that depends on any of it: a child depends on its parent."""
    return set(reached(roots, lambda i: catalog.dependents.get(i, ())))


def _needed(catalog: Catalog, wanted: Iterable[Id], along: Collection[str]) -> Iterable[Id]:
    """Everything that some facts need, and what that needs: a child needs its parent."""
    references, children, rows = catalog.references, catalog.children, catalog.facts.rows

    def needs(i: Id) -> Iterable[Id]:
        beside = (child for child in children.get(i, ()) if child.kind in along)
        return (*references.get(i, ()), *rows[i][1], *beside)

    return reached((i for i in wanted if i in rows), needs)
