"""Bad input: the class of each error, with its exit code, and what its message says to do."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from support.passwords import PASSWORD, password_server, with_password

import schemadiff
from schemadiff.errors import (
    ConnectError,
    LoadError,
    SchemadiffError,
    SourceError,
    UnsupportedServer,
    UsageError,
)


def refused(source: str, kind: type[SchemadiffError], code: int = 1) -> str:
    """The message that reading a source fails with."""
    with pytest.raises(kind) as caught:
        schemadiff.read(source)
    assert type(caught.value) is kind
    assert caught.value.exit_code == code
    return str(caught.value)


@pytest.mark.parametrize("name", ["missing.sql", "missing/", "missing.json"])
def test_no_such_file(name: str, tmp_path: Path) -> None:
    message = refused(str(tmp_path / name), SourceError)
    assert message.startswith(str(tmp_path / name.rstrip("/")))
    assert "no such file" in message.lower()


def test_no_source_at_all() -> None:
    assert "give a database URL, a .sql file" in refused("no source", UsageError, 64)


@pytest.mark.parametrize("text", ["", "\n\n", "-- only a comment\n", "/* the same */"])
def test_empty_file(text: str, tmp_path: Path, database: str) -> None:
    file = tmp_path / "schema.sql"
    file.write_text(text)
    with pytest.raises(UsageError, match=r"schema\.sql: no statement in it"):
        schemadiff.read(str(file))
    with pytest.raises(UsageError, match="no statement in it"):
        schemadiff.plan(database, str(file))


def test_syntax_error_has_file_line_and_statement(tmp_path: Path) -> None:
    file = tmp_path / "schema.sql"
    file.write_text("create table a ();\n\ncreate table b (\n    x int,\n    y itn nul\n);\n")
    with pytest.raises(LoadError) as caught:
        schemadiff.read(str(file))
    assert (Path(caught.value.file).name, caught.value.line) == ("schema.sql", 5)
    assert 'syntax error at or near "nul"' in str(caught.value)
    assert "schema.sql:5" in str(caught.value)
    assert caught.value.exit_code == 1


def test_unreachable_server() -> None:
    with socket.socket() as taken:  # bound and not listening: refused, and nobody else gets the port
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        message = refused(f"postgresql://someone:hidden@127.0.0.1:{port}/db", ConnectError)
    assert message.startswith(f"postgresql://someone@127.0.0.1:{port}/db: cannot connect: ")
    assert "refused" in message
    assert "hidden" not in message


def test_missing_database(database: str) -> None:
    message = refused(psycopg.conninfo.make_conninfo(database, dbname="no_such_db"), ConnectError)
    assert 'database "no_such_db" does not exist' in message


@pytest.fixture(scope="module")
def guarded() -> Iterator[str]:
    with password_server() as server:
        yield server


def test_password(guarded: str) -> None:
    schemadiff.read(with_password(guarded, PASSWORD))
    message = refused(with_password(guarded, "secret"), ConnectError)
    assert 'password authentication failed for user "postgres"' in message
    assert "secret" not in message


def test_missing_password(guarded: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSFILE", "/nonexistent")
    monkeypatch.delenv("PGPASSWORD", raising=False)
    assert "no password supplied" in refused(guarded, ConnectError)


def test_no_password_in_what_is_written_down(guarded: str) -> None:
    url = with_password(guarded, PASSWORD)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("create table t ()")
        plan = schemadiff.plan(url, "empty", prove=False)
        schemadiff.apply(url, plan=plan, allow=["DELETES_DATA"])
        kept = connection.execute("select string_agg(h::text, '') from schemadiff.history h").fetchone()
    for text in (plan.to_json(), plan.forward.sql, plan.reverse.sql, str(kept)):
        assert "staple" not in text


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:hid/den@127.0.0.1/db",
        "postgresql://u:hid@den@127.0.0.1/db",
        "postgresql://u:hid%zden@127.0.0.1/db",
        "postgresql://u:hid:den@127.0.0.1:x/db",
        "postgresql://u@127.0.0.1/db?pasword=hidden",
    ],
)
def test_a_url_that_cannot_be_read_shows_nothing_of_itself(url: str) -> None:
    message = refused(url, ConnectError)
    assert "cannot be read" in message
    assert "hid" not in message
    assert "den" not in message


@pytest.fixture
def role(database: str) -> Iterator[str]:
    name = "role_" + os.urandom(6).hex()
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(f"create role {name} login".encode())
        yield name
        connection.execute(f"drop owned by {name}".encode())
        connection.execute(f"drop role {name}".encode())


def test_a_role_without_any_right_reads_all_the_same(database: str, role: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("""
            create schema hidden; revoke all on schema hidden, public from public;
            create table hidden.t (id serial primary key, x int check (x > 0));
            create view hidden.v as select * from hidden.t;
            create function hidden.f(x int) returns int language sql return x;
            create policy p on hidden.t using (hidden.f(x) > 0);
            create foreign data wrapper w; create server s foreign data wrapper w;
            create user mapping for public server s
        """)
    theirs = schemadiff.read(psycopg.conninfo.make_conninfo(database, user=role))
    ours = schemadiff.read(database)
    assert (theirs.facts, theirs.unmodelled) == (ours.facts, ours.unmodelled)


def test_a_role_without_rights_on_a_catalog(database: str, role: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("revoke select on pg_catalog.pg_policy from public")
    message = refused(psycopg.conninfo.make_conninfo(database, user=role), SourceError)
    assert f"role {role} may not read the catalog: permission denied for table pg_policy" in message
    assert "read as another role" in message


def test_a_role_that_may_not_connect(database: str, role: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(
            "do $$ begin execute format('revoke connect on database %I from public', current_database()); end $$"
        )
    assert "permission denied for database" in refused(
        psycopg.conninfo.make_conninfo(database, user=role), ConnectError
    )


def test_a_server_that_is_too_old(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("psycopg.ConnectionInfo.server_version", 130014)
    message = refused(database, UnsupportedServer)
    assert message.endswith("the server is PostgreSQL 13; 14 is the oldest supported")
