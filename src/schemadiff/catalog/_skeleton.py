"""A catalog as a clone without rows has it: without the state that only use leaves behind."""

from __future__ import annotations

from ..kinds import kinds
from ..model import Catalog


def skeleton(catalog: Catalog) -> Catalog:
    """The catalog with every fact as it is when it has just been made (``Kind.skeleton``)."""
    settling = [(name, kind.skeleton) for name, kind in kinds().items() if kind.skeleton is not None]
    found = ((fact, made(fact)) for name, made in settling for fact in catalog.of_kind(name))
    changed = [(old.id, new) for old, new in found if new is not old]
    if not changed:
        return catalog
    return catalog.but(
        [new for _, new in changed if new is not None], [i for i, new in changed if new is None]
    )
