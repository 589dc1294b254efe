"""A catalog as a clone without rows has it: without the state that only use leaves behind."""

from __future__ import annotations

from ..kinds import kinds
from ..model import Catalog


def skeleton(catalog: Catalog) -> Catalog:
    """The catalog with every fact as it is when it has just been made (``Kind.skeleton``)."""
    settling = [(name, kind.skeleton) for name, kind in kinds().items() if kind.skeleton is not None]
    return catalog.becoming((fact, made(fact)) for name, made in settling for fact in catalog.of_kind(name))
