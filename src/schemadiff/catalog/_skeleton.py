"""A catalog as a clone without rows has it: without the state that only use leaves behind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..kinds import Kind, kinds
from ..model import Catalog, Id, attribute_names


def skeleton(catalog: Catalog) -> Catalog:
    """The catalog with every fact as it is when it has just been made (``Kind.skeleton``)."""
    settling = [(kind, kind.skeleton) for kind in kinds().values() if kind.skeleton is not None]
    facts = catalog.facts
    return catalog.becoming(
        (facts[i], made(facts[i])) for kind, made in settling for i in _used(kind, catalog)
    )


def _used(kind: Kind[Any], catalog: Catalog) -> Iterable[Id]:
    """The facts of a kind that may not be as they are when they have just been made; no other one is looked at."""
    found = catalog.ids_of(kind.name)
    if kind.settled is None:
        return found
    name, value = kind.settled
    rows, place = catalog.facts.rows, 1 + attribute_names(kind.fact).compared.index(name)
    return [i for i in found if rows[i][0][place] != value]
