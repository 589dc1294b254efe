"""Plans for tables in use: nobody is locked out for longer than a moment, and what stops on the way goes on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

import schemadiff
from schemadiff._apply import Event, StepBegan, apply_plan, history, revert_plan
from schemadiff._findings import Asking
from schemadiff.errors import ApplyError

from .conftest import Case, Make, execute

OLD = """
    create table p (id int primary key, k int);
    create table t (id int, a int, b text, v int);
    create index changed on t (a);
    create index "Goes" on t (v);
    create table m (id int, d date) partition by range (d);
    create table m1 partition of m for values from ('2020-01-01') to ('2021-01-01');
    insert into p select n, n from generate_series(1, 50) n;
    insert into t select n, n, n::text, n from generate_series(1, 50) n;
    insert into m select n, '2020-06-01' from generate_series(1, 50) n;
"""
NEW = """
    create table p (id int primary key, k int unique);
    create table t (
        id int primary key, a int not null, b text check (length(b) < 9), v int references p (k),
        constraint "Later" unique (a) deferrable initially deferred
    );
    create index changed on t (a, b);
    comment on index changed is 'new';
    create unique index "Comes" on t (b);
    create table m (id int not null, d date) partition by range (d);
    create table m1 partition of m for values from ('2020-01-01') to ('2021-01-01');
    create index m_d on m (d);
"""


@pytest.fixture
def case(make: Make) -> Case:
    return make(OLD, NEW, "online")


def test_both_strategies_end_in_the_same_schema(make: Make) -> None:
    for strategy in ("online", "simple"):
        case = make(OLD, NEW, strategy)
        apply_plan(case.plan, case.url)
        assert case.dumped() == case.dumped(case.wanted)
        apply_plan(revert_plan(case.url), case.url)
        again = schemadiff.plan(case.url, case.wanted, prove=False, strategy=strategy)
        assert again.forward.steps == case.plan.forward.steps


def test_simple_is_one_transaction(make: Make) -> None:
    assert len(make(OLD, NEW, "simple").plan.forward.transactions) == 1


@contextmanager
def reading(url: str, table: str) -> Iterator[None]:
    """Somebody who has read from a table and is not done."""
    with psycopg.connect(url) as connection:
        connection.execute(f"select from {table}".encode())
        yield


def test_no_index_is_built_under_a_lock_that_keeps_writers_out(case: Case) -> None:
    built = [s for s in case.plan.forward.steps if "INDEX_BUILD" in s.hazards]
    assert len(built) == 6
    assert not any(s.transactional for s in built)


def test_rows_are_looked_at_in_transactions_of_their_own(case: Case) -> None:
    for group in case.plan.forward.transactions:
        assert len(group) == 1 or not any(step.apart for step in group)
    assert sum(step.apart for step in case.plan.forward.steps) == 4


def test_writers_go_on_while_an_index_is_built(case: Case) -> None:
    """A build waits for a transaction that is older; in the meantime the table takes rows."""
    number = next(n for n, s in enumerate(case.plan.forward.steps, 1) if s.builds == ("public", "Comes"))
    reached, failed = threading.Event(), []

    def progress(event: Event) -> None:
        if isinstance(event, StepBegan) and event.number == number:
            reached.set()

    def run() -> None:
        try:
            apply_plan(case.plan, case.url, progress=progress)
        except BaseException as error:
            failed.append(error)

    applying = threading.Thread(target=run)
    with psycopg.connect(case.url, autocommit=True) as writer:
        blocker = psycopg.connect(case.url)

        def write() -> None:
            writer.execute("set statement_timeout = '2s'")
            writer.execute("insert into t (id, a, b, v) values (99, 99, '99', 1)")

        applying.start()
        assert reached.wait(20)
        blocker.execute("select from t limit 1")
        write()
        blocker.rollback()
        blocker.close()
        applying.join(30)
    assert failed == []
    assert case.dumped() == case.dumped(case.wanted)


def test_an_invalid_index_of_an_earlier_try_is_built_again(case: Case) -> None:
    execute(case.url, "update t set b = 'same' where id < 3")
    with pytest.raises(ApplyError, match="Comes"):
        apply_plan(case.plan, case.url, asking=Asking(timeout=0))
    invalid = (
        "select indexrelid::regclass::text from pg_index where not indisvalid and indrelid <> 'm'::regclass"
    )
    assert ('"Comes"',) in execute(case.url, invalid)
    execute(case.url, "update t set b = id::text where id < 3")
    apply_plan(case.plan, case.url)
    assert execute(case.url, invalid) == []
    assert case.dumped() == case.dumped(case.wanted)
    assert [r.finished for r in history(case.url)] == [True]


def test_an_invalid_index_is_drift_and_is_repaired(make: Make) -> None:
    case = make(
        "create table t (a int); insert into t values (1), (1)",
        "create table t (a int); create unique index i on t (a)",
    )
    with (
        psycopg.connect(case.url, autocommit=True) as connection,
        pytest.raises(psycopg.errors.UniqueViolation),
    ):
        connection.execute("create unique index concurrently i on t (a)")
    (difference,) = schemadiff.check(case.url, case.wanted).differences
    assert difference.attributes == ("valid",)  # type: ignore[union-attr]
    execute(case.url, "update t set a = 2 where ctid = '(0,1)'")
    schemadiff.apply(case.url, case.wanted)
    assert schemadiff.check(case.url, case.wanted).in_sync
    schemadiff.revert(case.url, allow=["DELETES_DATA"])


def test_on_a_partition_of_a_partition_and_in_other_schemas(make: Make) -> None:
    old = """
        create schema "O'Neil";
        create table "O'Neil"."T" (id int, d date, "A b" int) partition by range (d);
        create table "O'Neil".sub partition of "O'Neil"."T" for values from ('2020-01-01') to ('2021-01-01')
            partition by list (id);
        create table "O'Neil".leaf partition of "O'Neil".sub for values in (1);
        create materialized view "O'Neil".mv as select 1 as x;
    """
    new = (
        old
        + """
        create index "I" on "O'Neil"."T" ("A b");
        create unique index on "O'Neil".mv (x);
        alter table "O'Neil"."T" alter "A b" set not null, add check ("A b" > 0);
    """
    )
    case = make(old, new, "online")
    apply_plan(case.plan, case.url)
    assert case.dumped() == case.dumped(case.wanted)
    apply_plan(revert_plan(case.url), case.url)
    again = schemadiff.plan(case.url, case.wanted, prove=False, strategy="online")
    assert again.forward == case.plan.forward


def test_what_is_made_anew_is_gone_for_nobody(make: Make) -> None:
    """A new label is committed before all else, not between the drop of a view and its creation."""
    old = """
        create type mood as enum ('calm');
        create table t (id int, name varchar(10), m mood);
        create view v as select id, name from t where m = 'calm';
    """
    new = """
        create type mood as enum ('calm', 'wild');
        create table t (id int, name varchar(20), m mood);
        create view v as select id, name from t where m = 'calm';
        create table other (m mood default 'wild');
    """
    for strategy in ("online", "simple"):
        case = make(old, new, strategy)
        first, *others = case.plan.forward.transactions
        assert [step.id.kind for step in first] == ["enum"]
        touched = [n for n, steps in enumerate(others) for step in steps if step.id.kind == "view"]
        assert len(touched) == 2
        assert len(set(touched)) == 1
        apply_plan(case.plan, case.url)
        assert case.dumped() == case.dumped(case.wanted)
