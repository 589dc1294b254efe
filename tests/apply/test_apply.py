"""What apply and revert reach, and what they record."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

import schemadiff
from schemadiff import Plan
from schemadiff._apply import Event, StepBegan, StepEnded, apply_plan, history, revert_plan
from schemadiff._plan import FORMAT
from schemadiff.catalog import fingerprint
from schemadiff.errors import Drifted, PlanFileError, Refused, UsageError
from schemadiff.scratch import ScratchServer

from .conftest import Make, execute

REPOSITORY = Path(__file__).parents[2]
OLD = "create table t (id int primary key, gone text); comment on table t is 'old'; insert into t values (1, 'x')"
NEW = """
    create table t (id int primary key, name text not null default 'none');
    create view v as select name from t;
    create function f() returns int language sql as 'select count(*)::int from public.v';
    comment on column t.name is 'new'
"""


def test_apply_reaches_the_target_and_revert_the_origin(make: Make) -> None:
    case = make(OLD, NEW)
    before, wanted = case.dumped(), case.dumped(case.wanted)
    apply_plan(case.plan, case.url)
    assert case.dumped() == wanted != before
    assert execute(case.url, "select name from v") == [("none",)]
    schemadiff.revert(case.url, allow=["DELETES_DATA"])
    assert case.dumped() == before
    assert fingerprint(schemadiff.read(case.url)) == case.plan.before


def test_the_example_is_applied_from_its_files(database: str, server: ScratchServer, make: Make) -> None:
    programs = make("", "create table t ()").programs
    programs.psql(database, (REPOSITORY / "src/schemadiff/demo/before.sql").read_text())
    target = str(REPOSITORY / "schema/schema.sql")
    applied = schemadiff.apply(database, target)
    assert applied.plan.proof is not None
    assert schemadiff.check(database, target).in_sync
    assert schemadiff.apply(database, target).id is None
    assert len(schemadiff.history(database)) == 1


def test_progress_names_each_step_in_order(make: Make) -> None:
    case = make(OLD, NEW)
    seen: list[Event] = []
    apply_plan(case.plan, case.url, progress=seen.append)
    began = [e for e in seen if isinstance(e, StepBegan)]
    steps = case.plan.forward.steps
    assert began == [StepBegan(n, len(steps), step) for n, step in enumerate(steps, 1)]
    ended = [(e.number, e.step) for e in seen if isinstance(e, StepEnded)]
    assert ended == list(enumerate(steps, 1))


def test_history_has_who_what_and_when(make: Make) -> None:
    case = make(OLD, NEW)
    assert history(case.url) == ()
    applied = apply_plan(case.plan, case.url)
    (record,) = history(case.url)
    assert (record.id, record.direction, record.reverted_by) == (applied.id, "forward", None)
    assert (record.plan, record.role) == (case.plan, "postgres")
    assert (record.steps, record.steps_done) == (len(case.plan.forward.steps),) * 2
    assert record.finished
    assert timedelta(0) <= datetime.now(UTC) - record.applied_at < timedelta(minutes=1)
    assert case.url not in execute(case.url, "select h::text from schemadiff.history h")[0][0]  # type: ignore[operator]


def test_history_records_what_took_back_what(make: Make) -> None:
    case = make(OLD, NEW)
    apply_plan(case.plan, case.url)
    reverted = schemadiff.revert(case.url, allow=["DELETES_DATA"])
    assert [(r.id, r.direction, r.reverted_by) for r in history(case.url)] == [
        (reverted.id, "revert", None),
        (1, "forward", reverted.id),
    ]
    with pytest.raises(Refused, match="nothing to revert"):
        revert_plan(case.url)


def test_reverts_go_back_one_by_one(make: Make) -> None:
    case = make(OLD, NEW)
    first = case.dumped()
    apply_plan(case.plan, case.url)
    second = case.dumped()
    execute(case.wanted, "alter table t add more int")
    schemadiff.apply(case.url, case.wanted, prove=False)
    schemadiff.revert(case.url, allow=["DELETES_DATA"])
    assert case.dumped() == second
    schemadiff.revert(case.url, allow=["DELETES_DATA"])
    assert case.dumped() == first
    assert [r.reverted_by for r in history(case.url)] == [None, None, 3, 4]


def test_the_history_is_no_part_of_the_catalog(make: Make) -> None:
    case = make(OLD, NEW)
    apply_plan(case.plan, case.url)
    execute(
        case.url, "grant select on schemadiff.history to public; create index on schemadiff.history (tool)"
    )
    catalog = schemadiff.read(case.url)
    assert fingerprint(catalog) == case.plan.after
    assert not [i for i in catalog.facts if "schemadiff" in i.path]
    assert schemadiff.plan(case.url, case.wanted, prove=False).empty


def test_global_default_privileges_change_nothing_but_the_history(make: Make) -> None:
    both = "alter default privileges grant select on tables to public;"
    case = make(both + OLD, both + NEW)
    apply_plan(case.plan, case.url)
    assert case.dumped() == case.dumped(case.wanted)


def test_nothing_runs_at_the_target(make: Make) -> None:
    case = make(OLD, NEW)
    assert apply_plan(case.plan, case.url).id == 1
    assert apply_plan(case.plan, case.url).id is None
    assert len(history(case.url)) == 1


def test_an_empty_plan_runs_nothing(make: Make) -> None:
    case = make(OLD, OLD)
    assert apply_plan(case.plan, case.url).id is None
    assert history(case.url) == ()


def test_a_database_that_drifted_is_left_alone(make: Make) -> None:
    case = make(OLD, NEW)
    execute(case.url, "alter table t add surprise int")
    before = case.dumped()
    with pytest.raises(Drifted, match="not in the state that the plan starts from") as caught:
        apply_plan(case.plan, case.url)
    assert caught.value.exit_code == 3
    assert case.dumped() == before
    assert history(case.url) == ()


def test_a_database_that_drifted_meanwhile_names_what_differs(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = make(OLD, NEW)
    planned = schemadiff._api.plan_pair

    def slowly(*args: object, **kwargs: object) -> Plan:
        execute(case.url, "alter table t add surprise int")
        return planned(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr("schemadiff._api.plan_pair", slowly)
    with pytest.raises(Drifted, match=r"column public\.t\.surprise"):
        schemadiff.apply(case.url, case.wanted, prove=False, allow=["DELETES_DATA"])


def test_a_revert_is_refused_once_the_database_was_changed(make: Make) -> None:
    case = make(OLD, NEW)
    apply_plan(case.plan, case.url)
    execute(case.url, "drop view v")
    with pytest.raises(Drifted):
        schemadiff.revert(case.url, allow=["DELETES_DATA"])
    assert history(case.url)[0].reverted_by is None


def test_a_plan_of_another_database_is_refused(make: Make) -> None:
    case, other = make(OLD, NEW), make("create table other ()", NEW)
    with pytest.raises(Drifted, match="plan again"):
        apply_plan(case.plan, other.url)


def test_one_plan_serves_every_database_in_the_same_state(make: Make) -> None:
    case, twin = make(OLD, NEW), make(OLD, NEW)
    apply_plan(case.plan, twin.url)
    assert twin.dumped() == case.dumped(case.wanted)


def test_a_plan_of_another_major_is_refused(make: Make) -> None:
    case = make(OLD, NEW)
    old = replace(case.plan, version=140005, compiled=140005)
    with pytest.raises(Drifted, match="the plan was made for PostgreSQL 14, this is"):
        apply_plan(old, case.url)


def test_an_edited_plan_file_is_refused(make: Make) -> None:
    text = make(OLD, NEW).plan.to_json()
    assert "drop column gone" in text
    for edited in (text.replace("drop column gone", "drop column id"), text[:-9], "{}", "no json", "[1]"):
        with pytest.raises(PlanFileError, match=r"^x\.json: .*again"):
            Plan.from_json(edited, "x.json")


def test_a_plan_file_applies_as_the_plan_does(make: Make) -> None:
    case = make(OLD, NEW)
    apply_plan(Plan.from_json(case.plan.to_json()), case.url)
    assert case.dumped() == case.dumped(case.wanted)


def test_reversed_swaps_the_ends(make: Make) -> None:
    plan = make(OLD, NEW).plan
    back = plan.reversed()
    assert (back.before, back.after, back.origin, back.target) == (
        plan.after,
        plan.before,
        plan.target,
        plan.origin,
    )
    assert (back.forward, back.reverse.steps) == (plan.reverse, plan.forward.steps)
    assert Plan.from_json(back.to_json()) == back
    assert {(c.kind, c.created, c.dropped) for c in plan.counts} == {
        (c.kind, c.dropped, c.created) for c in back.counts
    }
    again = back.reversed()
    assert replace(again, forward=plan.forward) == plan
    assert again.forward.steps == plan.forward.steps


def test_reversed_is_graded_anew(make: Make) -> None:
    plan = make("create table t ()", "create table u ()").plan
    assert plan.restores == plan.reversed().restores == "structure only"
    assert make("", "create table u ()").plan.restores == "lossless"
    assert make("", "create table u ()").plan.reversed().restores == "structure only"


def test_only_databases_are_changed() -> None:
    for call in (lambda: schemadiff.apply("empty", "empty"), lambda: schemadiff.revert("x.sql")):
        with pytest.raises(UsageError, match="only a database can be changed"):
            call()
    with pytest.raises(UsageError, match="a target or a plan"):
        schemadiff.apply("postgresql://localhost/x")


def test_what_a_plan_creates_belongs_to_the_role_that_it_was_made_for(
    make: Make, server: ScratchServer
) -> None:
    case = make("create table t ()", "create table t (a int); create table u ()")
    role = f"role_{case.url.rsplit('sd_', 1)[1][:20].replace('?', '')}"
    execute(case.url, f"create role {role} superuser login")
    try:
        theirs = psycopg.conninfo.make_conninfo(case.url, user=role)
        with pytest.raises(Refused, match=f"made for role postgres.*this is role {role}"):
            apply_plan(case.plan, theirs)
        execute(case.wanted, "drop table u")
        apply_plan(schemadiff.plan(case.url, case.wanted, prove=False), theirs)
        assert history(case.url)[0].role == role
    finally:
        execute(case.url, f"drop owned by {role}; drop role {role}")


def test_a_history_that_another_version_wrote_is_no_hindrance(make: Make) -> None:
    case = make(OLD, NEW)
    apply_plan(case.plan, case.url)
    execute(
        case.url,
        f"update schemadiff.history set plan = replace(plan, '\"format\": {FORMAT}', '\"format\": 0')",
    )
    with pytest.raises(PlanFileError, match=r"schemadiff\.history, id 1: plan format 0"):
        schemadiff.revert(case.url, allow=["DELETES_DATA"])
    apply_plan(case.plan.reversed(), case.url)
    assert [r.direction for r in history(case.url)] == ["forward", "forward"]
