"""What a live database holds, as a digest, and the seed that its digests are made with.

Verdicts and catalogs that are kept both rest on that digest: one seed for each database and role, drawn once and known
to this machine alone, so that one digest tells of both. Owns the seed and when two digests are of the same; keeps what
was hashed last too, which the server is asked for first.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import astuple, dataclass, replace
from typing import TYPE_CHECKING

from . import _cache, catalog
from .catalog import Contents

if TYPE_CHECKING:
    from .catalog._connect import PGconn

FOLDER = "seeds"


@dataclass(frozen=True, slots=True)
class Held:
    """What a database held when its open transaction began; ``contents`` are None where its server does not say."""

    name: str
    """Of the database and the role that asks."""
    seed: int
    contents: Contents | None

    @property
    def digest(self) -> str | None:
        return self.contents.digest if self.contents else None

    @property
    def mark(self) -> str:
        """Stands for the digest with its seed; '' where there is none."""
        return f"{self.seed} {self.digest}" if self.digest is not None else ""

    def anew(self, pgconn: PGconn) -> Held:
        """What the database holds by now, as ``held``."""
        return replace(self, contents=catalog.contents(pgconn, self.seed, self.contents))

    def still(self, pgconn: PGconn) -> bool:
        """Whether the database holds the same by now. Definitions are deparsed from the catalogs as they are by then,
        not as a snapshot has them: what others do meanwhile is in some answers. Keeps the seed, since what is kept
        with a digest is of no use without it."""
        if self.contents is None or catalog.contents(pgconn, self.seed, self.contents) != self.contents:
            return False
        if _known(self.name) != (self.seed, self.contents):
            _cache.write(FOLDER, self.name, json.dumps([self.seed, *astuple(self.contents)]).encode())
        return True


def name_of(pgconn: PGconn, url: str) -> str:
    """What a database is called here, for the role that asks it."""
    return f"{catalog.masked(url)}\0{pgconn.user.decode(errors='backslashreplace')}"


def held(pgconn: PGconn, name: str, meanwhile: Callable[[], object]) -> Held:
    """What a database holds, on an open connection. Begins a transaction that sees that, and leaves
    it open. ``meanwhile`` is called while the server works, unless that does not answer."""
    seed, known = _known(name) or (catalog.seed(), None)
    return Held(name, seed, catalog.contents(pgconn, seed, known, meanwhile))


def _known(name: str) -> tuple[int, Contents] | None:
    """The seed that a database is hashed with, and what it held last."""
    try:
        seed, columns, digest = json.loads(_cache.head(FOLDER, name))
        whole = tuple((str(c), str(n), bool(h), bool(w)) for c, n, h, w in columns)
        return int(seed), Contents(whole, str(digest))
    except (OSError, ValueError, TypeError):
        return None
