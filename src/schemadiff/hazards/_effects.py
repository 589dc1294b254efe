"""What steps do to tables that are there, in words: ``rewrites courses (12 GB, 3.1 M rows) under ACCESS EXCLUSIVE``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..catalog import Usage
from ..engine import LOCKS, Relation
from ..sqltext import ident, qualified
from ._hazard import Sight

MOST = 4
"""Relations that a sentence names, before it counts the rest."""
UNITS = ("bytes", "kB", "MB", "GB", "TB", "PB")
LASTING = LOCKS[LOCKS.index("SHARE") :]
"""The locks that keep others from writing."""


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that a step does to the whole of some tables, under which lock, as a sentence without a subject."""

    relations: tuple[Relation, ...]
    text: str
    lasting: bool
    """Whether others cannot write, or not read either, until it is done."""


def by_relation(usage: Iterable[Usage]) -> Mapping[Relation, Usage]:
    """How large and how busy relations are, to be looked up."""
    return {u.relation: u for u in usage}


def effects(sight: Sight, known: Mapping[Relation, Usage]) -> Iterator[Effect]:
    """What a step rewrites, builds and reads from end to end; ``known`` says how large that is."""
    indexes = [name for name, table in sight.observed.builds if table in sight.built]
    what = f"index {ident(indexes[0])}" if len(indexes) == 1 else f"{len(indexes)} indexes"
    read = tuple(r for r in sight.observed.scans if r not in sight.built)
    for verb, relations in (
        ("rewrites", sight.observed.rewrites),
        (f"builds {what} of", sight.built),
        ("scans", read),
    ):
        if relations:
            text = f"{verb} {_listed(relations, known)}{_under(relations, sight)}"
            yield Effect(relations, text, sight.lock in LASTING)


def passing(sights: Iterable[Sight | None]) -> dict[Relation, str]:
    """The relations that the steps of a transaction lock against writers or readers, each with its lock."""
    last = [sight.held for sight in sights if sight is not None]
    return {r: mode for r, mode in last[-1].items() if mode in LASTING} if last else {}


def _under(relations: Sequence[Relation], sight: Sight) -> str:
    own = max((sight.held.get(r, LOCKS[0]) for r in relations), key=LOCKS.index)
    if sight.lock == own or sight.lock not in LASTING:
        return f" under {own}"
    others = [r for r, mode in sight.held.items() if mode == sight.lock]
    return f" while {sight.lock} is held on {_listed(others, {})}"


def named(relation: Relation, known: Mapping[Relation, Usage]) -> str:
    """A relation with how large it is: ``courses (12 GB, 3.1 M rows)``."""
    return _listed([relation], known)


def _listed(relations: Sequence[Relation], known: Mapping[Relation, Usage]) -> str:
    """The largest first."""
    by_size = sorted(relations, key=lambda r: -((known[r].size if r in known else None) or 0))
    named = [called(r) + _measured(known.get(r)) for r in by_size[:MOST]]
    left = len(relations) - MOST
    return ", ".join(named) + (f" and {left} more" if left > 0 else "")


def called(relation: Relation) -> str:
    """A relation as a reader calls it: the schema public goes without saying."""
    return qualified(*(relation[1:] if relation[0] == "public" else relation))


def _measured(found: Usage | None) -> str:
    if found is None:
        return ""
    parts = [measure(found.size)] if found.size is not None else []
    parts += [f"{_short(found.rows)} {'row' if found.rows == 1 else 'rows'}"] if found.rows else []
    parts += [f"{_short(round(found.writes))} writes/s"] if found.writes and found.writes >= 1 else []
    return f" ({', '.join(parts)})" if parts else ""


def measure(size: int) -> str:
    """Bytes in the units of pg_size_pretty, with two digits: ``12 GB``, ``1.5 MB``."""
    number, unit = float(size), 0
    while number >= 1023.5 and unit < len(UNITS) - 1:
        number, unit = number / 1024, unit + 1
    return f"{_digits(number) if unit else size} {UNITS[unit]}"


def _short(number: int) -> str:
    """A count with two digits: ``3.1 M``."""
    for power, letter in ((9, "G"), (6, "M"), (3, "k")):
        if number >= 10**power:
            return f"{_digits(number / 10**power)} {letter}"
    return str(number)


def _digits(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0") if number < 9.95 else f"{number:.0f}"
