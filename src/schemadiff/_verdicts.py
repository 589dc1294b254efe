"""Verdicts that are kept: what a database answered when it was found in sync, beside what it was compared with.

Every check asks the database everything. Where it answers as it did, and the files and this tool are what they were,
what follows is what followed then. Owns what a verdict rests on; only one without a difference is kept, and it holds
nothing of the schema but counts, the names of what no kind models, and notes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from . import _cache
from ._check import Drift, Tally, drift
from ._pair import settle
from ._scope import Scope
from .catalog import answered
from .model import Catalog
from .script import Files
from .sources import Reader, Source

FOLDER = "verdicts"


@dataclass(frozen=True, slots=True)
class Aim:
    """What databases are compared with, for each major: ``name`` is what it is called, ``identity`` stands for it as
    far as its files do not, ``seen`` are these files as they were for it (``Script.seen``), None where that is not
    known."""

    files: Files
    name: Callable[[int], str]
    identity: Callable[[int], str]
    catalog: Callable[[int], Catalog]
    seen: Callable[[int], Sequence[tuple[str, str]] | None]


def checked(database: Source, aim: Aim, reader: Reader, scope: Scope) -> Drift:
    """How a database differs from what it should be: as it was found, or found anew."""
    with answered(database.text) as found:
        major = found.version // 10000
        names = str(database), aim.name(major)
        basis = hashlib.sha256(f"{aim.identity(major)}\0{found.digest()}".encode()).hexdigest()
        name = "\0".join([*names, repr(scope)])
        if (known := _known(name, names, basis, aim.files)) is not None:
            return known
        live = found.catalog()
    made = drift(settle(live, aim.catalog(major), reader, scope), names)
    seen = aim.seen(major)
    if made.in_sync and seen is not None:
        _cache.write(FOLDER, name, json.dumps({"basis": basis, "seen": seen, "drift": asdict(made)}).encode())
    return made


def _known(name: str, names: tuple[str, str], basis: str, files: Files) -> Drift | None:
    try:
        found = json.loads(_cache.read(FOLDER, name))
        same = found["basis"] == basis and files.are_as(map(tuple, found["seen"]))
        return _drift(names, found["drift"]) if same else None
    except (OSError, ValueError, KeyError, TypeError):
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
