"""Locks that are not to be had at once: who is in the way is named, and the transaction is run again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

import schemadiff
from schemadiff import Patience, Plan
from schemadiff._apply import (
    Building,
    Event,
    Queued,
    Retrying,
    StepBegan,
    StepEnded,
    Waiting,
    apply_plan,
    history,
)
from schemadiff._apply._locks import Order, needed
from schemadiff._apply._watch import _extent
from schemadiff._patience import duration, milliseconds
from schemadiff.errors import ApplyError, Refused, UsageError

from .conftest import Make, execute, with_steps

OLD = "create table t (id int primary key, name text); insert into t values (1, null)"
NEW = "create table t (id int primary key, name text, more int); create index i on t (name)"
IMPATIENT = Patience(lock_timeout=0.1, retries=20)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses between tries that a test has time for."""
    monkeypatch.setattr("schemadiff._patience.FIRST_PAUSE", 0.02)
    monkeypatch.setattr("schemadiff._patience.LONGEST_PAUSE", 0.05)


@contextmanager
def holding(url: str, query: str) -> Iterator[psycopg.Connection]:
    """Somebody who has run a query, is not done, and ends where the block ends or the connection is closed."""
    with psycopg.connect(url, application_name="in the way") as connection:
        connection.execute(query.encode())
        yield connection


def until(kind: type[Event], then: Callable[[Event], None]) -> tuple[list[Event], Callable[[Event], None]]:
    """A list of what is told, and the progress function that calls something at the first event of a kind."""
    seen: list[Event] = []

    def progress(event: Event) -> None:
        first = not any(isinstance(e, kind) for e in seen)
        seen.append(event)
        if first and isinstance(event, kind):
            then(event)

    return seen, progress


def test_a_transaction_is_run_again_until_it_has_its_locks(make: Make) -> None:
    case = make(OLD, NEW)
    with holding(case.url, "select from t where name = 'secret'") as other:
        seen, progress = until(Retrying, lambda event: other.rollback())
        applied = apply_plan(case.plan, case.url, progress=progress, patience=IMPATIENT)
        pid = other.info.backend_pid
    retry = next(e for e in seen if isinstance(e, Retrying))
    assert (retry.reason, retry.tries, retry.most) == ("a lock was not to be had", 1, 21)
    (blocker,) = retry.blockers
    assert (blocker.pid, blocker.role, blocker.application) == (pid, "postgres", "in the way")
    assert blocker.query == "select from t where name = …"
    assert [e.number for e in seen if isinstance(e, StepBegan)][:2] == [1, 1]
    assert case.dumped() == case.dumped(case.wanted)
    assert [(r.id, r.finished) for r in history(case.url)] == [(applied.id, True)]


def test_what_waits_is_told_while_it_waits(make: Make) -> None:
    case = make(OLD, NEW)
    with holding(case.url, "select from t") as other:
        pid = other.info.backend_pid
        seen, progress = until(Waiting, lambda event: other.close())
        apply_plan(case.plan, case.url, progress=progress)
    waiting = next(e for e in seen if isinstance(e, Waiting))
    assert [b.pid for b in waiting.blockers] == [pid]
    assert not [e for e in seen if isinstance(e, Retrying)]


def test_patience_ends(make: Make) -> None:
    case = make(OLD, NEW)
    with holding(case.url, "select from t") as other:
        began = time.monotonic()
        with pytest.raises(ApplyError, match="tried 3 times") as caught:
            apply_plan(case.plan, case.url, patience=Patience(lock_timeout=0.05, retries=2))
        assert f"in the way: server process {other.info.backend_pid} of role postgres" in str(caught.value)
        assert 0.15 <= time.monotonic() - began < 10
    assert "Nothing was changed" in str(caught.value)
    assert history(case.url) == ()


def test_a_deadlock_is_tried_again(make: Make) -> None:
    case = make("create table a (); create table b ()", "create table a (x int); create table b (x int)")
    first, second = case.plan.forward.steps
    assert ("public.a" in first.sql, "public.b" in second.sql) == (True, True)
    with holding(case.url, "set deadlock_timeout = '10s'; lock table b in access share mode") as other:
        crossed = threading.Thread(target=lambda: other.execute("lock table a in access exclusive mode"))

        def cross(event: Event) -> None:
            if isinstance(event, StepBegan) and event.number == 2 and not crossed.ident:
                crossed.start()
            if isinstance(event, Retrying):
                crossed.join(20)
                other.rollback()

        seen: list[Event] = []
        apply_plan(case.plan, case.url, progress=lambda e: (seen.append(e), cross(e))[0])
    assert [e.reason for e in seen if isinstance(e, Retrying)] == ["a deadlock was detected"]
    assert case.dumped() == case.dumped(case.wanted)


