"""Plans of several transactions: what is committed stays, and the same plan goes on from there."""

from __future__ import annotations

import pytest

import schemadiff
from schemadiff._apply import Event, StepBegan, apply_plan, history, revert_plan
from schemadiff.errors import ApplyError, Drifted, Refused

from .conftest import Case, Make, execute, with_steps

OLD = "create type e as enum ('a'); create table t (id int, x e)"
NEW = "create type e as enum ('a', 'b'); create table t (id int, x e default 'b'); create view v as select 1 as one"


@pytest.fixture
def case(make: Make) -> Case:
    found = make(OLD, NEW)
    assert len(found.plan.forward.transactions) == 2
    return found


def crash(case: Case, at: int) -> str:
    """Applies, and ends the connection before a step; the message."""

    def end(event: Event) -> None:
        if isinstance(event, StepBegan) and event.number == at:
            execute(
                case.url,
                "select pg_terminate_backend(pid, 5000) from pg_locks l join pg_database d on d.oid = l.database"
                " where datname = current_database() and locktype = 'advisory' and granted",
            )

    with pytest.raises(ApplyError) as caught:
        apply_plan(case.plan, case.url, progress=end)
    return str(caught.value)


def first(case: Case) -> int:
    """How many steps the first transaction has."""
    return len(case.plan.forward.transactions[0])


def test_a_new_enum_label_is_used_in_the_same_plan(case: Case) -> None:
    apply_plan(case.plan, case.url)
    assert case.dumped() == case.dumped(case.wanted)
    (record,) = history(case.url)
    assert record.finished


def test_a_new_enum_label_in_a_new_table(make: Make) -> None:
    case = make(
        "create type e as enum ('a')", "create type e as enum ('a', 'b'); create table t (x e default 'b')"
    )
    apply_plan(case.plan, case.url)
    assert case.dumped() == case.dumped(case.wanted)


def test_a_crash_between_transactions_is_gone_on_from(case: Case) -> None:
    done, total = first(case), len(case.plan.forward.steps)
    message = crash(case, done + 1)
    assert f"Steps 1 to {done} are committed" in message
    assert f"go on with step {done + 1}" in message
    (record,) = history(case.url)
    assert (record.steps_done, record.steps, record.finished) == (done, total, False)

    seen: list[Event] = []
    applied = apply_plan(case.plan, case.url, progress=seen.append)
    assert [e.number for e in seen if isinstance(e, StepBegan)] == list(range(done + 1, total + 1))
    assert applied.id == record.id
    assert case.dumped() == case.dumped(case.wanted)
    assert [r.finished for r in history(case.url)] == [True]


def test_a_crash_in_the_first_transaction_leaves_nothing(case: Case) -> None:
    assert "Nothing was changed" in crash(case, 1)
    assert history(case.url) == ()
    apply_plan(case.plan, case.url)
    assert case.dumped() == case.dumped(case.wanted)


def test_what_stopped_on_the_way_is_not_reverted(case: Case) -> None:
    crash(case, first(case) + 1)
    with pytest.raises(Refused, match=rf"stopped after step {first(case)} of {len(case.plan.forward.steps)}"):
        revert_plan(case.url)


def test_another_plan_does_not_go_on(case: Case, make: Make) -> None:
    crash(case, first(case) + 1)
    other = with_steps(case.plan, "select 1")
    with pytest.raises(Drifted):
        apply_plan(other, case.url)


def test_a_new_plan_may_go_on(case: Case) -> None:
    crash(case, first(case) + 1)
    schemadiff.apply(case.url, case.wanted, prove=False)
    assert case.dumped() == case.dumped(case.wanted)
    assert [r.finished for r in history(case.url)] == [True, False]
    schemadiff.revert(case.url, allow=["DELETES_DATA"])
    with pytest.raises(Refused, match="stopped after step"):
        schemadiff.revert(case.url, allow=["DELETES_DATA"])


def test_a_step_outside_of_transactions(make: Make) -> None:
    case = make("create table t (a int)", "create table t (a int, b int); create index i on t (a)")
    (at,) = (n for n, s in enumerate(case.plan.forward.steps) if s.verb == "create" and s.id.kind == "index")
    plan = with_steps(case.plan, "create index concurrently j on public.t (a)", at=at, transactional=False)
    plan = with_steps(plan, "drop index public.j", at=len(plan.forward.steps))
    apply_plan(plan, case.url)
    assert case.dumped() == case.dumped(case.wanted)
    (record,) = history(case.url)
    assert record.steps_done == len(plan.forward.steps)


def test_a_step_outside_of_transactions_that_fails(make: Make) -> None:
    case = make("create table t (a int); insert into t values (1), (1)", "create table t (a int, b int)")
    plan = with_steps(
        case.plan, "create unique index concurrently i on public.t (a)", at=0, transactional=False
    )
    with pytest.raises(ApplyError, match="could not create unique index") as caught:
        apply_plan(plan, case.url)
    assert "step 1 runs in no transaction and may have run in part" in str(caught.value)
    (record,) = history(case.url)
    assert (record.steps_done, record.finished) == (0, False)
    execute(case.url, "drop index i")
    apply_plan(case.plan, case.url)
    assert case.dumped() == case.dumped(case.wanted)
