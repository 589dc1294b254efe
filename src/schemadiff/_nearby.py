"""What a plan touches, and what that depends on or is depended on by: as much of a schema as a proof needs.

A pure function of two catalogs that knows no kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ._diff import diff_facts
from .graph import reached
from .model import Catalog, Fact, Id

MANY = 10_000
"""Facts from which on a schema is large here: some 250 tables."""


@dataclass(frozen=True, slots=True)
class Bearing:
    """What bears on what, beside dependencies, by the names of kinds.

    ``always`` bear on everything, with what stands on them; ``along`` are where their parent is; of ``rows`` is what
    rows are made of: where one is reached, all of its table is rewritten or looked at. ``beside`` says what PostgreSQL
    looks at too when facts of a kind come or go."""

    always: frozenset[str]
    along: frozenset[str]
    rows: frozenset[str]
    beside: Mapping[str, Callable[[Sequence[Fact], Catalog], Iterable[Id]]]


def differ_mostly(origin: Catalog, target: Catalog) -> bool:
    """Whether most of a large schema differs: to look what of it can be left out would take longer than that spares."""
    fewer, size = sorted((len(origin.facts), len(target.facts)))
    return size > MANY and (2 * fewer < size or size < 2 * sum(1 for _ in diff_facts(origin, target)))


def nearby(
    origin: Catalog, target: Catalog, served: Iterable[Id], bearing: Bearing
) -> tuple[Catalog, Catalog]:
    """Both catalogs without what the difference between them cannot reach.

    Kept are the objects that differ or that steps of a plan serve (``served``), whole, up to the table or other object
    that they belong to; every fact that depends on one of these, and so on; and whatever all of them need."""
    touched = {d.id for d in diff_facts(origin, target)}.union(served)
    wanted: set[Id] = set()
    for catalog in (origin, target):
        wanted |= _reached(catalog, _roots(catalog, touched, bearing), bearing)
        always = [i for kind in bearing.always for i in catalog.ids_of(kind)]
        wanted.update(always, *(catalog.children.get(i, ()) for i in always))
    # What one end has of the other's it must have too: else the difference would grow.
    while True:
        more = {i for catalog in (origin, target) for i in _needed(catalog, wanted, bearing)}
        if more <= wanted:
            break
        wanted |= more
    return origin.only(wanted), target.only(wanted)


def _roots(catalog: Catalog, touched: Iterable[Id], bearing: Bearing) -> Iterator[Id]:
    here = [i for i in touched if i in catalog.facts]
    yield from map(catalog.root, here)
    for kind, beside in bearing.beside.items():
        yield from beside([catalog.facts[i] for i in here if i.kind == kind], catalog)


def _reached(catalog: Catalog, roots: Iterable[Id], bearing: Bearing) -> set[Id]:
    """The roots, all below them, and all that depends on any of it: a child depends on its parent."""

    def onwards(i: Id) -> Iterator[Id]:
        yield from catalog.dependents.get(i, ())
        if i.kind in bearing.rows:
            yield catalog.root(i)

    return set(reached(roots, onwards))


def _needed(catalog: Catalog, wanted: Iterable[Id], bearing: Bearing) -> Iterable[Id]:
    """Everything that some facts need, and what that needs: a child needs its parent."""
    references, children, rows = catalog.references, catalog.children, catalog.facts.rows

    def needs(i: Id) -> Iterable[Id]:
        along = (child for child in children.get(i, ()) if child.kind in bearing.along)
        return (*references.get(i, ()), *rows[i][1], *along)

    return reached((i for i in wanted if i in rows), needs)