def test_a_row_of_a_catalog_that_another_changes_is_tried_again(make: Make) -> None:
    case = make("create table t (id int)", "create table t (id int); grant select on t to public")
    with holding(case.url, "grant insert on t to public; revoke insert on t from public") as other:
        seen, progress = until(Waiting, lambda event: other.commit())
        apply_plan(case.plan, case.url, progress=progress, patience=Patience(lock_timeout=30))
        (reason,) = [e.reason for e in seen if isinstance(e, Retrying)]
    assert reason == "another session changed the same row of a system catalog"
    assert case.dumped() == case.dumped(case.wanted)


def test_a_build_waits_without_a_limit_and_tells_how_far_it_is(make: Make) -> None:
    case = make(OLD, "create table t (id int primary key, name text); create index i on t (name)", "online")
    other = psycopg.connect(case.url)
    other.execute("lock table t in row exclusive mode")
    seen, progress = until(Building, lambda event: other.close())
    execute(case.url, "alter role postgres set lock_timeout = '10ms'")
    try:
        apply_plan(case.plan, case.url, progress=progress, patience=Patience(lock_timeout=0.01, retries=0))
    finally:
        execute(case.url, "alter role postgres reset lock_timeout")
        other.close()
    building = next(e for e in seen if isinstance(e, Building))
    assert building.phase == "waiting for writers before build"
    assert (building.done, building.of, building.unit) == (0, 1, "transactions")
    assert case.dumped() == case.dumped(case.wanted)


def test_a_step_that_runs_too_long_is_ended(make: Make) -> None:
    case = make(OLD, NEW)
    plan = with_steps(case.plan, "select pg_sleep(30)")
    with pytest.raises(ApplyError, match="canceling statement due to statement timeout"):
        apply_plan(plan, case.url, patience=Patience(statement_timeout=0.1))
    alone = with_steps(case.plan, "select pg_sleep(30)", transactional=False)
    with pytest.raises(ApplyError, match="canceling statement due to statement timeout"):
        apply_plan(alone, case.url, patience=Patience(statement_timeout=0.1))


def test_another_apply_is_waited_for(make: Make) -> None:
    case = make(OLD, NEW)
    with holding(case.url, f"select pg_advisory_lock({0x5D1FE}, 1)") as other:
        pid = other.info.backend_pid
        with pytest.raises(Refused, match="say how long with --wait"):
            apply_plan(case.plan, case.url)
        with pytest.raises(Refused, match=r"wait until it has ended$"):
            apply_plan(case.plan, case.url, patience=Patience(wait=0.1))
        seen, progress = until(Queued, lambda event: other.close())
        apply_plan(case.plan, case.url, progress=progress, patience=Patience(wait=20))
    (queued,) = (e for e in seen if isinstance(e, Queued))
    assert queued.holder.startswith(f"server process {pid} of role postgres")
    assert case.dumped() == case.dumped(case.wanted)


def test_the_second_connection_may_fail(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(url: str) -> None:
        raise psycopg.OperationalError("too many connections")

    monkeypatch.setattr("schemadiff._apply._watch.connect", refused)
    case = make(OLD, NEW)
    with holding(case.url, "select from t") as other:
        seen, progress = until(Retrying, lambda event: other.rollback())
        apply_plan(case.plan, case.url, progress=progress, patience=IMPATIENT)
    assert next(e for e in seen if isinstance(e, Retrying)).blockers


def test_each_step_ends_once(make: Make) -> None:
    case = make(OLD, NEW, "online")
    seen: list[Event] = []
    apply_plan(case.plan, case.url, progress=seen.append)
    steps = len(case.plan.forward.steps)
    assert [e.number for e in seen if isinstance(e, StepEnded)] == list(range(1, steps + 1))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("3s", 3), ("500ms", 0.5), ("10min", 600), ("1 h", 3600), ("0", 0), ("1.5s", 1.5), ("0s", 0)],
)
def test_times(text: str, seconds: float) -> None:
    assert duration(text, "x") == seconds


