"""A large live catalog is kept, and holds only while the database is as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest

import schemadiff
from schemadiff import Catalog, _cache, _compile, _held, _live, _verdicts, catalog
from schemadiff.catalog._connect import Connection
from schemadiff.sources import Reader

SCHEMA = "create table t (id int primary key, name text default 'x'); create view v as select id from t"


@pytest.fixture
def database(apart: str) -> str:
    return apart


@pytest.fixture(autouse=True)
def _apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _cache._path
    monkeypatch.setattr(_cache, "_path", lambda folder, name: tmp_path / folder / path(folder, name).name)
    monkeypatch.setattr(catalog, "is_worth_keeping", lambda _: True)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows with each catalog that is read anew."""
    made: list[str] = []
    read_over = catalog.read_over

    def counted(connection: Connection, url: str) -> Catalog:
        made.append("read")
        return read_over(connection, url)

    monkeypatch.setattr(catalog, "read_over", counted)
    return made


def run(url: str, sql: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.encode())


def test_what_has_not_changed_is_read_once(database: str, reads: list[str]) -> None:
    run(database, SCHEMA)
    first = _live.read(database)
    reads.clear()
    again = _live.read(database)
    assert reads == []
    assert again == first == catalog.read_catalog(database)
    assert set(again.edges) == set(first.edges)
    assert first.server.roles
    assert again.server.roles == first.server.roles


def test_what_has_changed_is_read_anew(database: str, reads: list[str]) -> None:
    run(database, SCHEMA)
    _live.read(database)
    for change in ("comment on view v is 'said'", "alter table t alter name set default 'y'", "drop view v"):
        run(database, change)
        reads.clear()
        assert _live.read(database) == catalog.read_catalog(database)
        assert reads == ["read"]


