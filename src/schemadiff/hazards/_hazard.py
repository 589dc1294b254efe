"""What a hazard is, and what it looks at. Every module beside this one without an underscore exports one ``HAZARD``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from ..engine import LOCKS, Observed, Relation, Step

ALWAYS: Final = "always"
"""Must be allowed wherever it is found."""
BY_SIZE: Final = "where a table is larger than the limit"
"""Must be allowed where it takes long: where a table that it reads or writes as a whole is large."""
NEVER: Final = "never"
"""Is said, and runs."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A step with what was seen of it, and the strongest lock of each relation that its transaction then holds."""

    step: Step
    observed: Observed
    held: Mapping[Relation, str]

    @property
    def built(self) -> tuple[Relation, ...]:
        """The tables that get an index and stay in their files; a rewritten table's come with it."""
        tables = {table for _, table in self.observed.builds}
        return tuple(sorted(tables.difference(self.observed.rewrites)))

    @property
    def read(self) -> tuple[Relation, ...]:
        """The tables that are read from end to end, for an index or to see that something holds."""
        return tuple(sorted({*self.built, *self.observed.scans}.difference(self.observed.rewrites)))

    @property
    def lock(self) -> str:
        """The strongest lock that is held on any relation meanwhile."""
        return max(self.held.values(), key=LOCKS.index, default="")


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
