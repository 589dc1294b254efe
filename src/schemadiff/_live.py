"""The catalog of a live database: read anew, or as it was kept while its system catalogs hold what they held.

Only a large one is kept, and none with a secret in it. Owns when what was kept holds; the bytes are ``catalog``'s.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from . import _cache, catalog
from .catalog import masked
from .errors import SourceError
from .model import Catalog

FOLDER = "live"
MOST = 8
"""Databases whose catalogs are kept."""


def read(url: str) -> Catalog:
    """The same as ``catalog.read_catalog``, for a database that may be as it was."""
    # Closing ends a transaction that is open without a round trip.
    with closing(catalog.connect(url)) as connection:
        if not catalog.is_large(connection):
            return catalog.read_over(connection, url)
        name = f"{masked(url)}\0{connection.info.user}"
        seed, before = _known(name)
        with ThreadPoolExecutor(1) as thread:
            kept = thread.submit(_kept, name, seed, before)  # while the server works
            held = catalog.contents(connection, seed)  # of what is read in the same transaction
        if held is not None and held == before and (found := kept.result()) is not None:
            return found
        del kept  # of no use to anybody, and large
        found = catalog.read_over(connection, url)
        # Definitions are deparsed from the catalogs as they are by then: what others do meanwhile is in some answers.
        if held is not None and held == catalog.contents(connection, seed):
            _keep(name, seed, held, found)
    return found


def _known(name: str) -> tuple[int, str | None]:
    """The seed and the digest of what is kept; a new seed where nothing is."""
    try:
        seed, held = json.loads(_cache.head(FOLDER, name))
        return int(seed), str(held)
    except (OSError, ValueError, TypeError):
        return catalog.seed(), None


def _kept(name: str, seed: int, held: str | None) -> Catalog | None:
    if held is None:
        return None
    try:
        head, packed = _cache.read(FOLDER, name)
        return catalog.unpack(packed) if head.rstrip() == _head(seed, held) else None
    except (OSError, SourceError):
        return None


def _keep(name: str, seed: int, held: str, found: Catalog) -> None:
    if catalog.without_secrets(found) is found:
        _cache.write(FOLDER, name, _head(seed, held), catalog.pack(found))
        _cache.prune(FOLDER, MOST)


def _head(seed: int, held: str) -> bytes:
    return json.dumps([seed, held]).encode()
