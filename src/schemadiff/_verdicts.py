"""Verdicts that are kept: what a database held when it was found in sync, beside what it was compared with.

Every check has the server hash what its system catalogs hold. Where that is what it was, and the files and this tool are
what they were, what follows is what followed then. Owns what a verdict rests on; only one without a difference is kept,
and it holds nothing of the schema but counts, the names of what no kind models, and notes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from . import _cache, _live, catalog
from ._held import Held, held, name_of
from ._lazy import nothing

if TYPE_CHECKING:
    from ._drift import Drift
    from ._pair import Pair
    from ._scope import Scope
    from .catalog._connect import Connection
    from .model import Catalog
    from .script import Files
    from .sources import Source

FOLDER = "verdicts"


@dataclass(frozen=True, slots=True)
class Aim:
    """What databases are compared with, for each major: ``name`` is what it is called, ``identity`` stands for it as
    far as its files do not, ``make`` compiles it for a database if need be and says whether it did, ``compared`` is how
    a live catalog and it compare, ``seen`` are these files as they were for it (``Script.seen``), None where that is not
    known."""

    files: Files
    name: Callable[[int], str]
    identity: Callable[[int], str]
    make: Callable[[Connection], bool]
    compared: Callable[[Catalog], Pair]
    seen: Callable[[int], Sequence[tuple[str, str]] | None]


def checked(database: Source, aim: Aim, scope: Scope, meanwhile: Callable[[], object] = nothing) -> Drift:
    """How a database differs from what it should be: as it was found, or found anew. ``meanwhile`` is called while the
    server works."""
    with closing(catalog.line(database.text)) as line:
        major = line.pgconn.server_version // 10000
        names = str(database), aim.name(major)
        before = _Before.of("\0".join([*names, repr(scope)]), aim.files)
        if not before.kept:
            # It takes its time, and what was looked at before would have to be again.
            aim.make(line.connection)
        identify = partial(before.identify, partial(aim.identity, major), meanwhile)
        found = held(line.pgconn, name_of(line.pgconn, database.text), identify)
        if (known := before.verdict(found, names)) is not None:
            return known
        if (kept := _live.kept(found)) is not None:
            line.close()  # no transaction stays open while a target is compiled
            made, sure = _made(kept, aim, names), True
        else:
            if aim.make(line.connection):
                found = found.anew(line.pgconn)
            live = catalog.read_over(line.connection, database.text)
            made = _made(live, aim, names)
            sure = _is_to_be_kept(made, found, line.connection) and found.still(line.pgconn)
            if sure and not made.in_sync:
                _live.keep(found, live)
        if sure and made.in_sync and (seen := aim.seen(major)) is not None:
            before.keep(found, seen, made)
    return made


def _is_to_be_kept(made: Drift, found: Held, connection: Connection) -> bool:
    """Whether something of a database is to be kept: the verdict, or a catalog that takes long to read."""
    return found.digest is not None and (made.in_sync or catalog.is_worth_keeping(connection))


def _made(live: Catalog, aim: Aim, names: tuple[str, str]) -> Drift:
    from ._check import drift

    return drift(aim.compared(live), names)


@dataclass(slots=True)
class _Before:
    """What was kept under a name, if the files of the target are what they were then, and what the target is by now."""

    name: str
    files: Files
    kept: dict[str, Any] = field(default_factory=dict)
    identity: str = ""

    @classmethod
    def of(cls, name: str, files: Files) -> _Before:
        try:
            found = json.loads(_cache.head(FOLDER, name))
            return cls(name, files, found if files.are_as(map(tuple, found["seen"])) else {})
        except (OSError, ValueError, KeyError, TypeError):
            return cls(name, files)

    def identify(self, identity: Callable[[], str], meanwhile: Callable[[], object]) -> None:
        meanwhile()
        self.identity = identity()

    def verdict(self, found: Held, names: tuple[str, str]) -> Drift | None:
        """The verdict, where it holds."""
        try:
            same = found.digest is not None and self.kept["basis"] == self._basis(found)
            return _told(names, self.kept["drift"]) if same else None
        except (KeyError, TypeError):
            return None

    def keep(self, found: Held, seen: Sequence[tuple[str, str]], made: Drift) -> None:
        verdict = {"basis": self._basis(found), "seen": seen, "drift": asdict(made)}
        _cache.write(FOLDER, self.name, json.dumps(verdict).encode())

    def _basis(self, found: Held) -> str:
        return hashlib.sha256(f"{self.identity}\0{found.mark}".encode()).hexdigest()


def _told(names: tuple[str, str], found: dict[str, Any]) -> Drift:
    from ._drift import Drift, Tally

    return Drift(
        *names,
        tallies=tuple(Tally(**tally) for tally in found["tallies"]),
        differences=(),
        unmodelled=tuple((what, tuple(names)) for what, names in found["unmodelled"]),
        notes=tuple(found["notes"]),
        left_out=tuple((what, count) for what, count in found["left_out"]),
    )
