"""What a live database holds, as a digest, and the seed that its digests are made with.

Verdicts and catalogs that are kept both rest on that digest: one seed for each database and role, drawn once and known
to this machine alone, so that one digest tells of both. Owns the seed and when two digests are of the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import _cache, catalog

if TYPE_CHECKING:
    from .catalog._connect import Connection

FOLDER = "seeds"


@dataclass(frozen=True, slots=True)
class Held:
    """What a database held when its open transaction began; ``digest`` is None where its server does not say."""

    name: str
    """Of the database and the role that asks."""
    seed: int
    digest: str | None

    @property
    def mark(self) -> str:
        """Stands for the digest with its seed; '' where there is none."""
        return f"{self.seed} {self.digest}" if self.digest is not None else ""

    def still(self, connection: Connection) -> bool:
        """Whether the database holds the same by now. Definitions are deparsed from the catalogs as they are by then,
        not as a snapshot has them: what others do meanwhile is in some answers. Keeps the seed, since what is kept
        with a digest is of no use without it."""
        same = self.digest is not None and catalog.contents(connection, self.seed) == self.digest
        if same and _known(self.name) != self.seed:
            _cache.write(FOLDER, self.name, json.dumps(self.seed).encode())
        return same


def name_of(connection: Connection, url: str) -> str:
    """What a database is called here, for the role that asks it."""
    return f"{catalog.masked(url)}\0{connection.info.user}"


def held(connection: Connection, name: str, meanwhile: Callable[[], object]) -> Held:
    """What a database holds, on an open connection in autocommit mode. Begins a transaction that sees that, and leaves
    it open. ``meanwhile`` is called while the server works, unless that does not answer."""
    seed = _known(name) or catalog.seed()
    return Held(name, seed, catalog.contents(connection, seed, meanwhile))


def _known(name: str) -> int | None:
    try:
        found = json.loads(_cache.head(FOLDER, name))
    except (OSError, ValueError):
        return None
    return found if type(found) is int else None
