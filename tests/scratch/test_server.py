"""Databases, roles and extensions on a scratch server; and a server that is given by its URL."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier

import psycopg
import pytest

from schemadiff.errors import ScratchError
from schemadiff.scratch import ScratchServer, scratch_server
from schemadiff.scratch.server import LOCK_CLASS, connect, database_name, is_database_name, lock_key
from schemadiff.sqltext import ident


def ask(url: str, query: str, *values: object) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(query.encode(), values or None)
        return cursor.fetchall() if cursor.description else []


def databases(server: ScratchServer) -> set[object]:
    rows = ask(server.url(server.maintenance), "select datname from pg_database")
    return {name for (name,) in rows if is_database_name(str(name))}


def roles(server: ScratchServer) -> set[object]:
    return {name for (name,) in ask(server.url(server.maintenance), "select rolname from pg_roles")}


@contextmanager
def role(server: ScratchServer, name: str, rights: str) -> Iterator[str]:
    """The URL of the server for a new role with those rights."""
    ask(server.url("postgres"), f"create role {ident(name)} login {rights}")
    try:
        yield server.url("postgres").replace("postgres@", f"{name}@")
    finally:
        for statement in (f"drop owned by {ident(name)}", f"drop role {ident(name)}"):
            ask(server.url("postgres"), statement)


def test_database_is_empty_utf8_and_gone_afterwards(server: ScratchServer) -> None:
    with server.database() as url:
        (row,) = ask(url, "select current_database(), current_setting('server_encoding'), current_user")
        assert row[1:] == ("UTF8", "postgres")
        assert databases(server) == {row[0]}
        assert ask(url, "select from pg_class where relnamespace = 'public'::regnamespace") == []
    assert databases(server) == set()


def test_database_is_dropped_on_error_and_with_connections(server: ScratchServer) -> None:
    held = []

    def fail() -> None:
        with server.database() as url:
            held.append(psycopg.connect(url))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert databases(server) == set()
    with pytest.raises(psycopg.OperationalError):
        held[0].execute("select 1")
    held[0].close()


def test_copy_of_a_database(server: ScratchServer) -> None:
    with server.database() as first:
        ask(first, "create table t as select 1 as a")
        (name,) = databases(server)
        with server.database(template=str(name)) as second:
            assert ask(second, "select a from t") == [(1,)]
            ask(second, "drop table t")
        assert ask(first, "select a from t") == [(1,)]


def test_copy_of_a_database_in_use_says_so(server: ScratchServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schemadiff.scratch.server.CLONE_SECONDS", 0.0)
    with server.database() as first, psycopg.connect(first):
        (name,) = databases(server)
        with pytest.raises(ScratchError, match="stays connected"), server.database(template=str(name)):
            pass
    assert databases(server) == set()


def test_database_with_a_subscription_and_a_slot_is_dropped(server: ScratchServer) -> None:
    with server.database() as url:
        ask(
            url,
            """create subscription "S 1" connection 'host=nowhere.invalid' publication p
            with (connect = false)""",
        )
        ask(url, "select pg_create_logical_replication_slot('sd_slot', 'pgoutput')")
    assert databases(server) == set()


def test_many_databases_at_once(server: ScratchServer) -> None:
    def once(_: int) -> object:
        with server.database() as url:
            return ask(url, "select current_database()")[0][0]

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(once, range(18)))) == 18
    assert databases(server) == set()


@pytest.mark.parametrize("name", ["sd_1_0123456789abcdef", "sd_", "postgres", "sd_production", "SD_1_00"])
def test_names_that_are_not_ours(name: str) -> None:
    assert not is_database_name(name)


def test_names_are_ours_and_unique() -> None:
    names = {database_name(4_194_304) for _ in range(100)}
    assert len(names) == 100
    assert all(is_database_name(name) and len(name) < 64 for name in names)


def test_url_quotes_any_name(server: ScratchServer) -> None:
    name = "Ünï c?o#d/e%\"'"
    ask(server.url("postgres"), f"create database {ident(name)}")
    try:
        assert ask(server.url(name), "select current_database()") == [(name,)]
    finally:
        ask(server.url("postgres"), f"drop database {ident(name)} with (force)")


def test_ensure_roles_creates_what_is_missing(server: ScratchServer) -> None:
    names = {"role one", 'Role"Two', "Rôle", "r" * 63}
    server.ensure_roles([*names, "public", "none", "pg_read_all_data", "pg_of_a_later_major"])
    server.ensure_roles(names)
    assert names <= roles(server)
    assert not {"public", "none", "pg_of_a_later_major"} & roles(server)
    logins = ask(server.url("postgres"), "select rolcanlogin from pg_roles where rolname = 'role one'")
    assert logins == [(False,)]


def test_ensure_roles_at_the_same_time(server: ScratchServer) -> None:
    names = [f"race {number}" for number in range(30)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(server.ensure_roles, [names] * 4)) == [None] * 4
    assert set(names) <= roles(server)


def test_sessions_become_one_role_at_the_same_time(server: ScratchServer) -> None:
    """The role is the server's: eight sessions would change its one row."""
    begin = Barrier(8)

    def become(number: int) -> set[object]:
        with connect(server.url("postgres")) as connection:
            seen = set()
            for turn in range(20):
                begin.wait()
                if number == 0:
                    connection.execute(f'create role "becoming {turn}"'.encode())
                begin.wait()
                server.become(connection, f"becoming {turn}")
                seen.add(
                    connection.execute("select current_setting('is_superuser'), session_user").fetchone()
                )
                connection.execute("reset session authorization")
            return seen

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(become, range(8)))
    assert found == [{("on", f"becoming {turn}") for turn in range(20)}] * 8


