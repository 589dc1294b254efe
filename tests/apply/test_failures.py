"""What stops an apply on the way: what is left in the database, and what the message says of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

import schemadiff
from schemadiff._apply import Event, StepBegan, apply_plan, history
from schemadiff._findings import Asking
from schemadiff._patience import Patience
from schemadiff.catalog import fingerprint, read_catalog
from schemadiff.errors import ApplyError, ConnectError, Refused

from .conftest import Case, Make, execute, with_steps

OLD = "create table t (id int primary key, name text); insert into t values (1, null)"
NEW = "create table t (id int primary key, name text, more int); create index i on t (name)"


@pytest.fixture
def case(make: Make) -> Case:
    return make(OLD, NEW)


def assert_untouched(case: Case) -> None:
    assert fingerprint(read_catalog(case.url)) == case.plan.before
    assert history(case.url) == ()
    assert execute(case.url, "select from pg_namespace where nspname = 'schemadiff'") == []


def wait_for(url: str, query: str, seconds: float = 20) -> object:
    """The first value of a query, once it has a row."""
    deadline = time.monotonic() + seconds
    while not (rows := execute(url, query)):
        assert time.monotonic() < deadline, query
        time.sleep(0.02)
    return rows[0][0]


APPLIES = """
    select from pg_locks l join pg_database d on d.oid = l.database
    where l.locktype = 'advisory' and d.datname = current_database()
"""


def applying(query: str) -> str:
    """The query for the process that runs a statement in the current database."""
    return f"select pid from pg_stat_activity where datname = current_database() and query = '{query}' and state = 'active'"


def test_rows_that_forbid_the_change_roll_all_back(make: Make) -> None:
    case = make(OLD, "create table t (id int primary key, name text not null, more int); create table u ()")
    with pytest.raises(ApplyError) as caught:
        apply_plan(case.plan, case.url, asking=Asking(timeout=0))
    message = str(caught.value)
    failing = next(n for n, s in enumerate(case.plan.forward.steps, 1) if "not null" in s.sql.lower())
    assert f"at step {failing} of {len(case.plan.forward.steps)}" in message
    assert case.plan.forward.steps[failing - 1].sql in message
    assert 'error: column "name" of relation "t" contains null values' in message
    assert "Nothing was changed: the transaction was rolled back." in message
    assert caught.value.exit_code == 1
    assert_untouched(case)
    execute(case.url, "update t set name = ''")
    apply_plan(case.plan, case.url)
    assert case.dumped() == case.dumped(case.wanted)


def test_detail_and_hint_are_shown(case: Case) -> None:
    text = "do $$ begin raise exception 'what' using detail = 'which', hint = 'cure'; end $$"
    with pytest.raises(ApplyError, match="error: what\n  detail: which\n  hint: cure\n"):
        apply_plan(with_steps(case.plan, text), case.url)
    assert_untouched(case)


def test_a_commit_that_fails_leaves_nothing(case: Case) -> None:
    texts = (
        "create table public.d (id int unique deferrable initially deferred)",
        "insert into public.d values (1), (1)",
    )
    plan = with_steps(case.plan, *texts)
    with pytest.raises(ApplyError, match="at the commit of the steps up to") as caught:
        apply_plan(plan, case.url)
    assert "duplicate key value" in str(caught.value)
    assert "Nothing was changed" in str(caught.value)
    assert_untouched(case)


def test_an_end_that_is_not_the_target_is_told(case: Case) -> None:
    plan = with_steps(case.plan, "create table public.beside ()")
    with pytest.raises(ApplyError, match="committed, and the database is not at"):
        apply_plan(plan, case.url)
    assert history(case.url)[0].finished


def test_a_lock_that_is_not_to_be_had_names_who_holds_it(case: Case) -> None:
    with psycopg.connect(case.url, application_name="in the way") as other:
        other.execute("select from t")
        with pytest.raises(ApplyError, match="canceling statement due to lock timeout") as caught:
            apply_plan(case.plan, case.url, patience=Patience(lock_timeout=0.05, retries=0))
        assert (
            f"server process {other.info.backend_pid} of role postgres (in the way, idle in transaction"
            in str(caught.value)
        )
    assert_untouched(case)


def test_two_applies_at_once(case: Case) -> None:
    plan = with_steps(case.plan, "select pg_sleep(30)")
    failed: list[BaseException] = []

    def first() -> None:
        try:
            apply_plan(plan, case.url)
        except ApplyError as error:
            failed.append(error)

    thread = threading.Thread(target=first)
    thread.start()
    pid = wait_for(case.url, applying("select pg_sleep(30)"))
    with pytest.raises(
        Refused, match=f"another apply is running: server process {pid} of role postgres"
    ) as caught:
        apply_plan(case.plan, case.url)
    assert caught.value.exit_code == 3
    execute(case.url, f"select pg_cancel_backend({pid})")
    thread.join(20)
    assert "canceling statement due to user request" in str(failed[0])
    assert_untouched(case)


def test_the_lock_is_free_at_once_afterwards(case: Case) -> None:
    for _ in range(3):
        with pytest.raises(ApplyError, match="division by zero"):
            apply_plan(with_steps(case.plan, "select 1/0"), case.url)
    apply_plan(case.plan, case.url)


def test_applies_to_two_databases_at_once(case: Case, make: Make) -> None:
    other = make(OLD, NEW)

    def meanwhile(event: Event) -> None:
        if isinstance(event, StepBegan) and event.number == 1:
            apply_plan(other.plan, other.url)

    apply_plan(case.plan, case.url, progress=meanwhile)
    assert len(history(case.url)) == len(history(other.url)) == 1


CHILD = """
import signal, sys
from schemadiff import Plan
from schemadiff._apply import apply_plan
from schemadiff.errors import SchemadiffError
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where a shell runs the tests in the background
try:
    apply_plan(Plan.from_json(open(sys.argv[1], encoding="utf-8").read()), sys.argv[2])
