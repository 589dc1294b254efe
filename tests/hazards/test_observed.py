"""What the proof sees steps do, on the oldest and the newest server: PostgreSQL itself is asked, nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import schemadiff
from schemadiff import Plan
from schemadiff._plan import Script
from schemadiff.engine import Observed, Step
from schemadiff.hazards import effects, sights
from schemadiff.scratch import scratch_server

from .conftest import Planned, execute

T = "create table t (id int primary key, a varchar(10), b int, c int); create index t_a on t (a);"
P = "create table p (id int primary key);"


def said(script: Script) -> list[str]:
    """What the steps of a script do, without sizes."""
    return [effect.text for _, sight in sights(script) if sight for effect in effects(sight, {})]


def hazards(script: Script) -> set[str]:
    return {name for step in script.steps for name in step.hazards}


def seen(plan: Plan) -> Iterator[tuple[Step, Observed]]:
    return ((s, s.observed) for s in plan.forward.steps if s.observed)


@pytest.mark.parametrize("wider", ["varchar(20)", "varchar", "text"])
def test_a_type_that_holds_more_of_the_same_rewrites_nothing(planned: Planned, wider: str) -> None:
    plan = planned(T, T.replace("varchar(10)", wider))
    assert [s.verb for s in plan.forward.steps] == ["alter"]
    assert said(plan.forward) == []
    assert hazards(plan.forward) == set()
    assert [o.locks for _, o in seen(plan)] == [(("ACCESS EXCLUSIVE", ("public", "t")),)]


def test_a_narrower_type_rewrites(planned: Planned) -> None:
    plan = planned(T, T.replace("varchar(10)", "varchar(20)"))
    assert said(plan.reverse) == ["rewrites t under ACCESS EXCLUSIVE"]


def test_another_type_rewrites_and_builds_its_indexes_again(planned: Planned) -> None:
    plan = planned(T, T.replace("b int", "b bigint"))
    assert said(plan.forward) == said(plan.reverse) == ["rewrites t under ACCESS EXCLUSIVE"]
    assert hazards(plan.forward) == hazards(plan.reverse) == {"REWRITES_TABLE"}
    (((_, found)),) = seen(plan)
    assert found.rewrites == (("public", "t"),)
    assert found.builds == (("t_a", ("public", "t")), ("t_pkey", ("public", "t")))
    assert found.scans == ()


@pytest.mark.parametrize(
    ("column", "effect"),
    [
        ("n int", []),
        ("n int default 1", []),
        ("n timestamptz default now()", []),
        ("n float default random()", ["rewrites t under ACCESS EXCLUSIVE"]),
        ("n int generated always as (1) stored", ["rewrites t under ACCESS EXCLUSIVE"]),
    ],
)
def test_a_new_column_rewrites_where_its_values_differ(
    planned: Planned, column: str, effect: list[str]
) -> None:
    assert said(planned(T, T.replace("c int", f"c int, {column}"), "simple").forward) == effect


@pytest.mark.parametrize("column", ["n float default random()", "n uuid not null default gen_random_uuid()"])
def test_the_online_way_fills_such_a_column_and_rewrites_nothing(planned: Planned, column: str) -> None:
    plan = planned(T, T.replace("c int", f"c int, {column}"))
    scans = ["scans t under SHARE UPDATE EXCLUSIVE"] if "not null" in column else []
    assert said(plan.forward) == scans
    assert hazards(plan.forward) == set()
    (fill,) = (s for s in plan.forward.steps if s.resumes)
    assert fill.observed == Observed()


@pytest.mark.parametrize(
    ("new", "simple", "lock"),
    [
        ("alter table t alter c set not null;", "scans t", "ACCESS_EXCLUSIVE"),
        ("alter table t add check (b > 0);", "scans t", "ACCESS_EXCLUSIVE"),
        ("alter table t add foreign key (b) references p;", "scans t", "SHARE_ROW_EXCLUSIVE"),
        ("create index t_b on t (b);", "builds index t_b of t", "SHARE"),
        ("alter table t add unique (b);", "builds index t_b_key of t", "ACCESS_EXCLUSIVE"),
    ],
)
def test_what_reads_a_table_under_a_lock_and_how_the_online_way_does_not(
    planned: Planned, new: str, simple: str, lock: str
) -> None:
    plan = planned(T + P, T + P + new, "simple")
    assert said(plan.forward) == [f"{simple} under {lock.replace('_', ' ')}"]
    built = {"INDEX_BUILD"} if "index" in simple else set()
    assert hazards(plan.forward) == {f"ACQUIRES_{lock}_LOCK"} | built

    plan = planned(T + P, T + P + new)
    assert said(plan.forward) == [f"{simple} under SHARE UPDATE EXCLUSIVE"]
    assert hazards(plan.forward) == built


def test_a_lock_that_an_earlier_step_took_lasts_while_another_table_is_read(planned: Planned) -> None:
    plan = planned(T + P, f"{T}{P} alter table p add k int; create index t_b on t (b);", "simple")
    assert said(plan.forward) == ["builds index t_b of t while ACCESS EXCLUSIVE is held on p"]
    assert "ACQUIRES_ACCESS_EXCLUSIVE_LOCK" in hazards(plan.forward)
    assert hazards(planned(T + P, f"{T}{P} alter table p add k int; create index t_b on t (b);").forward) == {
        "INDEX_BUILD"
    }


def test_a_check_of_a_domain_reads_the_tables_that_use_it(planned: Planned) -> None:
    old = "create domain d as int; create table u (x d);"
    plan = planned(old, old.replace("as int", "as int check (value > 0)"))
    assert said(plan.forward) == ["scans u under SHARE"]
    assert said(plan.reverse) == []


def test_every_partition_is_seen(planned: Planned) -> None:
    old = """
        create table m (id int, d date) partition by range (d);
        create table m1 partition of m for values from ('2020-01-01') to ('2021-01-01');
        create table m2 partition of m for values from ('2021-01-01') to ('2022-01-01');
    """
    plan = planned(old, old.replace("id int", "id bigint"))
    assert said(plan.forward) == ["rewrites m1, m2 under ACCESS EXCLUSIVE"]
    locked = {relation for _, o in seen(plan) for _, (_, relation) in o.locks}
    assert locked == {"m", "m1", "m2"}


def test_what_the_plan_makes_endangers_nobody(planned: Planned) -> None:
    new = "create table n (id int primary key, v int unique); create index n_v on n (v); create view w as select * from n;"
    plan = planned(T, T + new, "simple")
    assert said(plan.forward) == []
    assert {relation for _, o in seen(plan) for relation in o.relations} == set()
    assert {relation for s in plan.reverse.steps if s.observed for relation in s.observed.relations} == {
        ("public", "n"),
        ("public", "w"),
    }


def test_a_foreign_key_of_a_new_table_locks_the_old_one(planned: Planned) -> None:
    plan = planned(P, P + "create table n (p int references p);")
    assert ("SHARE ROW EXCLUSIVE", ("public", "p")) in {lock for _, o in seen(plan) for lock in o.locks}
    assert hazards(plan.forward) == set()


def test_a_dropped_index_concurrently_is_locked_weakly(planned: Planned) -> None:
    plan = planned(T, T.replace("create index t_a on t (a);", ""))
    locks = {s.sql.split()[0:3][2]: o.locks for s, o in seen(plan)}
    if any("concurrently" in s.sql for s in plan.forward.steps):
        assert locks == {"concurrently": (("SHARE UPDATE EXCLUSIVE", ("public", "t")),)}
    else:
        assert {mode for found in locks.values() for mode, _ in found} == {"ACCESS EXCLUSIVE"}


def test_a_renamed_table_is_called_as_the_database_calls_it(spec: str, tmp_path: Path) -> None:
    file = tmp_path / "schema.sql"
    file.write_text("-- schemadiff: renamed from t\ncreate table u (id int primary key, b bigint);")
    with scratch_server(spec) as server, server.database() as url:
        execute(url, "create table t (id int primary key, b int); insert into t values (1, 1)")
        plan = schemadiff.plan(url, str(file), scratch=spec)
    assert said(plan.forward) == ["rewrites t under ACCESS EXCLUSIVE"]
    assert said(plan.reverse) == ["rewrites u under ACCESS EXCLUSIVE"]
    assert {u.relation: u.size for u in plan.usage}["public", "t"] == 8192


def test_a_plan_file_keeps_it(planned: Planned) -> None:
    plan = planned(T, T.replace("b int", "b bigint") + "create index t_b on t (b);")
    kept = Plan.from_json(plan.to_json())
    assert kept == plan
    for one, other in ((kept.forward, plan.forward), (kept.reverse, plan.reverse)):
        assert [s.observed for s in one.steps] == [s.observed for s in other.steps]
        assert any(s.observed and s.observed.locks for s in one.steps)
    assert kept.reversed().reverse.steps[0].observed == plan.forward.steps[0].observed


def test_an_unproven_plan_guesses(database: str) -> None:
    execute(database, T)
    plan = schemadiff.plan(database, "empty", prove=False)
    assert {s.observed for s in plan.forward.steps} == {None}
    assert plan.hazards == ("DELETES_DATA",)


@pytest.mark.parametrize(
    "said",
    [
        "create policy mine on t using (b = 1)",
        "alter table t enable row level security",
        "alter table t force row level security",
        "grant select on t to public",
    ],
)
def test_who_may_do_what_changes_there_and_back(planned: Planned, said: str) -> None:
    plan = planned(T, f"{T} {said}")
    assert hazards(plan.forward) == hazards(plan.reverse) == {"AUTHZ_UPDATE"}


def test_who_may_do_what_with_a_new_table_harms_nobody(planned: Planned) -> None:
    rules = "alter table q enable row level security; create policy mine on q using (id = 1)"
    plan = planned(T, f"{T} create table q (id int); {rules}")
    assert hazards(plan.forward) == set()


MV = """
    create table u (x int);
    create table m (id int) partition by range (id);
    create table m1 partition of m for values from (0) to (9);
    create view both_of as select id from t union all select id from m;
    create materialized view mv as select count(*) as n from both_of, u;
