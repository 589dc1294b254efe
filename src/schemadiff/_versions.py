"""A catalog as servers of an older version would have it: without what they do not know."""

from __future__ import annotations

from .kinds import kinds
from .model import Catalog


def as_of(catalog: Catalog, version: int) -> Catalog:
    """The catalog with only what a server of ``version`` (server_version_num) can hold.

    Both ends of a plan for such a server are brought there where they were compiled on a newer one, which
    fills in names and privileges of its own."""
    if version // 10000 >= catalog.server.major:
        return catalog
    kept = ((fact, kinds()[fact.id.kind].older(fact, version)) for fact in catalog.facts.values())
    changed = [(fact.id, older) for fact, older in kept if older is not fact]
    return catalog.but(
        [older for _, older in changed if older is not None], [i for i, older in changed if older is None]
    )
