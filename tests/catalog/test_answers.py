"""A large schema is read over two connections that see the same; where there is no second one, over the first."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from weakref import ref

import psycopg
import pytest
from kinds.case import FOLDER
from support.programs import Programs

from schemadiff.catalog import _ask, connect, read_catalog, read_from, read_over
from schemadiff.scratch import ScratchServer

ROLES = ("owner_of_it", "Reader's")


@pytest.fixture
def everything(server: ScratchServer, database: str) -> str:
    server.ensure_roles(ROLES)
    server.ensure_tablespaces(["Other disk"])
    Programs.of(server).psql(database, (FOLDER / "everything.sql").read_text(encoding="utf-8"))
    return database


@pytest.fixture
def is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_ask, "SHARED", "select pg_export_snapshot()")


def connections(url: str) -> int:
    with psycopg.connect(url, autocommit=True) as connection:
        query = "select count(*) from pg_stat_activity where datname = current_database() and application_name = 'schemadiff'"
        (found,) = connection.execute(query).fetchone() or (0,)
    return int(found)


@pytest.mark.usefixtures("is_large")
def test_two_connections_read_what_one_does(everything: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with connect(everything) as connection:
        with _ask.asked_over(connection, everything):
            assert connections(everything) == 2
        two = read_over(connection, everything)
        monkeypatch.setattr(_ask, "SHARED", "select null")
        with _ask.asked_over(connection, everything):
            assert connections(everything) == 1
        assert read_over(connection, everything) == two


@pytest.mark.usefixtures("is_large")
def test_both_see_one_snapshot(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What others commit after the first connection has begun is seen by neither."""
    second = _ask._second

    def late(url: str, shared: str) -> psycopg.Connection[tuple[object, ...]] | None:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("create table later (id int primary key, n int default 3 check (n > 0))")
        return second(url, shared)

    monkeypatch.setattr(_ask, "_second", late)
    assert not [i for i in read_catalog(database).facts if "later" in i.path]
    monkeypatch.setattr(_ask, "_second", second)
    assert [i for i in read_catalog(database).facts if "later" in i.path]


@pytest.mark.usefixtures("is_large")
def test_where_no_second_connection_may_be(database: str) -> None:
    name = "only_one_connection"
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("create table t (id int)")
        connection.execute(f"drop role if exists {name}")
        connection.execute(f"create role {name} login connection limit 1")
        try:
            alone = psycopg.conninfo.make_conninfo(database, user=name)
            with connect(alone) as only:
                with _ask.asked_over(only, alone):
                    assert connections(database) == 1
                assert read_over(only, alone).facts == read_catalog(database).facts
        finally:
            connection.execute(f"drop role {name}")


def test_a_small_schema_is_read_over_one(database: str) -> None:
    with connect(database) as only, _ask.asked_over(only, database):
        assert connections(database) == 1


@pytest.mark.usefixtures("is_large")
def test_what_was_taken_is_forgotten(everything: str) -> None:
    """A cursor keeps all that came with it."""
    with connect(everything) as connection, _ask.asked_over(connection, everything) as answers:
        for name in ("kind table", "kind column", "depend"):
            cursor, first = answers[name].come()
            assert first
            kept = ref(cursor)
            del cursor
            assert kept() is None, name


def test_only_the_batch_after_the_one_that_is_taken_is_asked_for(database: str) -> None:
    batches = [{str(n): f"select {n}".encode()} for n in range(5)]
    with connect(database) as connection, connection.pipeline(), ThreadPoolExecutor(1) as thread:
        sending = _ask._Sending(connection, thread, batches)
        for number in range(5):
            assert sending.come(number, str(number))[1] == [(number,)]
            assert sending.sent == min(number + 2, 5)


STEPS = (
    "create schema more; create type more.state as enum ('a'); create table more.t (id int primary key, s more.state)",
    "create function more.f(int) returns int language sql as 'select 1'; create operator more.@@@ (function = more.f, "
    "rightarg = int); create view v as select operator(more.@@@) id as x from more.t; comment on view v is 'v'",
    "alter table more.t add column n numeric default 1 check (n > 0); grant select on more.t to public",
    "alter schema more rename to other; drop view v",
    "drop schema other cascade",
)


def test_what_is_prepared_finds_what_is_there(database: str) -> None:
    """Over one connection again and again, whatever changes between."""
    with connect(database) as connection:
        for step in STEPS:
            connection.execute(step.encode())
            found = read_from(connection, again=True)
            assert found == read_catalog(database)
            assert set(found.edges) == set(read_catalog(database).edges)
        assert prepared(connection)


def test_nothing_is_prepared_for_what_is_not_small(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """How to find few rows would take long where there are many."""
    with connect(database) as connection:
        pages = connection.execute(_ask.IS_SMALL.encode()).fetchone()
        monkeypatch.setattr(_ask, "IS_SMALL", _ask.IS_SMALL.replace(str(_ask.SMALL), "8192"))
        assert read_from(connection, again=True) == read_catalog(database)
        assert not prepared(connection)
        assert pages == (True, [])


def prepared(connection: psycopg.Connection) -> list[tuple[str]]:
    return connection.execute("select name from pg_prepared_statements").fetchall()


def test_what_failed_is_told_whoever_hears_of_it(database: str) -> None:
    """psycopg tells it to whoever waits when it comes, and the others that the pipeline is aborted."""
    aborted, denied = (
        psycopg.errors.PipelineAborted("pipeline aborted"),
        psycopg.errors.InsufficientPrivilege("denied"),
    )
    answers: dict[str, Future[_ask.Come]] = {"asked": Future(), "came": Future(), "later": Future()}
    answers["asked"].set_exception(aborted)
    answers["later"].set_exception(denied)
    with connect(database) as connection, connection.cursor() as cursor, ThreadPoolExecutor(1) as thread:
        answers["came"].set_result((cursor, []))
        sending = _ask._Sending(connection, thread, [], coming=answers)
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="denied"):
            sending.come(0, "asked")
        del answers["later"]
        answers["asked"] = Future()
        answers["asked"].set_exception(aborted)
        with pytest.raises(psycopg.errors.PipelineAborted):
            sending.come(0, "asked")