@pytest.mark.parametrize("text", ["", "3", "s", "-1s", "3 parsecs", "nan s", "inf s", "1e9h", "3s 4s"])
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(UsageError, match=r"--wait .*: not a time"):
        duration(text, "--wait")


def test_a_limit_is_never_rounded_to_none() -> None:
    assert [milliseconds(s) for s in (0, 0.0001, 0.5, 3)] == ["0ms", "1ms", "500ms", "3000ms"]


def test_pauses_grow_and_differ() -> None:
    patience = Patience()
    pauses = [patience.pause(tries) for tries in (1, 2, 50, 5000)]
    assert all(0 < p < 1 for p in pauses)
    assert patience.pause(3) != patience.pause(3)


@contextmanager
def held_in_turn(url: str, **seconds: float) -> Iterator[Callable[[Event], None]]:
    """Each table held for some seconds from the first step on; the progress function that says so."""
    ready, began = threading.Barrier(len(seconds) + 1), threading.Event()

    def hold(table: str, span: float) -> None:
        with holding(url, f"select from only {table}"):
            ready.wait(20)
            began.wait(20)
            ended.wait(span)

    ended = threading.Event()
    threads = [threading.Thread(target=hold, args=pair) for pair in seconds.items()]
    for thread in threads:
        thread.start()
    ready.wait(20)
    try:
        yield lambda event: began.set() if isinstance(event, StepBegan) else None
    finally:
        began.set()
        ended.set()
        for thread in threads:
            thread.join(20)


def gave_up_after(plan: Plan, url: str) -> float:
    """Seconds from the first step until an apply lets others pass, where four tables are free one after the other."""
    seen: list[tuple[float, Event]] = []
    with held_in_turn(url, a=0.4, b=0.8, c=1.2, d=1.6) as begin:

        def progress(event: Event) -> None:
            seen.append((time.monotonic(), event))
            begin(event)

        apply_plan(plan, url, progress=progress, patience=Patience(lock_timeout=1.0, retries=30))
    began = next(at for at, e in seen if isinstance(e, StepBegan))
    return next(at for at, e in seen if isinstance(e, Retrying)) - began


TABLES = "create table a (); create table b (); create table c (); create table d ();"
TREE = "create table a (x int) partition by list (x);" + "".join(
    f"create table {name} partition of a for values in ({n});" for n, name in enumerate("bcd")
)


@pytest.mark.parametrize(
    ("old", "new"),
    [(TABLES, TABLES.replace("()", "(more int)")), (TREE, TREE.replace("(x int)", "(x int, more int)"))],
    ids=["several steps", "one step of several locks"],
)
def test_all_waits_of_a_transaction_together_are_limited(make: Make, old: str, new: str) -> None:
    """Each table is free soon enough for a limit that were its own; all of them are not."""
    case = make(old, new)
    plan = schemadiff.plan(case.url, case.wanted, strategy="simple")
    assert len({table for s in plan.forward.steps if s.observed for _, table in s.observed.locks}) == 4
    assert 0.75 <= gave_up_after(plan, case.url) < 1.5
    assert case.dumped() == case.dumped(case.wanted)


def test_what_is_not_locked_beforehand_has_what_is_left(make: Make) -> None:
    """Of a plan that was not proven, nobody knows what its steps lock; their waits are counted together too."""
    case = make(TABLES, TABLES.replace("()", "(more int)"))
    assert 0.75 <= gave_up_after(case.plan, case.url) < 1.5


def test_work_does_not_use_up_the_time_for_locks_that_are_free(make: Make) -> None:
    case = make(TABLES, TABLES.replace("()", "(more int)"))
    plan = with_steps(case.plan, "select pg_sleep(0.3)", at=1)
    applied = apply_plan(plan, case.url, patience=Patience(lock_timeout=0.2, retries=0))
    assert applied.seconds > 0.3
    assert case.dumped() == case.dumped(case.wanted)


