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
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from . import _cache, catalog
from ._drift import Drift, Tally

if TYPE_CHECKING:
    from ._pair import Pair
    from ._scope import Scope
    from .model import Catalog
    from .script import Files
    from .sources import Source

FOLDER = "verdicts"


@dataclass(frozen=True, slots=True)
class Aim:
    """What databases are compared with, for each major: ``name`` is what it is called, ``identity`` stands for it as
    far as its files do not, ``compared`` is how a live catalog and it compare, ``seen`` are these files as they were for
    it (``Script.seen``), None where that is not known."""

    files: Files
    name: Callable[[int], str]
    identity: Callable[[int], str]
    compared: Callable[[Catalog], Pair]
    seen: Callable[[int], Sequence[tuple[str, str]] | None]


def checked(database: Source, aim: Aim, scope: Scope) -> Drift:
    """How a database differs from what it should be: as it was found, or found anew."""
    # Closing ends a transaction that is open without a round trip.
    with closing(catalog.connect(database.text)) as connection:
        major = connection.info.server_version // 10000
        names = str(database), aim.name(major)
        name = "\0".join([*names, repr(scope)])
        kept = _kept(name)
        seed = kept.get("seed") or catalog.seed()
        held = catalog.contents(connection, seed)  # of what is read in the same transaction
        basis = hashlib.sha256(f"{aim.identity(major)}\0{held}".encode()).hexdigest()
        if held is not None and (known := _known(kept, names, basis, aim.files)) is not None:
            return known
        made = _made(catalog.read_over(connection, database.text), aim, names)
        # Definitions are deparsed from the catalogs as they are by then: what others do meanwhile is in some answers.
        if (
            made.in_sync
            and held is not None
            and (seen := aim.seen(major)) is not None
            and catalog.contents(connection, seed) == held
        ):
            verdict = {"seed": seed, "basis": basis, "seen": seen, "drift": asdict(made)}
            _cache.write(FOLDER, name, json.dumps(verdict).encode())
    return made


def _made(live: Catalog, aim: Aim, names: tuple[str, str]) -> Drift:
    from ._check import drift

    return drift(aim.compared(live), names)


def _kept(name: str) -> dict[str, Any]:
    try:
        found = json.loads(_cache.head(FOLDER, name))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and type(found.get("seed")) is int else {}


def _known(kept: dict[str, Any], names: tuple[str, str], basis: str, files: Files) -> Drift | None:
    try:
        same = kept["basis"] == basis and files.are_as(map(tuple, kept["seen"]))
        return _drift(names, kept["drift"]) if same else None
    except (ValueError, KeyError, TypeError):
        return None


def _drift(names: tuple[str, str], found: dict[str, Any]) -> Drift:
    return Drift(
        *names,
        tallies=tuple(Tally(**tally) for tally in found["tallies"]),
        differences=(),
        unmodelled=tuple((what, tuple(names)) for what, names in found["unmodelled"]),
        notes=tuple(found["notes"]),
        left_out=tuple((what, count) for what, count in found["left_out"]),
    )
