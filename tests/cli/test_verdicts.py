"""A verdict is kept only while nothing that it rests on has changed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

import schemadiff
from schemadiff import _cache, _verdicts, catalog
from schemadiff.catalog._connect import Connection
from schemadiff.scratch import ScratchServer

SCHEMA = "create table t (id int primary key, name text not null); create index on t (name);\n"


@pytest.fixture
def database(apart: str) -> str:
    return apart


@pytest.fixture
def schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = _cache._path
    monkeypatch.setattr(_cache, "_path", lambda folder, name: tmp_path / folder / path(folder, name).name)
    found = tmp_path / "schema.sql"
    found.write_text(SCHEMA)
    return found


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows with each catalog that is read."""
    made: list[str] = []
    read_over = catalog.read_over

    def counted(connection: Connection, url: str) -> schemadiff.Catalog:
        made.append("catalog")
        return read_over(connection, url)

    monkeypatch.setattr(catalog, "read_over", counted)
    return made


def run(url: str, sql: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.encode())


def test_a_database_in_sync_is_compared_once(schema: Path, database: str, reads: list[str]) -> None:
    run(database, SCHEMA)
    first = schemadiff.check(database, str(schema))
    assert first.in_sync
    reads.clear()
    assert schemadiff.check(database, str(schema)) == first
    assert reads == []


@pytest.mark.parametrize(
    "change",
    [
        "alter table t add column more int",
        "alter table t alter column name drop not null",
        "comment on table t is 'said'",
        "drop index t_name_idx",
        "create function f() returns int language sql return 1",
        "grant select on t to public; alter table t enable row level security",
    ],
)
def test_a_change_of_the_database_is_seen(schema: Path, database: str, change: str) -> None:
    run(database, SCHEMA)
    assert schemadiff.check(database, str(schema)).in_sync
    assert schemadiff.check(database, str(schema)).in_sync
    run(database, change)
    assert not schemadiff.check(database, str(schema)).in_sync


def test_a_change_of_a_file_is_seen(schema: Path, database: str) -> None:
    more = schema.with_name("more.sql")
    more.write_text("create view v as select id from t;\n")
    schema.write_text(SCHEMA + "\\ir more.sql\n")
    run(database, SCHEMA + more.read_text())
    assert schemadiff.check(database, str(schema)).in_sync
    more.write_text("create view v as select id, name from t;\n")
    assert not schemadiff.check(database, str(schema)).in_sync
    more.write_text("create view v as select id from t;\n")
    assert schemadiff.check(database, str(schema)).in_sync


def test_a_difference_is_looked_at_every_time(schema: Path, database: str, reads: list[str]) -> None:
    run(database, "create table t (id int)")
    assert not schemadiff.check(database, str(schema)).in_sync
    reads.clear()
    for times in (1, 2):
        assert not schemadiff.check(database, str(schema)).in_sync
        assert len(reads) == times


def test_another_scope_is_another_verdict(schema: Path, database: str, reads: list[str]) -> None:
    run(database, SCHEMA + "create schema extra; create table extra.x (id int)")
    scope = schemadiff.Scope(exclude=("extra",))
    for _ in range(3):
        reads.clear()
        found = schemadiff.check(database, str(schema), scope=scope)
        assert found.in_sync
        assert dict(found.left_out) == {"schemas": 1, "tables": 1}
    assert reads == []
    assert not schemadiff.check(database, str(schema)).in_sync


def test_another_database_of_the_same_answers_is_its_own(schema: Path, server: ScratchServer) -> None:
    with server.database() as one, server.database() as other:
        run(one, SCHEMA)
        assert schemadiff.check(one, str(schema)).in_sync
        found = schemadiff.check(other, str(schema))
        assert not found.in_sync
        assert found.database != schemadiff.check(one, str(schema)).database


def test_a_kept_verdict_that_is_damaged_is_none(schema: Path, database: str, tmp_path: Path) -> None:
    run(database, SCHEMA)
    first = schemadiff.check(database, str(schema))
    (kept,) = (tmp_path / _verdicts.FOLDER).iterdir()
    for text in ("", "{}", "[]", '{"basis": 1}', kept.read_text().replace('"tallies"', '"others"')):
        kept.write_text(text)
        assert schemadiff.check(database, str(schema)) == first


def test_what_changes_while_it_is_read_keeps_no_verdict(
    schema: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Definitions are deparsed as they are when they are asked for, rows are seen as they were before."""
    run(database, SCHEMA)
    read_over = catalog.read_over

    def disturbed(connection: Connection, url: str) -> schemadiff.Catalog:
        found = read_over(connection, url)
        run(database, "alter table t add column more int")
        return found

    with monkeypatch.context() as patched:
        patched.setattr(catalog, "read_over", disturbed)
        assert schemadiff.check(database, str(schema)).in_sync
    run(database, "alter table t drop column more")
    assert not (schema.parent / _verdicts.FOLDER).exists()


LIGHT = """
import sys
from schemadiff.cli import run
code = run(["check", *sys.argv[1:]])
print(*sorted(sys.modules), file=sys.stderr)
sys.exit(code)
"""


def test_a_verdict_that_holds_loads_nothing_that_reads_or_compares(database: str, tmp_path: Path) -> None:
    run(database, SCHEMA)
    schema = tmp_path / "schema.sql"
    schema.write_text(SCHEMA)
    command = [sys.executable, "-c", LIGHT, database, "--to", str(schema)]
    for _ in range(2):
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert "in sync" in done.stdout
    loaded = set(done.stderr.split())
    ours = {name for name in loaded if name.startswith("schemadiff.")}
    assert not {n for n in ours if n.split(".")[1] in ("kinds", "engine", "model", "prove", "_plan", "_pair")}
    assert not ours & {"schemadiff.catalog._ask", "schemadiff.script.lexer", "schemadiff.catalog._packed"}
    assert not {
        n
        for n in ours
        if n in ("schemadiff.scratch.server", "schemadiff.scratch.sandbox", "schemadiff.scratch.cluster")
    }
    assert not loaded & {"migra", "schemainspect", "sqlalchemy", "jinja2", "rich.console", "tomllib"}
    assert "psycopg.pq" in loaded
    assert not loaded & {"psycopg.connection", "psycopg.types", "asyncio.events", "importlib.metadata"}