class Pool:
    """In place of a pooler: each connection says another number of its server process than the server itself, and in
    transaction mode the process that the first one has used serves the others too."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, shared: bool) -> None:
        self.shared, self.first = shared, 0
        monkeypatch.setattr("schemadiff._apply._session.server_process", self.process)

    def process(self, connection: psycopg.Connection) -> int:
        self.first = self.first or connection.info.backend_pid + 1
        return self.first if self.shared else connection.info.backend_pid + 1


def test_a_pool_that_shares_sessions_is_refused(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    case = make(OLD, NEW)
    Pool(monkeypatch, shared=True)
    with pytest.raises(Refused, match="give the address of the server itself, or a pool in session mode"):
        apply_plan(case.plan, case.url)
    assert history(case.url) == ()
    Pool(monkeypatch, shared=False)
    apply_plan(case.plan, case.url)
    assert case.dumped() == case.dumped(case.wanted)


def test_a_phase_counts_what_it_counts() -> None:
    """PostgreSQL leaves the blocks of the scan in place while it sorts, and its rows while it validates."""
    numbers = (1, 2, 30, 40, 500, 600, 0, 0)
    assert _extent("waiting for old snapshots", numbers) == (1, 2, "transactions")
    assert _extent("building index: scanning table", numbers) == (30, 40, "blocks")
    assert _extent("building index: sorting live tuples", numbers) == (0, 0, "")
    assert _extent("building index: loading tuples in tree", numbers) == (500, 600, "rows")
    assert _extent("building index", (0, 0, 0, 0, 0, 0, 1, 4)) == (1, 4, "partitions")
    assert _extent("initializing", (None,) * 8) == (0, 0, "")


def test_what_was_not_to_be_had_is_locked_first(make: Make) -> None:
    """Somebody has a row of b and goes on to a, while the apply has a and goes on to b: the apply makes room, and
    stands before b at the next try. That try is not counted."""
    case = make("create table a (); create table b ()", "create table a (x int); create table b (x int)")
    plan = schemadiff.plan(case.url, case.wanted, strategy="simple")
    retries, went_on = [], []

    def go_on(other: psycopg.Connection) -> None:
        with psycopg.connect(case.url, autocommit=True) as looking:
            while not looking.execute("select from pg_locks where not granted").rowcount:
                time.sleep(0.01)
        went_on.append(other.execute("select from a").rowcount)

    def progress(event: Event) -> None:
        if isinstance(event, Retrying):
            retries.append(event)
            crossing.join(20)
            other.rollback()

    with holding(case.url, "select from b") as other:
        crossing = threading.Thread(target=go_on, args=(other,))
        crossing.start()
        apply_plan(plan, case.url, progress=progress, patience=Patience(retries=1))
    assert went_on == [0]
    assert [(e.reason, e.tries, e.most) for e in retries] == [("a deadlock was detected", 1, 3)]
    assert case.dumped() == case.dumped(case.wanted)


def test_the_order_of_locks() -> None:
    order = Order()
    places = {
        "weak": order.place(("s", "weak"), "SHARE", False),
        "strong": order.place(("s", "a"), "ACCESS EXCLUSIVE", False),
        "partition": order.place(("s", "p"), "SHARE", True),
    }
    assert sorted(places, key=lambda name: places[name]) == ["weak", "strong", "partition"]
    order.contended = [("s", "p")]
    assert order.place(("s", "p"), "ACCESS EXCLUSIVE", True) < order.place(("s", "weak"), "SHARE", False)


def test_a_table_is_locked_by_the_name_that_it_has_by_now(database: str, tmp_path: Path) -> None:
    execute(database, "create table old_name (x int)")
    wanted = tmp_path / "schema.sql"
    wanted.write_text('-- schemadiff: renamed from old_name\ncreate table "New name" (x int, more int);')
    plan = schemadiff.plan(database, str(wanted))
    assert needed(plan.forward.steps, plan) == {
        ("public", "old_name"): "ACCESS EXCLUSIVE",
        ("public", "New name"): "ACCESS EXCLUSIVE",
    }
    schemadiff.apply(database, plan=plan)
    assert schemadiff.check(database, str(wanted)).in_sync


def test_any_name_can_be_locked(make: Make) -> None:
    name = '"We\'\'ird \\ %s {0} $$ "" ü"'
    case = make(f"create table {name} ()", f"create table {name} (x int)")
    plan = schemadiff.plan(case.url, case.wanted)
    apply_plan(plan, case.url)
    assert case.dumped() == case.dumped(case.wanted)