def test_what_changes_while_it_is_read_is_not_kept(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(database, SCHEMA)
    read_over = catalog.read_over

    def disturbed(connection: Connection, url: str) -> Catalog:
        found = read_over(connection, url)
        run(database, "alter table t add column more int")
        return found

    monkeypatch.setattr(catalog, "read_over", disturbed)
    _live.read(database)
    assert not (tmp_path / _live.FOLDER).exists()


def test_what_comes_and_goes_while_it_is_read_is_not_seen(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The digest before and the one after are the same then."""
    run(database, SCHEMA)
    before, read_over = catalog.read_catalog(database), catalog.read_over

    def disturbed(connection: Connection, url: str) -> Catalog:
        run(database, "create schema meanwhile; create table meanwhile.x (id int)")
        found = read_over(connection, url)
        run(database, "drop schema meanwhile cascade")
        return found

    with monkeypatch.context() as patched:
        patched.setattr(catalog, "read_over", disturbed)
        assert _live.read(database) == before
    assert _live.read(database) == before


def test_a_library_that_is_loaded_meanwhile_changes_nothing(database: str, reads: list[str]) -> None:
    run(database, "create extension isn; create table b (a isbn default '978-0-393-04002-9'::isbn)")
    _live.read(database)
    reads.clear()
    _live.read(database)
    assert reads == []


def test_what_comes_and_goes_while_the_target_is_compiled_is_not_kept(
    database: str, schema: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The target is compiled first; what the database held before is no ground for what is read after."""
    run(database, SCHEMA)
    compiled = Reader.compiled
    monkeypatch.setattr(_cache, "holds", lambda name, files: False)

    def disturbed(reader: Reader, *of: Any) -> Catalog:
        run(database, "alter table t add column meanwhile int")
        return compiled(reader, *of)

    with monkeypatch.context() as patched:
        patched.setattr(Reader, "compiled", disturbed)
        found = schemadiff.diff(database, schema)
        assert any(i.path[-1] == "meanwhile" for i in _live.read(database).facts)
    assert [d.id.path[-1] for d in found if d.id.kind == "column"] == ["meanwhile"]
    run(database, "alter table t drop column meanwhile")
    assert _live.read(database) == catalog.read_catalog(database)


@pytest.fixture
def schema(tmp_path: Path) -> str:
    found = tmp_path / "schema.sql"
    found.write_text(SCHEMA)
    return str(found)


def test_a_check_that_finds_a_difference_keeps_what_it_read(
    database: str, schema: str, reads: list[str]
) -> None:
    """No verdict is kept then; the next check, and whatever else reads the database, begins with its catalog."""
    run(database, SCHEMA + "; create table more (a int)")
    first = schemadiff.check(database, schema)
    assert not first.in_sync
    reads.clear()
    assert schemadiff.check(database, schema) == first
    assert _live.read(database) == catalog.read_catalog(database)
    assert reads == []
    run(database, "drop table more; create table other (a int)")
    second = schemadiff.check(database, schema)
    assert reads == ["read"]
    assert second.differences
    assert all("other" in d.id.path for d in second.differences)


def test_a_verdict_rests_on_what_is_kept(
    database: str, schema: str, tmp_path: Path, reads: list[str]
) -> None:
    run(database, SCHEMA)
    _live.read(database)
    reads.clear()
    assert schemadiff.check(database, schema).in_sync
    assert len(list((tmp_path / _verdicts.FOLDER).iterdir())) == 1
    assert schemadiff.check(database, schema).in_sync
    assert reads == []
    run(database, "drop view v")
    assert not schemadiff.check(database, schema).in_sync


def test_a_check_keeps_nothing_of_what_changes_while_it_is_read(
    database: str, schema: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(database, SCHEMA + "; create table more (a int)")
    read_over = catalog.read_over

    def disturbed(connection: Connection, url: str) -> Catalog:
        found = read_over(connection, url)
        run(database, "alter table more add column b int")
        return found

    with monkeypatch.context() as patched:
        patched.setattr(catalog, "read_over", disturbed)
        assert not schemadiff.check(database, schema).in_sync
    assert not (tmp_path / _live.FOLDER).exists()


def test_without_its_seed_nothing_holds(database: str, schema: str, tmp_path: Path, reads: list[str]) -> None:
    run(database, SCHEMA)
    first = _live.read(database)
    assert schemadiff.check(database, schema).in_sync
    (seed,) = (tmp_path / _held.FOLDER).iterdir()
    shapes = (
        b'[7, "x", 3]',
        b'[7, [["a", "b", true]], "y"]',
        b'[7, [["pg_class", "nowhere", true, true]], "y"]',
    )
    for content in (b"", b"[]", b"true", b"7", *shapes):
        seed.write_bytes(content)
        reads.clear()
        assert _live.read(database) == first
        assert reads == ["read"]
        assert seed.read_bytes() != content
        seed.write_bytes(content)
        assert schemadiff.check(database, schema).in_sync


def test_no_secret_is_kept(database: str, tmp_path: Path) -> None:
    run(
        database,
        "create foreign data wrapper w; create server s foreign data wrapper w options (password 'hush')",
    )
    _live.read(database)
    assert not (tmp_path / _live.FOLDER).exists()


def test_what_is_damaged_is_read_anew(database: str, tmp_path: Path) -> None:
    run(database, SCHEMA)
    first = _live.read(database)
    (kept,) = (tmp_path / _live.FOLDER).iterdir()
    whole = kept.read_bytes()
    for content in (b"", b"[]\n", whole[:-9], whole.partition(b"\n")[0] + b"\nother"):
        kept.write_bytes(content)
        assert _live.read(database) == first


def test_only_the_last_ones_are_kept(tmp_path: Path) -> None:
    for number in range(_live.MOST + 3):
        _cache.write(_live.FOLDER, str(number), b"[]")
        _cache.prune(_live.FOLDER, _live.MOST)
    assert len(list((tmp_path / _live.FOLDER).iterdir())) == _live.MOST
    assert _cache.head(_live.FOLDER, str(_live.MOST + 2)) == b"[]\n"


WIDE = """
    create table "T" (id int primary key, name text not null default 'x', check (id > 0));
    create table heir (more int) inherits ("T");
    create view v as select id, name from heir;
    create function f(a "T") returns int language sql as 'select 1';
    comment on column "T".name is 'its name';
"""


def test_what_is_read_shares_with_what_it_is_like(database: str) -> None:
    run(database, WIDE)
    first = catalog.read_catalog(database)
    run(database, "alter table heir alter more type bigint; comment on column \"T\".name is 'another'")
    alone = catalog.read_catalog(database)
    with catalog.connect(database) as connection:
        found, _ = catalog.read_addressed(connection, first)
    assert found == alone
    assert set(found.edges) == set(alone.edges)
    assert set(found.order) == set(alone.order)
    rows, theirs = found.facts.rows, first.facts.rows
    assert {i for i, row in rows.items() if row is not theirs.get(i)} == {
        i for i, row in rows.items() if row != theirs.get(i)
    }
    names = {i: i for i in theirs}
    assert all(names[i] is i for i in rows)


def test_what_is_kept_shares_with_what_it_is_like(database: str, reads: list[str]) -> None:
    run(database, WIDE)
    first = _live.read(database)
    reads.clear()
    again = _live.read(database, first)
    assert reads == []
    assert all(row is first.facts.rows[i] for i, row in again.facts.rows.items())


def test_a_target_that_is_not_kept_is_compiled_once(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One with a secret never is."""
    secret = tmp_path / "secret.sql"
    secret.write_text(
        "create foreign data wrapper w; create server s foreign data wrapper w options (password 'hidden');"
    )
    made: list[str] = []
    compile_script = _compile.compile_script

    def counted(*of: Any) -> Catalog:
        made.append("compiled")
        return compile_script(*of)

    monkeypatch.setattr(_compile, "compile_script", counted)
    for look in (schemadiff.check, schemadiff.diff):
        made.clear()
        look(database, str(secret))
        assert made == ["compiled"]