"""


def test_what_fills_a_materialized_view_reads_its_tables(planned: Planned) -> None:
    plan = planned(T + MV.replace("create mat", "--"), T + MV)
    assert said(plan.forward) == ["scans m1, t, u under ACCESS SHARE"]
    assert hazards(plan.forward) == set()


def test_one_that_is_replaced_keeps_its_readers_out_while_it_is_filled(planned: Planned) -> None:
    new = T + MV.replace("count(*) as n", "count(*) as n, 1 as one")
    plan = planned(T + MV, new, "simple")
    assert said(plan.forward) == ["scans m1, t, u while ACCESS EXCLUSIVE is held on mv"]
    assert hazards(plan.forward) == {"ACQUIRES_ACCESS_EXCLUSIVE_LOCK"}
    plan = planned(T + MV, new)
    assert said(plan.forward) == ["scans m1, t, u under ACCESS SHARE"]
    assert hazards(plan.forward) == set()


def test_the_locks_of_other_steps_do_not_last_while_a_new_one_is_filled(planned: Planned) -> None:
    new = T.replace("c int", "c int, d int") + MV
    old = T + MV.replace("create mat", "--")
    assert hazards(planned(old, new).forward) == set()
    plan = planned(old, new, "simple")
    assert said(plan.forward) == ["scans m1, t, u under ACCESS EXCLUSIVE"]


def test_an_invalid_index_that_is_built_again_is_seen(spec: str) -> None:
    with scratch_server(spec) as server, server.database() as url, server.database() as wanted:
        for where in (url, wanted):
            execute(where, T)
        execute(url, "update pg_index set indisvalid = false where indexrelid = 't_a'::regclass")
        online, simple = (
            schemadiff.plan(url, wanted, scratch=spec, strategy=s) for s in ("online", "simple")
        )
    assert said(online.forward) == ["builds index t_a of t under SHARE UPDATE EXCLUSIVE"]
    assert hazards(online.forward) == {"INDEX_BUILD"}
    assert said(simple.forward) == ["builds index t_a of t under SHARE"]
    assert hazards(simple.forward) == {"ACQUIRES_SHARE_LOCK", "INDEX_BUILD"}


DOMAINS = "create domain d as int; create domain e as int; create domain of_text as text;"
KEPT = [
    ("varchar(10)", "text"),
    ("text", "varchar"),
    ("numeric(10,2)", "numeric(12,2)"),
    ("numeric(10,2)", "numeric"),
    ("timestamp(3)", "timestamp(6)"),
    ("timestamptz(3)", "timestamptz"),
    ("time(3)", "time"),
    ("interval(3)", "interval"),
    ("varbit(5)", "varbit(10)"),
    ("cidr", "inet"),
    ("int", "d"),
    ("d", "int"),
    ("d", "e"),
    ("varchar(10)", "of_text"),
    ("of_text", "varchar"),
]


@pytest.mark.parametrize(("old", "new"), KEPT)
def test_a_type_that_needs_no_rewrite_keeps_table_and_indexes(planned: Planned, old: str, new: str) -> None:
    made = f"{DOMAINS} create table u (id int, c {{}} unique); create index u_c on u (c, id);"
    plan = planned(made.format(old), made.format(new))
    assert [s.verb for s in plan.forward.steps] == ["alter"]
    assert said(plan.forward) == []
    assert hazards(plan.forward) == set()
    assert plan.restores == "lossless"


def test_one_that_is_cut_off_may_lose_something(planned: Planned) -> None:
    made = "create table u (c numeric({}));"
    plan = planned(made.format("12,2"), made.format("10,1"))
    assert hazards(plan.forward) == {"REWRITES_TABLE", "LOSES_PRECISION"}
    assert plan.restores == "structure only"
