"""What is under way while a plan runs: bars on a terminal, lines elsewhere for what somebody should know."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..sqltext import one_line
from ._output import console, say, unread

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    from .._apply import Building, Event, Progress, Waiting

BETWEEN_LINES = 10.0
"""Seconds between two lines on how far an index build is."""


@contextmanager
def stepping(name: str) -> Iterator[Progress]:
    """A progress function for the steps of a plan."""
    if not sys.stderr.isatty():
        yield Lines(name, say).tell
        return
    from rich.progress import BarColumn, Progress, TextColumn

    out = console(stderr=True)
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(24),
        TextColumn("{task.fields[said]}", markup=False),
    )
    with Progress(*columns, console=out, transient=True) as bars:
        yield Shown(name, bars, Lines(name, lambda line: bars.console.print(unread(line)), build=False)).tell


@dataclass(slots=True)
class Lines:
    """Says what holds an apply up, and now and then how far a build is. Nothing twice."""

    name: str
    say: Callable[[str], None]
    build: bool = True
    said: str = ""
    waits: str = ""
    """Whom the step was last said to wait for."""
    phase: str = ""
    """Of which something was said last."""
    seen: str = ""
    since: float = field(default_factory=time.monotonic)

    def tell(self, event: Event) -> None:
        line = self._line(event)
        if line and line != self.said:
            self.said = line
            self.say(f"{self.name}: {line}")

    def _line(self, event: Event) -> str:
        from .._apply import Building, Queued, Retrying, Waiting, spent

        match event:
            case Queued(holder, seconds):
                return f"waits for another apply, at most {spent(seconds)}: {holder}"
            case Waiting():
                return self._waits(event)
            case Retrying():
                self.waits = ""
                behind = f" behind {event.blockers[0]}" if event.blockers else ""
                return (
                    f"step {event.number} of {event.total}: {event.reason}{behind}; try {event.tries} of "
                    f"{event.most}, the next in {spent(event.pause)}"
                )
            case Building():
                return self._built(event)
        return ""

    def _waits(self, event: Waiting) -> str:
        """A line for each step and those in its way; how old their transactions are changes all the time."""
        pids = ", ".join(str(b.pid) for b in event.blockers)
        waits = f"step {event.number} of {event.total} waits for {pids}"
        if waits == self.waits:
            return ""
        self.waits = waits
        return f"{waits}: {event.blockers[0]}"

    def _built(self, event: Building) -> str:
        """A line for each phase once it is known how long it takes, if anything can tell, and then now and then."""
        now = time.monotonic()
        if event.phase != self.seen:
            self.seen, self.since = event.phase, now
        told = event.phase == self.phase
        early = event.unit != "transactions" and event.of and event.seconds_left is None
        if not self.build or now - self.since < (BETWEEN_LINES if told or early else 0):
            return ""
        self.phase, self.since = event.phase, now
        return f"step {event.number} of {event.total}: {extent(event)}"


@dataclass(slots=True)
class Shown:
    """A bar for the steps, and one below it for the index that is built."""

    name: str
    bars: Bars
    lines: Lines
    steps: TaskID | None = None
    building: TaskID | None = None

    def tell(self, event: Event) -> None:
        from .._apply import Building, StepBegan, StepEnded

        match event:
            case StepBegan(number, total, step):
                if self.steps is None:
                    self.steps = self.bars.add_task(one_line(self.name), total=total, said="")
                first = one_line(step.line)
                self.bars.update(
                    self.steps, completed=number - 1, said=f"step {number} of {total}: {first[:60]}"
                )
            case Building():
                if self.building is None:
                    self.building = self.bars.add_task("", said="")
                self.bars.update(
                    self.building, completed=event.done, total=event.of or None, said=extent(event)
                )
            case StepEnded() if self.building is not None:
                self.bars.remove_task(self.building)
                self.building = None
            case _:
                self.lines.tell(event)


def extent(event: Building) -> str:
    """How far a build is, in words."""
    from .._apply import spent

    if not event.of:
        return event.phase
    left = f", {spent(event.seconds_left)} left" if event.seconds_left is not None else ""
    share = f"{100 * event.done // event.of} %"
    return f"{event.phase}: {share}, {event.done:,} of {event.of:,} {event.unit}{left}"
