"""A line is a connection of libpq that libpq's own words open, and psycopg's where these are not enough."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing, suppress

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from psycopg.pq import TransactionStatus
from psycopg.sql import SQL, Literal
from support.distance import distance
from support.own_server import OwnServer, own_server

from schemadiff.catalog import _line, connect, contents, line
from schemadiff.errors import ConnectError

ASK = "select 1 as a, null, 'é'; begin; select * from (values (1), (2)) v"


@pytest.fixture
def only_psycopg(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The URLs that psycopg is asked to connect to."""
    asked: list[str] = []

    def connected(url: str) -> object:
        asked.append(url)
        return connect(url)

    monkeypatch.setattr(_line, "connect", connected)
    return asked


def test_it_is_opened_without_psycopg_and_called_what_that_calls_it(
    database: str, only_psycopg: list[str]
) -> None:
    question = "select current_database(), current_user, current_setting('application_name')"
    with closing(line(database)) as ours, connect(database) as theirs:
        assert _line.ask(ours.pgconn, question) == [[theirs.execute(question.encode()).fetchone()]]
    assert only_psycopg == []


def test_rows_of_each_statement_come_as_text(database: str) -> None:
    called = []
    with closing(line(database)) as ours:
        found = _line.ask(ours.pgconn, ASK, lambda: called.append(ours.pgconn.transaction_status))
        assert found == [[("1", None, "é")], [], [("1",), ("2",)]]
        assert called == [TransactionStatus.ACTIVE]
        assert ours.pgconn.transaction_status == TransactionStatus.INTRANS


def test_what_the_server_refuses_has_no_rows(database: str) -> None:
    with closing(line(database)) as ours:
        assert _line.ask(ours.pgconn, "begin; select 1; select nothing; select 2") is None
        assert ours.pgconn.transaction_status == TransactionStatus.INERROR
        assert _line.ask(ours.pgconn, "rollback; select 3") == [[], [("3",)]]


def test_a_message_may_be_longer_than_what_the_system_takes_at_once(database: str) -> None:
    with closing(line(database)) as ours:
        text = "x" * 30_000_000
        assert _line.ask(ours.pgconn, f"select length('{text}')") == [[(str(len(text)),)]]


def test_a_line_that_is_lost_says_so(database: str) -> None:
    with closing(line(database)) as ours:
        (((pid,),),) = _line.ask(ours.pgconn, "select pg_backend_pid()") or ()
        with connect(database) as other:
            other.execute(f"select pg_terminate_backend({pid}, 5000)".encode())
        with suppress(psycopg.Error):
            # What the server said when it ended may come first.
            assert _line.ask(ours.pgconn, "select 1") is None
        with pytest.raises(psycopg.OperationalError):
            _line.ask(ours.pgconn, "select 1")
        assert contents(ours.pgconn, seed=1) is None


def test_psycopg_goes_on_in_the_transaction_that_is_open(database: str) -> None:
    with closing(line(database)) as ours:
        _line.ask(ours.pgconn, "begin; create table t (a int)")
        connection = ours.connection
        assert connection is ours.connection
        assert connection.autocommit
        assert connection.execute("select count(*) from t").fetchone() == (0,)
        connection.rollback()
        assert connection.execute("select to_regclass('t')").fetchone() == (None,)
        assert connection.info.transaction_status is TransactionStatus.IDLE
    assert connection.closed


ELSEWHERE = {
    "several hosts": "postgresql://postgres@/postgres?host={folder}x,{folder}",
    "how long to wait": "postgresql://postgres@/postgres?host={folder}&connect_timeout=9",
    "which server": "host={folder} dbname=postgres user=postgres target_session_attrs=read-write",
}


@pytest.mark.parametrize("what", ELSEWHERE)
def test_what_psycopg_deals_with_is_left_to_it(own: OwnServer, only_psycopg: list[str], what: str) -> None:
    url = ELSEWHERE[what].format(folder=own.folder)
    with closing(line(url)) as ours:
        assert _line.ask(ours.pgconn, "select 1") == [[("1",)]]
        assert ours.connection.pgconn is ours.pgconn
    assert only_psycopg == [url]


def test_the_environment_may_say_so_too(
    own: OwnServer, only_psycopg: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGHOST", str(own.folder))
    monkeypatch.setenv("PGUSER", "postgres")
    line("dbname=postgres").close()
    assert only_psycopg == []
    monkeypatch.setenv("PGCONNECT_TIMEOUT", "9")
    line("dbname=postgres").close()
    assert only_psycopg == ["dbname=postgres"]


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://nobody_here@/postgres?host={folder}",
        "postgresql://postgres@/nothing_here?host={folder}",
        "postgresql://postgres@/postgres?host={folder}/nowhere",
        "postgresql://postgres:secret@no-such-host.invalid/postgres",
        "postgresql://postgres:sec@ret:5432:x/postgres",
    ],
)
def test_what_cannot_be_reached_is_told_as_ever(own: OwnServer, url: str) -> None:
    whole = url.format(folder=own.folder)
    with pytest.raises(ConnectError) as ours:
        line(whole)
    with pytest.raises(ConnectError) as theirs:
        connect(whole)
    assert str(ours.value) == str(theirs.value)
    assert "sec" not in str(ours.value)


def test_a_host_is_looked_up_and_a_password_quoted(only_psycopg: list[str]) -> None:
    password = r"it's a \\ 'secret' = 100%"
    with own_server() as server, connect(server.url()) as connection:
        connection.execute(SQL("create role other login password {}").format(Literal(password)))
        hba = "local all postgres trust\nlocal all all scram-sha-256\n"
        (server.data / "pg_hba.conf").write_text(hba)
        connection.execute("select pg_reload_conf()")
        with distance(server.url()) as far:
            numeric = make_conninfo(far.url, user="other", password=password)
            named = make_conninfo(numeric, host="localhost")
            for url in (numeric, named):
                with closing(line(url)) as ours:
                    assert _line.ask(ours.pgconn, "select current_user") == [[("other",)]]
            assert numeric not in only_psycopg
            wrong = make_conninfo(numeric, password="wrong")
            with pytest.raises(ConnectError, match="password authentication failed"):
                line(wrong)
            assert only_psycopg[-1] == wrong


def test_psycopg_in_parts_becomes_the_whole_of_it(database: str) -> None:
    command = [sys.executable, "-c", PARTS, database]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["in", "parts", "1", "2", "whole"]


PARTS = """
import sys
from schemadiff._psycopg import in_parts

in_parts()
assert not {"psycopg.connection", "asyncio.events", "importlib.metadata"} & sys.modules.keys()
import psycopg
from psycopg import pq
assert "psycopg.connection" not in sys.modules
print("in parts")
from psycopg.rows import dict_row
with psycopg.connect(sys.argv[1], row_factory=dict_row) as connection:
    print(connection.execute("select 1 as a").fetchone()["a"])
    try:
        connection.execute("select nothing")
    except psycopg.errors.UndefinedColumn as error:
        assert isinstance(error, psycopg.Error) and psycopg.pq is pq
        connection.rollback()
import asyncio

async def ask():
    async with await psycopg.AsyncConnection.connect(sys.argv[1]) as connection:
        found = await (await connection.execute("select 2")).fetchone()
        return found[0]

print(asyncio.run(ask()))
assert asyncio.CancelledError is asyncio.exceptions.CancelledError
import psycopg_binary
assert psycopg_binary.__version__ == psycopg.__version__ or psycopg.pq.__impl__ != "binary"
in_parts()
print("whole")
"""
