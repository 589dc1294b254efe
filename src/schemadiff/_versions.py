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
    facts = catalog.facts.values()
    return catalog.becoming((fact, kinds()[fact.id.kind].older(fact, version)) for fact in facts)
