"""A second connection that sees, while a step runs, what it waits for and how far a build is.

It only looks. Where it cannot be had, or the role may not see others, the steps run without it.
https://www.postgresql.org/docs/current/progress-reporting.html#CREATE-INDEX-PROGRESS-REPORTING
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import psycopg

from ..catalog import connect
from ..errors import SourceError
from ._events import Blocker, Building, Progress, StepBegan, Waiting
from ._session import Connection, Session, server_process

FIRST_LOOK, EVERY = 0.2, 1.0
HEAD = 60

BLOCKERS_QUERY = """
    select b.pid, coalesce(a.usename::text, ''), coalesce(a.application_name, ''),
           coalesce(a.state, a.backend_type, ''),
           extract(epoch from clock_timestamp() - a.xact_start)::float8, coalesce(left(a.query, 500), '')
    from (select distinct unnest(pg_catalog.pg_blocking_pids(%s)) as pid) b
    left join pg_catalog.pg_stat_activity a using (pid) order by a.xact_start nulls last, b.pid
"""
BUILDING_QUERY = """
    select phase, lockers_done, lockers_total, blocks_done, blocks_total, tuples_done, tuples_total,
           partitions_done, partitions_total
    from pg_catalog.pg_stat_progress_create_index where pid = %s
"""
UNITS = ("transactions", "blocks", "rows", "partitions")
COUNTED = {"waiting": ("transactions",), "sorting": (), "loading": ("rows",)}
"""What a phase counts that has such a word in its name; others count what they read. PostgreSQL leaves in place what
the phases before have counted."""
READ = ("blocks", "partitions")


@dataclass(slots=True)
class Watch:
    """Looks at the server process ``pid``, from a connection that is opened once a step takes its time.
    ``blockers`` are those that the last step was seen to wait for."""

    url: str
    pid: int
    tell: Progress
    first_look: float
    blockers: tuple[Blocker, ...] = ()
    connection: Connection | None = None
    pace: _Pace | None = None

    @contextmanager
    def over(self, began: StepBegan) -> Iterator[None]:
        """Watches while a step runs; what is seen is told from another thread."""
        self.blockers, self.pace = (), None
        ended = threading.Event()
        thread = threading.Thread(target=self._follow, args=(began, ended), daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def _follow(self, began: StepBegan, ended: threading.Event) -> None:
        since, pause = time.monotonic(), self.first_look
        with suppress(psycopg.Error, SourceError):
            while not ended.wait(pause):
                self._look(began, time.monotonic() - since)
                pause = EVERY

    def _look(self, began: StepBegan, seconds: float) -> None:
        if self.connection is None or self.connection.closed:
            self.connection = connect(self.url)
            self.connection.execute("set statement_timeout = '5s'")
        at = (began.number, began.total, began.step)
        if found := blockers_of(self.connection, self.pid):
            self.blockers = found
            self.tell(Waiting(*at, seconds, found))
        row = self.connection.execute(BUILDING_QUERY, (self.pid,)).fetchone()
        if row and row[0]:
            self.tell(self._building(began, *row))

    def _building(self, began: StepBegan, phase: str, *numbers: int | None) -> Building:
        done, of, unit = _extent(phase, numbers)
        if self.pace is None or self.pace.phase != phase:
            self.pace = _Pace(phase, done)
        left = self.pace.left(done, of) if unit != "transactions" else None
        return Building(began.number, began.total, began.step, phase, done, of, unit, left)


@dataclass(frozen=True, slots=True)
class _Pace:
    """Where a phase stood when it was first seen."""

    phase: str
    done: int
    since: float = field(default_factory=time.monotonic)

    def left(self, done: int, of: int) -> float | None:
        """Seconds until all is done, if it goes on as it went."""
        passed, moved = time.monotonic() - self.since, done - self.done
        return passed * (of - done) / moved if moved > 0 and of >= done else None


def _extent(phase: str, numbers: Sequence[int | None]) -> tuple[int, int, str]:
    """How far a phase is, of how much, and in which unit; nothing where it does not count."""
    units = next((units for word, units in COUNTED.items() if word in phase), READ)
    pairs = zip(UNITS, zip(numbers[::2], numbers[1::2], strict=True), strict=True)
    return next(((done or 0, of, unit) for unit, (done, of) in pairs if of and unit in units), (0, 0, ""))


@contextmanager
def watched(at: Session, tell: Progress, lock_timeout: float) -> Iterator[Watch]:
    """A watch over the session; its own connection, if it took one, ends with it."""
    # Often enough to see somebody before a step gives up waiting.
    first = min(FIRST_LOOK, lock_timeout / 3) if lock_timeout else FIRST_LOOK
    found = Watch(at.url, server_process(at.connection), tell, first)
    try:
        yield found
    finally:
        if found.connection is not None:
            found.connection.close()


def blockers_of(connection: Connection, pid: int) -> tuple[Blocker, ...]:
    """Who keeps a server process waiting, the oldest transaction first."""
    rows = connection.execute(BLOCKERS_QUERY, (pid,)).fetchall()
    return tuple(blocker(*row) for row in rows)


def blocker(pid: int, role: str, application: str, state: str, age: float | None, query: str) -> Blocker:
    """From the row of a query."""
    return Blocker(pid, role, application, state, age, _head(query))


def _head(query: str) -> str:
    """The start of somebody's query, up to the first value in quotes: it may be anything, a password too."""
    line = " ".join(query.split())
    shown = line[: min((at for mark in "'$" if (at := line.find(mark)) >= 0), default=len(line))]
    return line if len(line) <= HEAD and shown == line else shown[:HEAD] + "…"
