"""A new column with a default that differs from row to row, on a table in use: each row gets its own value, whoever
writes meanwhile, and where an UPDATE would do more than that, the column comes as it always did."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

import schemadiff
from schemadiff._apply import Event, StepBegan, Waiting, apply_plan, history, revert_plan
from schemadiff.errors import ApplyError

from .conftest import Case, Make, execute

OLD = """
    create table t (id int primary key, v int, pad text) with (fillfactor = 50);
    insert into t select n, 0, repeat('x', 200) from generate_series(1, 4000) n;
"""
NEW = """
    create table t (id int primary key, v int, pad text, u uuid not null default gen_random_uuid())
        with (fillfactor = 50);
"""
FILE = "select pg_relation_filenode('t')"


@pytest.fixture
def case(make: Make) -> Case:
    return make(OLD, NEW, "online")


def fills(case: Case) -> list[int]:
    """The numbers of the steps that fill, from 1."""
    return [n for n, step in enumerate(case.plan.forward.steps, 1) if step.resumes]


def ensure_filled(case: Case) -> None:
    assert execute(case.url, "select from t where u is null") == []
    assert execute(case.url, "select count(*) - count(distinct u) from t") == [(0,)]
    assert case.dumped() == case.dumped(case.wanted)


def test_each_row_gets_its_own_value_and_the_table_keeps_its_file(case: Case) -> None:
    file = execute(case.url, FILE)
    apply_plan(case.plan, case.url)
    ensure_filled(case)
    assert execute(case.url, FILE) == file
    apply_plan(revert_plan(case.url), case.url)
    assert schemadiff.plan(case.url, case.wanted, prove=False, strategy="online").forward == case.plan.forward


def test_psql_runs_it_too(case: Case) -> None:
    case.programs.psql(case.url, case.plan.forward.sql)
    ensure_filled(case)


@contextmanager
def writing(url: str) -> Iterator[list[BaseException]]:
    """Somebody who inserts and changes rows all the time, in short transactions; what they ran into."""
    ended, failed = threading.Event(), list[BaseException]()

    def write() -> None:
        try:
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute("set lock_timeout = '10s'")
                while not ended.is_set():
                    connection.execute("insert into t select max(id) + 1, 1 from t")
                    connection.execute("update t set v = v + 1 where id % 97 = (random() * 96)::int")
        except psycopg.Error as error:
            failed.append(error)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield failed
    finally:
        ended.set()
        writer.join()


def test_rows_come_and_change_meanwhile(case: Case) -> None:
    with writing(case.url) as failed:
        apply_plan(case.plan, case.url)
    assert failed == []
    ensure_filled(case)
    assert execute(case.url, "select count(*) > 4000, sum(v) > 0 from t") == [(True, True)]


def test_a_row_that_somebody_holds_is_waited_for_once_all_others_have_their_value(case: Case) -> None:
    (number,) = fills(case)
    left: list[object] = []
    with psycopg.connect(case.url) as holder:
        holder.execute("update t set v = 7 where id = 1")

        def progress(event: Event) -> None:
            if isinstance(event, StepBegan) and event.number == 1:
                holder.rollback()  # the ALTER TABLE before waits for everybody
            if isinstance(event, StepBegan) and event.number == number:
                holder.execute("update t set v = 7 where id = 1")
            if isinstance(event, Waiting) and event.number == number and not left:
                left.extend(execute(case.url, "select count(*) from t where u__new is null"))
                holder.commit()

        apply_plan(case.plan, case.url, progress=progress)
    assert left == [(1,)]
    assert execute(case.url, "select v from t where id = 1") == [(7,)]
    ensure_filled(case)


def test_what_stopped_halfway_goes_on_where_it_stopped(case: Case) -> None:
    (number,) = fills(case)
    with psycopg.connect(case.url) as holder:

        def progress(event: Event) -> None:
            if isinstance(event, StepBegan) and event.number == number:
                holder.execute("select from t where id = 4000 for update")
            if isinstance(event, Waiting):
                execute(
                    case.url, "select pg_cancel_backend(pid) from pg_stat_activity where query like 'do $%'"
                )

        with pytest.raises(ApplyError, match="may have run in part"):
            apply_plan(case.plan, case.url, progress=progress)
    kept = execute(case.url, "select id, u__new from t where u__new is not null")
    assert len(kept) == 3999
    apply_plan(case.plan, case.url)
    ensure_filled(case)
    assert set(kept) <= set(execute(case.url, "select id, u from t"))
    assert [r.finished for r in history(case.url)] == [True]


def test_a_default_that_is_null_for_some_rows_comes_to_an_end(make: Make) -> None:
    null = "nullif((random() * 0)::int, 0)"
    case = make(
        OLD, NEW.replace("u uuid not null default gen_random_uuid()", f"u int default {null}"), "online"
    )
    assert len(fills(case)) == 1
    apply_plan(case.plan, case.url)
    assert execute(case.url, "select count(*), count(u) from t") == [(4000, 0)]


BESIDE = """
    create function touch() returns trigger language plpgsql as 'begin new.v := -1; return new; end';
    create table other (id int);
    create domain positive as float check (value >= 0);
