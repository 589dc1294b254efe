"""The catalog of a live database: read anew, or as it was kept while its system catalogs hold what they held.

None of a small database is kept, and none with a secret in it. Owns when what was kept holds; the bytes are
``catalog``'s, the digest is ``_held``'s.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import _cache, catalog
from ._held import Held, held, name_of
from .errors import SourceError

if TYPE_CHECKING:
    from ._early import Early
    from .model import Catalog

FOLDER = "live"
MOST = 8
"""Databases whose catalogs are kept."""


def read(url: str, like: Catalog | None = None, early: Early | None = None) -> Catalog:
    """The same as ``catalog.read_catalog``, for a database that may be as it was; what is kept of it shares memory with
    a catalog that it is ``like``. Where it is read anew, what is looked at beside it is made before (``early``)."""
    # Closing ends a transaction that is open without a round trip.
    with closing(catalog.connect(url)) as connection:
        if not catalog.is_worth_keeping(connection):
            if early:
                early.make(connection)
            return catalog.read_over(connection, url)
        kept = _Kept(name_of(connection.pgconn, url), like)
        found = held(connection.pgconn, kept.name, kept.load)
        if (known := kept.of(found)) is not None:
            return known
        del kept  # it takes as much memory as the other
        if early and early.make(connection):
            found = found.anew(connection.pgconn)
        made = catalog.read_over(connection, url)
        if found.still(connection.pgconn):
            keep(found, made)
    return made


def kept(found: Held) -> Catalog | None:
    """The catalog that is kept of a database, where that holds what it held then."""
    there = _Kept(found.name)
    if there.holds(found):
        there.load()
    return there.of(found)


@dataclass(slots=True)
class _Kept:
    """What is kept of a database: nothing until it is loaded, which may be in vain; so that is done while the server
    looks whether it holds."""

    name: str
    like: Catalog | None = None
    mark: bytes = b""
    catalog: Catalog | None = None

    def holds(self, found: Held) -> bool:
        try:
            return _cache.head(FOLDER, self.name) == _line(found.mark)
        except OSError:
            return False

    def load(self) -> None:
        try:
            with _cache.opened(FOLDER, self.name) as (line, file):
                self.mark, self.catalog = line, catalog.unpack(file, self.like)
        except (OSError, SourceError):
            return

    def of(self, found: Held) -> Catalog | None:
        """The catalog, where the database holds the same."""
        return self.catalog if found.digest is not None and self.mark == _line(found.mark) else None


def _line(mark: str) -> bytes:
    return f"{mark}\n".encode()


def keep(found: Held, made: Catalog) -> None:
    """Keeps the catalog of a database that held the same before and after it was read."""
    if catalog.without_secrets(made) is made:
        _cache.write(FOLDER, found.name, found.mark.encode(), catalog.pack(made))
        _cache.prune(FOLDER, MOST)
