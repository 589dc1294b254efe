"""A materialized view that changes is built under another name, filled and with its indexes, before the old one goes:
its readers wait for nothing but two renames."""

from __future__ import annotations

import psycopg
import pytest

import schemadiff
from schemadiff._apply import Event, StepBegan, apply_plan, history, revert_plan
from schemadiff.errors import ApplyError

from .conftest import Case, Make, execute

OLD = """
    create schema "O'Neil";
    create table t (id int, v int);
    insert into t select n, n from generate_series(1, 100) n;
    create materialized view "O'Neil"."M v" as select id, v from t;
    create unique index "I 1" on "O'Neil"."M v" (id);
    create index gone on "O'Neil"."M v" (v);
    comment on index "O'Neil"."I 1" is 'first';
    alter materialized view "O'Neil"."M v" cluster on "I 1";
    grant select on "O'Neil"."M v" to public;
    create view over_it as select v from "O'Neil"."M v";
"""
NEW = """
    create schema "O'Neil";
    create table t (id int, v int, w int default 7);
    create materialized view "O'Neil"."M v" with (fillfactor = 90) as select id, v, w, id + v as "s u m" from t;
    create unique index "I 1" on "O'Neil"."M v" (id) where v > 0;
    create index "I 2" on "O'Neil"."M v" using hash ("s u m");
    comment on index "O'Neil"."I 1" is 'first';
    comment on materialized view "O'Neil"."M v" is 'wider';
    alter materialized view "O'Neil"."M v" alter column v set statistics 7;
    grant select on "O'Neil"."M v" to public;
    create view over_it as select v from "O'Neil"."M v";
"""
READ = """select count(*), sum(v) from "O'Neil"."M v" """


@pytest.fixture
def case(make: Make) -> Case:
    return make(OLD, NEW, "online")


def ahead(case: Case) -> list[str]:
    """The statements that work under another name."""
    return [s.sql for s in case.plan.forward.steps if "__new" in s.sql]


def test_it_takes_over_with_all_that_stands_on_it(case: Case) -> None:
    assert len(ahead(case)) == 6
    apply_plan(case.plan, case.url)
    assert case.dumped() == case.dumped(case.wanted)
    assert execute(case.url, READ) == [(100, 5050)]
    apply_plan(revert_plan(case.url), case.url)
    assert schemadiff.plan(case.url, case.wanted, prove=False, strategy="online").forward == case.plan.forward
    assert execute(case.url, READ) == [(100, 5050)]


def test_it_is_read_until_the_very_transaction_of_the_exchange(case: Case) -> None:
    seen: list[str] = []
    with psycopg.connect(case.url, autocommit=True) as reader:
        reader.execute("set statement_timeout = '2s'")

        def progress(event: Event) -> None:
            if isinstance(event, StepBegan) and not any("drop" in s for s in seen):
                seen.append(event.step.sql)
                if "drop" not in event.step.sql:
                    assert reader.execute(READ.encode()).fetchall() == [(100, 5050)]
                    assert reader.execute("select count(*) from over_it").fetchall() == [(100,)]

        apply_plan(case.plan, case.url, progress=progress)
    assert any("refresh" in s for s in seen)
    (exchange,) = (g for g in case.plan.forward.transactions if any("drop mat" in s.sql for s in g))
    assert not any(step.apart for step in exchange)
    assert next(s.sql for s in exchange if s.verb == "drop").startswith("drop view")


def test_what_stopped_before_the_exchange_goes_on(case: Case) -> None:
    execute(case.url, "insert into t values (1, 1)")  # no unique index takes both
    with pytest.raises(ApplyError, match="could not create unique index"):
        apply_plan(case.plan, case.url)
    assert execute(case.url, READ) == [(100, 5050)]
    execute(
        case.url,
        """delete from t where ctid = (select max(ctid) from t);
                         refresh materialized view "O'Neil"."M v__new" """,
    )
    apply_plan(case.plan, case.url)
    assert case.dumped() == case.dumped(case.wanted)
    assert [r.finished for r in history(case.url)] == [True]


BASE = "create table t (id int, v int); create function f(n int) returns int language sql as 'select n';"
VIEW = "create materialized view m as select id, {} as x from t;"
IN_PLACE = {
    "another one reads it": (BASE + VIEW.format("v") + "create materialized view n as select x from m;",) * 2,
    "a function in quotes": (BASE + VIEW.format("f(v)"),) * 2,
    "what it reads changes": (
        BASE + VIEW.format("v"),
        (BASE + VIEW.format("v")).replace("v int", "v bigint"),
    ),
    "a whole row in an index": (BASE + VIEW.format("v") + "create index i on m (id) where m.* is not null;",)
    * 2,
}


@pytest.mark.parametrize("why", IN_PLACE)
def test_where_it_cannot_be_it_is_made_anew_in_its_place(make: Make, why: str) -> None:
    old, new = IN_PLACE[why]
    case = make(old, new.replace("as x", "+ 1 as x"), "online")
    assert not any("__new" in s and " m__new" in s for s in ahead(case))
    apply_plan(case.plan, case.url)
    assert case.dumped() == case.dumped(case.wanted)
    assert execute(case.url, "select count(*) from m") == [(0,)]
