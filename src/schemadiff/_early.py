"""A source beside a database: compiled before that is read.

To make a catalog takes more memory than to load one that is kept. So a source that is not kept yet is compiled while no
other catalog is there, and let go of; where nothing can be kept of it, it stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import _cache, scratch
from ._memory import give_back
from .sources import Reader, Source

if TYPE_CHECKING:
    from .catalog._connect import Connection
    from .model import Catalog


@dataclass(slots=True)
class Early:
    """A source, and its catalog where that was made and stays."""

    wanted: Source
    reader: Reader
    made: Catalog | None = None

    def make(self, connection: Connection) -> bool:
        """Compiles the source on the major of a database, unless that is done, or it is kept or never is; whether it did.
        No transaction stays open meanwhile. Raises what that raises."""
        if self.made is not None:
            return False
        # A given server may be that of the database, and gets the roles that the source names.
        if not (self.wanted.compiled and self.reader.cached) or scratch.is_given(self.reader.spec):
            return False
        files = self.reader.files(self.wanted)
        major = connection.info.server_version // 10000
        name = self.reader.name(files, major)
        if _cache.holds(name, files):
            return False
        connection.rollback()
        made = self.reader.compiled(files, major)
        if made.is_large and _cache.holds(name, files):
            del made
            give_back()
        else:
            self.made = made
        return True

    def beside(self, live: Catalog) -> Catalog:
        """The catalog of the source as it is on the major of a database."""
        return self.made or self.reader.read(self.wanted, live.server.major, live)


def beside(database: Source, other: Source, reader: Reader) -> tuple[Catalog, Catalog]:
    """The catalogs of a database and of a source that is looked at beside it, on the same major. Raises what reading
    either raises."""
    from . import _live

    early = Early(other, reader)
    live = _live.read(database.text, early=early) if reader.cached else reader.read(database)
    return live, early.beside(live)
