"""Drift: how a database differs from the schema that it should have. A value; printing it is ``report``'s."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ._diff import diff_facts
from ._pair import Pair
from .catalog import hidden, hidden_change
from .kinds import kinds
from .model import Added, Catalog, Changed, Id, Removed

type Difference = Added | Removed | Changed


@dataclass(frozen=True, slots=True)
class Tally:
    """For one kind, how many objects match, differ, are missing from the database, or unexpected there. None holds a secret."""

    kind: str
    title: str
    matching: int
    differing: int
    missing: int
    unexpected: int

    @property
    def in_sync(self) -> bool:
        return not (self.differing or self.missing or self.unexpected)


@dataclass(frozen=True, slots=True)
class Drift:
    """One database against one target. ``differences`` are sorted by kind and identity: Added is missing
    from the database, Removed unexpected there."""

    database: str
    target: str
    tallies: tuple[Tally, ...]
    differences: tuple[Difference, ...]
    unmodelled: tuple[tuple[str, tuple[str, ...]], ...] = ()
    notes: tuple[str, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()
    """What the scope leaves out of the database, counted by kind."""

    @property
    def in_sync(self) -> bool:
        return not self.differences


def drift(pair: Pair, names: tuple[str, str]) -> Drift:
    """Compares the ends of a pair; ``names`` say what they are."""
    live, target = pair.compared
    found = tuple(_facts(live, target))
    tallies, shown = tuple(_tallies(found, target)), tuple(map(_shown, found))
    return Drift(*names, tallies, shown, live.unmodelled, pair.notes, pair.left_out)


def matching(pair: Pair, found: Drift) -> tuple[Id, ...]:
    """The objects that both ends have alike, sorted: those that the tallies count as such."""
    alike = {name for name, kind in kinds().items() if kind.create is not None}
    differing = {_id(d) for d in found.differences}
    return tuple(sorted(i for i in pair.compared[1].facts if i.kind in alike and i not in differing))


def _shown(difference: Difference) -> Difference:
    """A difference without secrets."""
    if isinstance(difference, Changed):
        return hidden_change(difference)
    return replace(difference, fact=hidden(difference.fact))


def _facts(live: Catalog, target: Catalog) -> list[Difference]:
    order = {name: position for position, name in enumerate(kinds())}
    found = [d for d in diff_facts(live, target) if kinds()[_id(d).kind].create is not None]
    # What has no creation comes with its parent.
    return sorted(found, key=lambda d: (order[_id(d).kind], _id(d).path))


def _id(difference: Difference) -> Id:
    return difference.after.id if isinstance(difference, Changed) else difference.fact.id


def _tallies(found: Iterable[Difference], target: Catalog) -> Iterator[Tally]:
    wanted = Counter(i.kind for i in target.facts)
    counts = Counter((type(d), _id(d).kind) for d in found)
    for name, kind in kinds().items():
        missing, changed, unexpected = (counts[t, name] for t in (Added, Changed, Removed))
        if kind.create is not None and (wanted[name] or unexpected):
            yield Tally(name, kind.title, wanted[name] - missing - changed, changed, missing, unexpected)