except SchemadiffError as error:
    print(error)
    sys.exit(error.exit_code)
"""


@pytest.fixture
def child(tmp_path: Path) -> Iterator[Callable[[Case], subprocess.Popen[str]]]:
    """Applies the plan of a case in another process, with a step that sleeps, until it is in that step."""
    started: list[subprocess.Popen[str]] = []

    def start(case: Case) -> subprocess.Popen[str]:
        file = tmp_path / "plan.json"
        file.write_text(with_steps(case.plan, "select pg_sleep(30)").to_json(), encoding="utf-8")
        path = os.pathsep.join(entry for entry in sys.path if entry)
        process = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(file), case.url],
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": path},
        )
        started.append(process)
        wait_for(case.url, applying("select pg_sleep(30)"))
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_ctrl_c_rolls_back(case: Case, child: Callable[[Case], subprocess.Popen[str]]) -> None:
    process = child(case)
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "stopped by Ctrl-C at step" in said
    assert "select pg_sleep(30)" in said
    assert "Nothing was changed" in said
    assert_untouched(case)


def test_a_killed_apply_leaves_nothing_and_can_be_run_again(
    case: Case, child: Callable[[Case], subprocess.Popen[str]]
) -> None:
    process = child(case)
    process.kill()
    process.communicate(timeout=20)
    # The server goes on with the statement until it has something to tell to who is gone.
    with pytest.raises(Refused, match="another apply is running"):
        apply_plan(case.plan, case.url)
    execute(case.url, f"select pg_cancel_backend(({applying('select pg_sleep(30)')}))")
    wait_for(case.url, f"select true where not exists ({APPLIES})")
    assert_untouched(case)
    apply_plan(case.plan, case.url)
    assert case.dumped() == case.dumped(case.wanted)


def test_a_terminated_connection_leaves_nothing(case: Case) -> None:
    plan = with_steps(case.plan, "select pg_terminate_backend(pg_backend_pid())")
    with pytest.raises(ApplyError, match="the connection was lost at step") as caught:
        apply_plan(plan, case.url)
    assert "terminating connection due to administrator command" in str(caught.value)
    assert "Nothing was changed" in str(caught.value)
    assert_untouched(case)


def terminate_at_commit(monkeypatch: pytest.MonkeyPatch, url: str, *, arrives: bool) -> None:
    """Ends the connection around the commit of the first transaction that records a step."""
    from schemadiff._apply import _history

    advance = _history.advance

    def advanced(connection: psycopg.Connection, *arguments: object, **named: object) -> None:
        advance(connection, *arguments, **named)  # type: ignore[arg-type]
        if arrives:
            connection.execute("commit")
        execute(url, f"select pg_terminate_backend({connection.info.backend_pid}, 5000)")

    monkeypatch.setattr("schemadiff._apply._history.advance", advanced)


def test_a_commit_that_never_arrived_is_known(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    terminate_at_commit(monkeypatch, case.url, arrives=False)
    with pytest.raises(ApplyError, match="the connection was lost at the commit") as caught:
        apply_plan(case.plan, case.url)
    assert "Nothing was changed" in str(caught.value)
    assert_untouched(case)


def test_a_commit_that_arrived_is_known(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    terminate_at_commit(monkeypatch, case.url, arrives=True)
    with pytest.raises(ApplyError, match="the connection was lost at the commit") as caught:
        apply_plan(case.plan, case.url)
    assert "All steps are committed" in str(caught.value)
    assert case.dumped() == case.dumped(case.wanted)
    assert history(case.url)[0].finished
    assert apply_plan(case.plan, case.url).id is None


def test_a_commit_that_nobody_can_tell_of(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    terminate_at_commit(monkeypatch, case.url, arrives=False)

    def unreachable(again: object) -> bool:
        raise ConnectError("no route")

    monkeypatch.setattr("schemadiff._apply._failure._alone", unreachable)
    with pytest.raises(ApplyError, match="cannot be told yet"):
        apply_plan(case.plan, case.url)


@pytest.fixture
def role(case: Case) -> Iterator[str]:
    name = "role_" + os.urandom(6).hex()
    execute(case.url, f"create role {name} login")
    yield name
    for url in (case.wanted, case.url):
        execute(url, f"drop owned by {name}")
    execute(case.url, f"drop role {name}")


def in_database(case: Case, statement: str) -> None:
    """Runs a statement about the database, whose name stands for %I."""
    execute(case.url, f"do $$ begin execute format('{statement}', current_database()); end $$")


def as_role(case: Case, role: str) -> str:
    return psycopg.conninfo.make_conninfo(case.url, user=role)


def test_a_role_that_cannot_write_the_history(case: Case, role: str) -> None:
    with pytest.raises(
        ApplyError, match=f"role {role} may not write the history.*grant create on the database"
    ):
        apply_plan(case.plan, as_role(case, role))
    assert_untouched(case)


def test_a_role_that_may_not_write_a_history_of_another(case: Case, make: Make, role: str) -> None:
    apply_plan(case.plan, case.url)
    back = case.plan.reversed()
    with pytest.raises(ApplyError, match="grant usage on schema schemadiff"):
        apply_plan(back, as_role(case, role))
    with pytest.raises(ApplyError, match="permission denied for schema schemadiff"):
        history(as_role(case, role))
    assert fingerprint(read_catalog(case.url)) == case.plan.after


def test_a_role_that_does_not_own_the_table(case: Case, role: str) -> None:
    in_database(case, f"grant create on database %I to {role}")
    with pytest.raises(ApplyError, match="error: must be owner of table t") as caught:
        apply_plan(case.plan, as_role(case, role))
    assert "Nothing was changed" in str(caught.value)
    assert_untouched(case)


def test_a_role_with_just_enough_rights(case: Case, role: str) -> None:
    apply_plan(case.plan, case.url)
    execute(
        case.url, f"grant usage on schema schemadiff to {role}; grant all on schemadiff.history to {role}"
    )
    execute(case.url, f"alter table t owner to {role}; alter table t drop column more")
    execute(case.wanted, f"alter table t owner to {role}; alter table t add other int")
    applied = schemadiff.apply(as_role(case, role), case.wanted, prove=False)
    assert applied.id == 2
    assert case.dumped() == case.dumped(case.wanted)


def test_limits_of_the_administrator_do_not_end_it(case: Case) -> None:
    in_database(case, "alter database %I set statement_timeout = 20")
    apply_plan(with_steps(case.plan, "select pg_sleep(0.1)"), case.url)
    assert history(case.url)[0].finished
