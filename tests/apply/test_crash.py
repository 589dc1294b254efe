"""Whatever is killed, and wherever: the same plan applied again reaches the target, and no row is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from support.dumps import entries
from support.own_server import OwnServer, own_server
from support.programs import Programs

import schemadiff
from schemadiff import Plan
from schemadiff._apply import Event, Progress, StepBegan, Waiting, apply_plan, history
from schemadiff.errors import ApplyError
from schemadiff.scratch import ScratchServer

from .conftest import Case, Make, execute
from .upheaval import BREAK, NEW, OLD

BEFORE, WITHIN, AFTER = "before", "within", "after"
OURS = """
    select pid from pg_locks l join pg_database d on d.oid = l.database
    where d.datname = current_database() and l.locktype = 'advisory' and l.granted
"""
TABLES = """
    select format('%I', relname) from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1
"""
INVALID = "select c.relname from pg_index join pg_class c on c.oid = indexrelid where not indisvalid"


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """Where to kill: a step, from 1, and before it, while it runs, or after it and before that is recorded."""

    number: int
    where: str


def points(plan: Plan) -> Iterator[Point]:
    for number, step in enumerate(plan.forward.steps, 1):
        yield Point(number, BEFORE)
        yield Point(number, WITHIN)
        if not step.transactional or number == len(plan.forward.steps):
            yield Point(number, AFTER)


@contextmanager
def in_the_way(url: str, plan: Plan, number: int) -> Iterator[psycopg.Connection]:
    """Somebody who keeps a step from coming to its end, where anybody can: one outside of transactions stops
    halfway behind a writer, one that writes itself and any other before it begins."""
    step = plan.forward.steps[number - 1]
    mode = "access exclusive" if step.transactional else "share" if step.resumes else "row exclusive"
    with psycopg.connect(url) as connection:
        for (table,) in connection.execute(TABLES).fetchall():
            with suppress(psycopg.errors.LockNotAvailable), connection.transaction():
                connection.execute(f"lock table only public.{table} in {mode} mode nowait".encode())
        yield connection


@dataclass(slots=True)
class Apply:
    """One apply in a process of its own, which stops at whatever it tells."""

    process: subprocess.Popen[bytes]
    url: str
    server: OwnServer
    pid: int = 0

    def go(self, plan: Plan, point: Point, what: str) -> int:
        """Runs an apply and kills ``what`` at a point; the exit code of the apply."""
        self._send(b"r")
        for name, number in self._told():
            if name == "left":
                return number
            if name == "pid":
                self.pid = number
            elif (name, number) == ("began", point.number) and point.where == WITHIN:
                with in_the_way(self.url, plan, number) as blocker:
                    self._send(b".")
                    assert next(self._told()) in (("waiting", number), ("ended", number))
                    self._kill(what, blocker)
            elif self._is_reached(name, number, point):
                self._kill(what)
            else:
                self._send(b".")
        raise AssertionError("it ended without a word")

    @staticmethod
    def _is_reached(name: str, number: int, point: Point) -> bool:
        """A step that the server has done after the tool was killed does not run again; then the next will do."""
        if name == "began":
            return number > point.number or (number == point.number and point.where == BEFORE)
        return (name, number, point.where) == ("ended", point.number, AFTER)

    def _kill(self, what: str, blocker: psycopg.Connection | None = None) -> None:
        if what == "tool":
            os.kill(self.pid, signal.SIGKILL)
        elif what == "backend":
            execute(self.url, f"select pg_terminate_backend(({OURS}), 5000)")
        else:
            self.server.crash()
        if blocker:
            blocker.close()
        if what != "tool":
            self._send(b"..")
        if what == "server":
            self.server.start()

    def _send(self, word: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(word)
        self.process.stdin.flush()

    def _told(self) -> Iterator[tuple[str, int]]:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            name, _, number = line.decode().partition(" ")
            yield name, int(number)


@pytest.fixture(scope="module")
def mortal() -> Iterator[OwnServer]:
    with own_server() as server:
        yield server


@contextmanager
def applying(server: OwnServer, plan: Plan, url: str, folder: Path) -> Iterator[Apply]:
    file = folder / "plan.json"
    file.write_text(plan.to_json(), encoding="utf-8")
    command = [sys.executable, "-m", "forked", str(file), url]
    path = os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)])
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            env=os.environ | {"PYTHONPATH": path},
        )
        with process:
            try:
                yield Apply(process, url, server)
            finally:
                process.kill()


@pytest.mark.parametrize("strategy", ["online", "simple"])
def test_whatever_is_killed_the_plan_goes_on(mortal: OwnServer, tmp_path: Path, strategy: str) -> None:
    programs = Programs(mortal.bin)
    live, wanted = mortal.url(f"live_{strategy}"), mortal.url(f"wanted_{strategy}")
    for url, name, sql in ((live, f"live_{strategy}", OLD), (wanted, f"wanted_{strategy}", NEW)):
        execute(mortal.url(), f"create database {name}")
        programs.psql(url, sql)
    execute(live, BREAK)
    plan = schemadiff.plan(live, wanted, prove=False, strategy=strategy)
    assert len(plan.forward.steps) >= 25
    killed = 0
    with applying(mortal, plan, live, tmp_path) as apply:
        for count, point in enumerate(points(plan)):
            what = "server" if count % 9 == 4 else ("backend", "tool")[count % 2]
            code = apply.go(plan, point, what)
            assert code != 0, (point, what, (tmp_path / "said").read_text())
            killed += 1
    assert killed >= 2 * len(plan.forward.steps)
    done = apply_plan(plan, live)
    assert entries(programs.dump(live)) == entries(programs.dump(wanted))
    assert execute(live, INVALID) == []
    assert execute(live, "select count(*), sum(a), count(distinct b), count(distinct u) from t") == [
        (50, 1275, 50, 50)
    ]
    assert execute(live, "select s, n from summed") == [(1275, 50)]
    assert execute(live, "select (select count(*) from p), (select count(*) from m)") == [(50, 50)]
    assert [r.finished for r in history(live)] == [True]
    assert done.id in (None, history(live)[0].id)


def stop_at(case: Case, point: Point) -> None:
    """Applies, and stops as if killed: before a step, or halfway through one that a writer holds up."""

    def progress(event: Event) -> None:
        number = getattr(event, "number", 0)
        if isinstance(event, StepBegan) and number == point.number and point.where == BEFORE:
            raise KeyboardInterrupt
        if isinstance(event, Waiting):
            execute(case.url, f"select pg_cancel_backend(({OURS}))")

    with pytest.raises(ApplyError):
        held_up(case, point, progress)


def held_up(case: Case, point: Point, progress: Progress) -> None:
    with ExitStack() as stack:

        def tell(event: Event) -> None:
            if isinstance(event, StepBegan) and event.number == point.number and point.where == WITHIN:
                stack.enter_context(in_the_way(case.url, case.plan, point.number))
            progress(event)

        apply_plan(case.plan, case.url, progress=tell)


def halfway(plan: Plan) -> list[Point]:
    """Each place where a new plan meets what no finished step leaves, and some between transactions."""
    found = [Point(n, WITHIN) for n, step in enumerate(plan.forward.steps, 1) if not step.transactional]
    firsts = [group[0] for group in plan.forward.transactions]
    return found + [Point(plan.forward.steps.index(step) + 1, BEFORE) for step in firsts[1::2]]


def test_a_new_plan_goes_on_from_anywhere(make: Make, server: ScratchServer) -> None:
    """Who has no plan file plans again: what is half done is seen, and finished or cleared away."""
    case = make(OLD, NEW, "online")
    execute(case.url, BREAK)
    plan = schemadiff.plan(case.url, case.wanted, prove=False, strategy="online")
    wanted, template = case.dumped(case.wanted), execute(case.url, "select current_database()")[0][0]
    for point in halfway(plan):
        with server.database() as url:
            copy(url, str(template))
            copied = Case(url, case.wanted, plan, case.programs)
            stop_at(copied, point)
            schemadiff.apply(url, case.wanted, prove=False, strategy="online", allow=("DELETES_DATA",))
            assert copied.dumped() == wanted, point
            assert execute(url, INVALID) == [], point
            assert execute(url, "select count(*), sum(a), count(distinct u) from t") == [(50, 1275, 50)], (
                point
            )


def copy(url: str, template: str) -> None:
    """Makes a fresh database a copy of another."""
    name = execute(url, "select current_database()")[0][0]
    other = psycopg.conninfo.make_conninfo(url, dbname="postgres")
    execute(other, f"drop database {name}")
    execute(other, f"create database {name} template {template}")