def tablespaces(server: ScratchServer, *names: str) -> set[object]:
    query = "select spcname from pg_tablespace where spcname = any (%s)"
    return {name for (name,) in ask(server.url("postgres"), query, list(names))}


def test_ensure_tablespaces_creates_what_is_missing(server: ScratchServer) -> None:
    names = ["sd_place", 'Sd "place"\'s \\ é']
    assert server.lacking_tablespaces([*names, "pg_default"]) == sorted(names)
    server.ensure_tablespaces([*names, "pg_default", "pg_of_a_later_major"])
    server.ensure_tablespaces(names)
    assert tablespaces(server, *names) == set(names)
    with server.database() as url:
        for name in names:
            ask(url, f"create table t (a int) tablespace {ident(name)}")
            ask(url, "insert into t values (1)")
            ask(url, "drop table t")
    query = "select pg_tablespace_location(oid) from pg_tablespace where spcname = any (%s)"
    for (place,) in ask(server.url("postgres"), query, names):
        assert Path(str(place)).stat().st_mode & 0o777 == 0o700
    for name in names:
        ask(server.url("postgres"), f"drop tablespace {ident(name)}")


def test_ensure_tablespaces_at_the_same_time(server: ScratchServer) -> None:
    names = [f"sd_place_{n}" for n in range(4)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(server.ensure_tablespaces, [names] * 4)) == [None] * 4
    assert tablespaces(server, *names) == set(names)


def test_given_server_gets_no_tablespaces(server: ScratchServer) -> None:
    with scratch_server(server.url("postgres")) as given:
        assert given.lacking_tablespaces(["sd nowhere"]) == ["sd nowhere"]
        with pytest.raises(ScratchError, match='no tablespace "sd nowhere"'):
            given.ensure_tablespaces(["pg_default", "sd nowhere"])
        assert given.lacking_tablespaces(["sd nowhere"]) == ["sd nowhere"]


def test_has_extension(server: ScratchServer) -> None:
    assert server.has_extension("plpgsql")
    assert not server.has_extension("no such extension")


def test_given_server(server: ScratchServer) -> None:
    with scratch_server(server.url("postgres")) as given:
        assert given.version == server.version
        assert given.major == server.version // 10_000
        with given.database() as url:
            assert databases(server) == {ask(url, "select current_database()")[0][0]}
    assert databases(server) == set()


@pytest.mark.parametrize("scheme", ["postgres://", "postgresql://"])
def test_given_server_with_the_database_in_the_query(server: ScratchServer, scheme: str) -> None:
    url = server.url("").replace("postgresql://", scheme) + "&dbname=template1"
    with scratch_server(url) as given, given.database() as fresh:
        assert is_database_name(str(ask(fresh, "select current_database()")[0][0]))


def test_given_server_without_createdb(server: ScratchServer) -> None:
    with (
        role(server, "sd_plain", "") as url,
        pytest.raises(ScratchError, match='alter role "sd_plain" createdb'),
        scratch_server(url),
    ):
        pass


def test_given_server_without_createrole(server: ScratchServer) -> None:
    with role(server, "sd_creator", "createdb") as url, scratch_server(url) as given:
        with given.database() as fresh:
            assert ask(fresh, "select current_user") == [("sd_creator",)]
        with pytest.raises(ScratchError, match=r"'sd_wanted'.*createrole"):
            given.ensure_roles(["sd_wanted"])


def test_given_server_gives_objects_to_the_roles_it_creates(server: ScratchServer) -> None:
    with role(server, "sd_maker", "createdb createrole") as url, scratch_server(url) as given:
        given.ensure_roles(["sd_owner"])
        with given.database() as fresh:
            ask(fresh, "create schema s; alter schema s owner to sd_owner")
        ask(url, "drop role sd_owner")


def test_given_server_that_is_not_there() -> None:
    url = "postgresql://somebody:secret@127.0.0.1:1/x?connect_timeout=1"
    with pytest.raises(ScratchError, match="cannot be reached") as caught, scratch_server(url):
        pass
    assert "secret" not in str(caught.value)


def test_spec_that_is_nothing() -> None:
    with pytest.raises(ScratchError, match="neither"), scratch_server("/no/such/folder"):
        pass


def test_left_behind_databases_are_dropped_and_no_others(server: ScratchServer) -> None:
    left, kept, foreign = database_name(1), database_name(2), "sd_2_production"
    for name in (left, kept, foreign):
        ask(server.url("postgres"), f"create database {ident(name)}")
    # The owner may have come through another database: its lock counts all the same.
    with connect(server.url("template1")) as owner:
        owner.execute("select pg_advisory_lock_shared(%s, %s)", (LOCK_CLASS, lock_key(kept)))
        with scratch_server(server.url("postgres")):
            assert databases(server) == {kept}
    ask(server.url("postgres"), f"drop database {ident(kept)} with (force)")
    ask(server.url("postgres"), f"drop database {foreign}")