"""
U = "u uuid not null default gen_random_uuid()"
DISTURBED = {
    "a trigger": ("", "create trigger touch before update on t for each row execute function touch()"),
    "a rule": ("", "create rule r as on update to t do also insert into other values (1)"),
    "row security": ("", "alter table t enable row level security, force row level security"),
    "a publication": ("", "alter table t drop constraint t_pkey; create publication p for table t"),
    "a domain": ("u positive default random()", ""),
    "an heir that has it": ("", "create table heir (u uuid) inherits (t)"),
    "a type that differs on no row": ("u uuid default '6ecd8c99-4036-403d-bf84-cf8400f67836'", ""),
}


@pytest.mark.parametrize("what", DISTURBED)
def test_where_an_update_would_do_more_the_table_is_written_anew(make: Make, what: str) -> None:
    column, more = DISTURBED[what]
    old, new = BESIDE + OLD + more, BESIDE + NEW.replace(U, column or U) + more
    case = make(old, new, "online")
    assert fills(case) == []
    apply_plan(case.plan, case.url)
    assert case.dumped() == case.dumped(case.wanted)
    assert execute(case.url, "select count(*), count(u), sum(v), (select count(*) from other) from t") == [
        (4000, 4000, 0, 0)
    ]


UNDISTURBED = {
    "a trigger on insert": "create trigger touch before insert on t for each row execute function touch()",
    "a trigger of a column": "create trigger touch after update of v on t execute function touch()",
    "a trigger that is off": DISTURBED["a trigger"][1] + "; alter table t disable trigger touch",
    "a publication with a key": "create publication p for table t",
    "a foreign key": "create table r (id int references t on update cascade)",
}


@pytest.mark.parametrize("what", UNDISTURBED)
def test_where_it_would_not_the_rows_are_filled(make: Make, what: str) -> None:
    more = UNDISTURBED[what]
    case = make(OLD + BESIDE + more, BESIDE + NEW + more, "online")
    assert len(fills(case)) == 1
    file = execute(case.url, FILE)
    apply_plan(case.plan, case.url)
    assert execute(case.url, FILE) == file
    ensure_filled(case)


def test_rows_of_a_foreign_partition_are_left_to_its_server(make: Make) -> None:
    old = """
        create foreign data wrapper w;
        create server s foreign data wrapper w;
        create table m (id int) partition by list (id);
        create table here partition of m for values in (1);
        create foreign table there partition of m for values in (2) server s;
        insert into m values (1), (1);
    """
    case = make(old, old.replace("id int", "id int, r float default random()"), "online")
    assert len(fills(case)) == 1
    apply_plan(case.plan, case.url)
    assert case.dumped() == case.dumped(case.wanted)
    assert execute(case.url, "select count(*), count(distinct r) from here") == [(2, 2)]
