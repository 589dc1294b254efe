"""What a hazard is, and what it looks at. Every module beside this one without an underscore exports one ``HAZARD``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ..engine import Observed, Relation, Step

ALWAYS: Final = "always"
"""Must be allowed wherever it is found."""
BY_SIZE: Final = "where a table is larger than the limit"
"""Must be allowed where it takes long: where a table that it reads or writes as a whole is large."""
NEVER: Final = "never"
"""Is said, and runs."""


class Held(Mapping[Relation, str]):
    """The strongest lock of each relation after some step of a transaction. All its steps share one list of what was
    taken when: with one for each, a long transaction would take the square of its locks."""

    __slots__ = ("_taken", "_until")

    def __init__(self, taken: Mapping[Relation, Sequence[tuple[int, str]]], until: int) -> None:
        """``taken`` has the locks of each relation, the strongest last, with the number of the step that took it."""
        self._taken, self._until = taken, until

    def __getitem__(self, relation: Relation) -> str:
        found = [mode for number, mode in self._taken[relation] if number <= self._until]
        if not found:
            raise KeyError(relation)
        return found[-1]

    def __iter__(self) -> Iterator[Relation]:
        return (relation for relation, locks in self._taken.items() if locks[0][0] <= self._until)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True, slots=True)
class Sight:
    """A step with what was seen of it, the strongest lock of each relation that its transaction then holds, and the
    strongest of these."""

    step: Step
    observed: Observed
    held: Mapping[Relation, str]
    lock: str

    @property
    def built(self) -> tuple[Relation, ...]:
        """The tables that get an index and stay in their files; a rewritten table's come with it."""
        tables = {table for _, table in self.observed.builds}
        return tuple(sorted(tables.difference(self.observed.rewrites)))

    @property
    def read(self) -> tuple[Relation, ...]:
        """The tables that are read from end to end, for an index or to see that something holds."""
        return tuple(sorted({*self.built, *self.observed.scans}.difference(self.observed.rewrites)))


@dataclass(frozen=True, slots=True)
class Hazard:
    """``must_be_allowed`` is ALWAYS, BY_SIZE or NEVER. ``relations`` are those that a step, as it was seen,
    endangers, none where it does not; None where no proof can see it and the kinds state it."""

    name: str
    must_be_allowed: str
    relations: Callable[[Sight], tuple[Relation, ...]] | None = None
    refuted: Callable[[Sight], bool] = lambda sight: False
    """Whether a step, as it was seen, cannot do what its kind states."""


def read_under(*modes: str) -> Callable[[Sight], tuple[Relation, ...]]:
    """The tables that are read as a whole while the strongest lock that is held is one of these modes."""
    return lambda sight: sight.read if sight.lock in modes else ()
