"""What comes after a soft drop: other plans, taking it back, and the purge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

import schemadiff
from schemadiff import Plan
from schemadiff._apply import apply_plan
from schemadiff._dump import dump
from schemadiff._purge import days, purge
from schemadiff._scope import Scope
from schemadiff._trash import dropped_on, free_name, free_schema
from schemadiff.errors import Drifted, NotAllowed, PlanError, Refused, UsageError
from schemadiff.report import text

SOFTLY = Scope(soft_drop=True)
LONG_AGO = date(2020, 1, 2)

type Target = Callable[[str], str]


def today() -> date:
    """As the trash counts days."""
    return datetime.now(UTC).date()


@pytest.fixture
def target(tmp_path: Path) -> Target:
    """A schema.sql with some content."""

    def write(sql: str) -> str:
        path = tmp_path / "schema.sql"
        path.write_text(sql, encoding="utf-8")
        return str(path)

    return write


def execute(url: str, *statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for sql in statements:
            connection.execute(sql.encode())


def rows(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(query.encode()).fetchall()


def schemas(url: str) -> list[str]:
    return [
        str(n)
        for (n,) in rows(url, "select nspname from pg_namespace where nspname like 'schemadiff\\_trash%'")
    ]


def softly(url: str, target: str) -> Plan:
    return schemadiff.apply(url, target, scope=SOFTLY).plan


KEEP = "create table keep (id int primary key);"
TWO = KEEP + "create table t (id int primary key, v text not null);"


@pytest.mark.parametrize("strategy", ["online", "simple"])
def test_taking_it_back_brings_back_the_rows(database: str, target: Target, strategy: str) -> None:
    execute(
        database, TWO, "alter table keep add c text not null default 'x'", "insert into keep values (1, 'y')"
    )
    execute(database, "insert into t values (1, 'a')")
    schemadiff.apply(database, target(KEEP), scope=SOFTLY, strategy=strategy)
    assert rows(database, "select to_regclass('t')::text") == [(None,)]
    execute(database, "insert into keep values (2)")
    schemadiff.revert(database)
    assert rows(database, "select * from t") == [(1, "a")]
    assert rows(database, "select * from keep order by 1") == [(1, "y"), (2, "x")]
    assert schemas(database) == []


def test_dropped_made_again_and_dropped_again(database: str, target: Target) -> None:
    execute(database, TWO, "insert into t values (1, 'a')")
    softly(database, target(KEEP))
    softly(database, target(TWO))
    assert rows(database, "select * from t") == []
    execute(database, "insert into t values (2, 'b')")
    softly(database, target(KEEP))
    assert len(schemas(database)) == 2
    schemadiff.revert(database)
    assert rows(database, "select * from t") == [(2, "b")]
    schemadiff.revert(database, to=0, allow=["DELETES_DATA"])
    assert rows(database, "select * from t") == [(1, "a")]
    assert schemas(database) == []


def test_a_column_dropped_made_again_and_dropped_again(database: str, target: Target) -> None:
    execute(database, "create table keep (id int primary key, c text)", "insert into keep values (1, 'one')")
    softly(database, target(KEEP))
    softly(database, target("create table keep (id int primary key, c text);"))
    execute(database, "update keep set c = 'two'")
    softly(database, target(KEEP))
    schemadiff.revert(database)
    assert rows(database, "select c from keep") == [("two",)]
    schemadiff.revert(database, to=0, allow=["DELETES_DATA"])
    assert rows(database, "select c from keep") == [("one",)]


def test_a_table_of_that_name_stands_in_the_way(database: str, target: Target) -> None:
    execute(database, TWO, "insert into t values (1, 'a')")
    first = softly(database, target(KEEP))
    softly(database, target(KEEP + "create table t (other int);"))
    with pytest.raises(Drifted, match="not in the state that the plan starts from"):
        apply_plan(first.reversed(), database)
    assert rows(database, "select * from t") == []


def test_what_was_purged_cannot_be_brought_back(database: str, target: Target) -> None:
    execute(database, TWO, "insert into t values (1, 'a')")
    softly(database, target(KEEP))
    apply_plan(purge(database, "it", older_than=0, today=today()).plan, database)
    with pytest.raises(Drifted, match=r"not in the trash any more: table schemadiff_trash_\d+_1.t"):
        schemadiff.revert(database)


def test_trash_is_no_drift_and_counted(database: str, target: Target) -> None:
    execute(database, TWO, "alter table keep add c int")
    softly(database, target(KEEP))
    found = schemadiff.check(database, target(KEEP))
    assert found.in_sync
    assert found.left_out == (("schemas", 1), ("tables", 1), ("columns", 1))
    assert "schemadiff_trash" not in dump(database)


def test_names_that_only_look_like_trash_are_drift(database: str, target: Target) -> None:
    execute(
        database,
        KEEP,
        "create schema schemadiff_trash_1",
        "alter table keep add schemadiff_trash_20269999_c int",
    )
    found = schemadiff.check(database, target(KEEP))
    assert [str(d.fact.id) for d in found.differences if hasattr(d, "fact")] == [
        "schema schemadiff_trash_1",
        "column public.keep.schemadiff_trash_20269999_c",
        "owner schema.schemadiff_trash_1",
    ]


def test_a_partition_joins_a_table_with_a_column_in_the_trash(database: str, target: Target) -> None:
    old = """
        create table t (id int not null, c int generated always as identity, d text) partition by range (id);
        create table t_1 partition of t for values from (0) to (10);
        create table ready (id int not null);
    """
    new = "create table t (id int not null) partition by range (id);" + "".join(
        f"create table {name} partition of t for values from ({low}) to ({low + 10});"
        for name, low in (("t_1", 0), ("t_2", 10), ("ready", 20))
    )
    execute(database, old, "insert into t (id, d) values (1, 'd')")
    softly(
        database,
        target(new.replace("create table ready partition of t for values from (20) to (30)", KEEP[:-1])),
    )
    softly(database, target(new))
    execute(database, "insert into t (id) values (11), (21)")
    assert rows(database, "select id from t order by 1") == [(1,), (11,), (21,)]
    assert schemadiff.check(database, target(new)).in_sync


def test_what_the_trash_needs_later(database: str, target: Target) -> None:
    """A type that a later plan drops: refused, or put into the trash too."""
    mood = "create type mood as enum ('sad');"
    execute(database, mood + KEEP + "create table t (m mood)", "insert into t values ('sad')")
    softly(database, target(mood + KEEP))
    with pytest.raises(PlanError, match=r"lies in the trash and needs enum public.mood.*purge"):
        schemadiff.plan(database, target(KEEP))
    softly(database, target(KEEP))
    assert rows(database, f"select m::text from {schemas(database)[0]}.t") == [("sad",)]
    schemadiff.revert(database)
    schemadiff.revert(database)
    assert rows(database, "select m::text from t") == [("sad",)]


def test_a_directive_renames_what_has_trash_in_it(database: str, target: Target) -> None:
    execute(database, "create table keep (id int primary key, c text)", "insert into keep values (1, 'one')")
    softly(database, target(KEEP))
    renamed = "-- schemadiff: renamed from keep\ncreate table kept (id int primary key);"
    schemadiff.apply(database, target(renamed), scope=SOFTLY)
    both = "-- schemadiff: renamed from kept\ncreate table kept_2 (id int primary key);"
    schemadiff.apply(database, target(both), scope=SOFTLY)
    for _ in range(3):
        schemadiff.revert(database, allow=["DELETES_DATA"])
    assert rows(database, "select * from keep") == [(1, "one")]


def test_a_plan_file_and_words(database: str, target: Target) -> None:
    execute(database, TWO, "alter table keep add c text")
    made = schemadiff.plan(database, target(KEEP), scope=SOFTLY)
    assert Plan.from_json(made.to_json()) == made
    shown = text.plan(made).plain
    assert "put table t into the trash, as schemadiff_trash_" in shown
    assert "put column keep.c into the trash, as keep.schemadiff_trash_" in shown
    assert "the reverse restores everything" in shown
    assert "bring table t back from the trash" in text.plan(made.reversed()).plain


@pytest.mark.parametrize(
    ("needs", "who"),
    [
        ('create table t (id int, "A b" citext)', "column public.t.A b"),
        ('create table t (id int, "A b" citext[])', "column public.t.A b"),
        ("create table t (id int, a text default 'x'::citext::text)", "default public.t.a"),
    ],
)
def test_an_extension_that_the_trash_needs(database: str, target: Target, needs: str, who: str) -> None:
    """It lies in no schema, so it cannot go into the trash; it is the cause of an error that names who needs it."""
    execute(database, "create extension citext", needs)
    stays = target("create extension citext; create table t (id int)")
    with pytest.raises(PlanError, match="which is dropped and cannot go there") as said:
        schemadiff.plan(database, target("create table t (id int)"), scope=SOFTLY)
    assert f"{who} is to be put into the trash and needs extension citext" in str(said.value)
    target("create extension citext; create table t (id int)")
    softly(database, stays)
    gone = target("create table t (id int)")
    for scope in (SOFTLY, Scope()):
        with pytest.raises(PlanError, match="lies in the trash and needs extension citext"):
            schemadiff.plan(database, gone, scope=scope)
    found = purge(database, "it", older_than=0, today=today())
    schemadiff.apply(database, plan=found.plan, allow=["DELETES_DATA"])
    assert schemadiff.apply(database, gone).plan.forward.steps


# The purge


def old_trash(url: str, day: date = LONG_AGO) -> None:
    """A table and a column that were put aside on a day."""
    schema, column = free_schema(day, ()), free_name(day, "c", ())
    execute(url, f"create schema {schema}", f"create table {schema}.t (id serial primary key)")
    execute(url, f"create type {schema}.mood as enum ('sad')", f"create table {schema}.u (m {schema}.mood)")
    execute(
        url, "create table if not exists keep (id int primary key)", f"alter table keep add {column} text"
    )


def test_purge_goes_by_age(database: str) -> None:
    old_trash(database)
    old_trash(database, today() - timedelta(days=29))
    found = purge(database, "it", older_than=30, today=today())
    assert [item.id.path[-1] for item in found.old] == [
        "schemadiff_trash_20200102_c",
        "schemadiff_trash_20200102_1",
    ]
    assert len(found.young) == 2
    assert found.plan.purges
    assert found.plan.restores == "irreversible"
    assert "DELETES_DATA" in found.plan.hazards
    with pytest.raises(NotAllowed, match="--allow DELETES_DATA"):
        schemadiff.apply(database, plan=found.plan)
    schemadiff.apply(database, plan=found.plan, allow=["DELETES_DATA"])
    assert len(schemas(database)) == 1
    assert purge(database, "it", older_than=30, today=today()).plan.empty
    assert [r.direction for r in schemadiff.history(database)] == ["purge"]
    with pytest.raises(Refused, match="nothing to revert"):
        schemadiff.revert(database)


def test_purge_counts_from_the_apply(database: str, target: Target) -> None:
    """A plan may be run long after it was made."""
    execute(database, TWO, "insert into t values (1, 'a')")
    made = schemadiff.plan(database, target(KEEP), scope=SOFTLY)
    file = made.to_json().replace(f"{today():%Y%m%d}", f"{LONG_AGO:%Y%m%d}")
    body = schemadiff._plan.json.loads(file)
    body["seal"] = schemadiff._plan._seal({k: v for k, v in body.items() if k != "seal"})
    schemadiff.apply(database, plan=Plan.from_json(schemadiff._plan.json.dumps(body)))
    assert schemas(database) == [f"schemadiff_trash_{LONG_AGO:%Y%m%d}_1"]
    assert purge(database, "it", older_than=1, today=today()).plan.empty
    assert not purge(database, "it", older_than=1, today=today() + timedelta(days=2)).plan.empty


def test_purge_deletes_nothing_that_is_in_use(database: str) -> None:
    old_trash(database)
    execute(database, "create view v as select * from schemadiff_trash_20200102_1.t")
    with pytest.raises(Refused, match=r"view public.v needs schema schemadiff_trash_20200102_1"):
        purge(database, "it", older_than=30, today=today())


def test_purge_keeps_what_younger_trash_needs(database: str) -> None:
    old_trash(database)
    young = free_schema(today(), ())
    execute(
        database, f"create schema {young}", f"create table {young}.w (m schemadiff_trash_20200102_1.mood)"
    )
    found = purge(database, "it", older_than=30, today=today())
    assert [item.id.kind for item in found.old] == ["column"]
    assert [i.path[-1] for item in found.held for i in item.needed_by] == ["m"]
    assert purge(database, "it", older_than=0, today=today()).held == ()


def test_purge_of_what_heirs_have(database: str) -> None:
    execute(database, "create table p (id int, schemadiff_trash_20200102_c int) partition by range (id)")
    execute(database, "create table p_1 partition of p for values from (0) to (9)")
    found = purge(database, "it", older_than=30, today=today())
    schemadiff.apply(database, plan=found.plan, allow=["DELETES_DATA"])
    assert rows(database, "select count(*) from pg_attribute where attname like 'schemadiff%'") == [(0,)]


def test_purge_is_recorded_where_the_history_is_older(database: str, target: Target) -> None:
    execute(database, TWO)
    softly(database, target(KEEP))
    execute(
        database,
        "alter table schemadiff.history drop constraint history_direction_check",
        "alter table schemadiff.history add constraint history_direction_check check (direction in ('forward', 'revert'))",
    )
    for _ in range(2):
        old_trash(database)
        found = purge(database, "it", older_than=30, today=today())
        schemadiff.apply(database, plan=found.plan, allow=["DELETES_DATA"])
    assert [r.direction for r in schemadiff.history(database)] == ["purge", "purge", "forward"]


# Names


def test_names_of_the_trash() -> None:
    day = date(2026, 1, 31)
    assert free_schema(day, ["schemadiff_trash_20260131_1"]) == "schemadiff_trash_20260131_2"
    long = "ö" * 40
    made = free_name(day, long, ())
    assert len(made.encode()) <= 63
    assert dropped_on(made) == day
    assert free_name(day, long, [made]) != made
    for name in (
        "schemadiff_trash_",
        "schemadiff_trash_20260131",
        "schemadiff_trash_20260199_c",
        "trash_20260131_c",
    ):
        assert dropped_on(name) is None


def test_spans_of_days() -> None:
    assert [days(t, "x") for t in ("0", "0d", "30d", "4w")] == [0, 0, 30, 28]
    for wrong in ("", "30", "d", "-1d", "1h", "3dd", "٣d"):
        with pytest.raises(UsageError):
            days(wrong, "x")
