"""What an apply tells while it runs. Values only; what is shown of them is up to who listens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..engine import Step


@dataclass(frozen=True, slots=True)
class Blocker:
    """Who stands in the way: its server process, 0 for a prepared transaction, the age of its transaction in
    seconds, and the head of its query without the values in it. What the role may not see is empty."""

    pid: int
    role: str
    application: str
    state: str
    age: float | None
    query: str

    def __str__(self) -> str:
        if not self.pid:
            return "a prepared transaction (see pg_prepared_xacts)"
        age = f", for {spent(self.age)} in a transaction" if self.age is not None else ""
        state = f", {self.state}" if self.state else ""
        said = f"server process {self.pid} of role {self.role or 'unknown'} ({self.application or 'no name'}{state}{age})"
        return f"{said}: {self.query}" if self.query else said


def spent(seconds: float) -> str:
    """A span of time in words that are short."""
    if seconds < 60:
        return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"
    minutes = seconds / 60
    return f"{minutes:.0f} min" if minutes < 120 else f"{minutes / 60:.0f} h"


@dataclass(frozen=True, slots=True)
class StepBegan:
    """A step is about to run; ``number`` counts from 1."""

    number: int
    total: int
    step: Step


@dataclass(frozen=True, slots=True)
class StepEnded:
    """A step has run, in so many seconds; it is committed later, with its transaction."""

    number: int
    total: int
    step: Step
    seconds: float


@dataclass(frozen=True, slots=True)
class Waiting:
    """A step waits for a lock, for so many seconds by now."""

    number: int
    total: int
    step: Step
    seconds: float
    blockers: tuple[Blocker, ...]


@dataclass(frozen=True, slots=True)
class Building:
    """How far the phase of an index build is, in ``unit`` (blocks, rows, transactions or partitions);
    ``seconds_left`` is of the phase, None while nobody can tell.
    https://www.postgresql.org/docs/current/progress-reporting.html#CREATE-INDEX-PROGRESS-REPORTING"""

    number: int
    total: int
    step: Step
    phase: str
    done: int
    of: int
    unit: str
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class Retrying:
    """A step could not have a lock in time, or stood in a deadlock. Its transaction was rolled back, and is run
    again in ``pause`` seconds: ``tries`` times of at most ``most`` were in vain."""

    number: int
    total: int
    step: Step
    reason: str
    tries: int
    most: int
    pause: float
    blockers: tuple[Blocker, ...]


@dataclass(frozen=True, slots=True)
class Queued:
    """Another apply to the same database is waited for, at most so many seconds."""

    holder: str
    seconds: float


type Event = StepBegan | StepEnded | Waiting | Building | Retrying | Queued
type Progress = Callable[[Event], None]


def silent(event: Event) -> None:
    """The progress function of who does not want to know."""
