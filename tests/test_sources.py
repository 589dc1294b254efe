"""Every kind of source: what its string means, and the catalog that comes out."""

from __future__ import annotations

import subprocess
from pathlib import Path

import psycopg
import pytest

import schemadiff
from schemadiff import scratch
from schemadiff._compile import LOADER
from schemadiff.catalog import masked, to_json
from schemadiff.errors import SourceError, UsageError
from schemadiff.model import Id
from schemadiff.sources import Reader, source

SCHEMA = "create table t (id integer primary key, name text default 'it''s 100 %');\n"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("postgresql://u@h/d", "database"),
        ("postgres://u@h/d", "database"),
        ("postgresql+psycopg://u@h/d", "database"),
        ("host=/tmp dbname=d", "database"),
        ("service=main", "database"),
        ("git:HEAD~1:schema/schema.sql", "git"),
        ("somewhere/18.json", "snapshot"),
        ("models.base:Base.metadata", "metadata"),
        ("empty", "empty"),
        ("later.sql", "script"),
    ],
)
def test_what_a_string_means(text: str, kind: str) -> None:
    assert source(text).kind == kind


def test_strings_that_mean_nothing() -> None:
    with pytest.raises(UsageError, match="no source"):
        source("nonsense")
    with pytest.raises(UsageError, match="git:REV:PATH"):
        source("git:HEAD")
    with pytest.raises(SourceError, match="no such file"):
        source("no/such/folder")


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:s3cret@h:5/d",
        "host=h user=u password=s3cret dbname=d",
        "postgresql://h/d?user=u&password=s3cret",
    ],
)
def test_a_password_is_never_shown(url: str) -> None:
    assert "s3cret" not in masked(url)
    assert "u@h" in masked(url)


def test_a_file_a_folder_a_revision_and_a_database_hold_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "schema.sql").write_text(SCHEMA)
    folder = tmp_path / "parts"
    folder.mkdir()
    (folder / "10_view.sql").write_text("create view v as select id from t;")
    (folder / "9_table.sql").write_text(SCHEMA)
    for command in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *command], check=True, cwd=tmp_path)
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(SCHEMA)
    assert schemadiff.diff("schema.sql", "git:HEAD:schema.sql") == ()
    assert schemadiff.diff(database, "schema.sql") == ()
    assert {f.id for f in schemadiff.read("parts").of_kind("view")} == {Id("view", ("public", "v"))}


def test_a_snapshot_is_the_catalog_that_was_written(tmp_path: Path) -> None:
    (tmp_path / "schema.sql").write_text(SCHEMA)
    catalog = schemadiff.read(str(tmp_path / "schema.sql"))
    (tmp_path / "18.json").write_text(to_json(catalog))
    assert schemadiff.read(str(tmp_path / "18.json")) == catalog
    (tmp_path / "18.json").write_text(to_json(catalog).replace('"integer"', '"bigint"'))
    with pytest.raises(SourceError, match="edited"):
        schemadiff.read(str(tmp_path / "18.json"))


def test_metadata_of_sqlalchemy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shop_models.py").write_text(
        "from sqlalchemy import Column, Integer, MetaData, Table, Text\n"
        "metadata = MetaData()\n"
        "Table('t', metadata, Column('id', Integer, primary_key=True, autoincrement=False),\n"
        "      Column('name', Text, server_default=\"it's 100 %\"), schema='Odd \"name\"')\n"
    )
    catalog = schemadiff.read("shop_models:metadata")
    default = catalog.facts[Id("default", ('Odd "name"', "t", "name"))]
    assert getattr(default, "expression", "") == "'it''s 100 %'::text"
    with pytest.raises(SourceError, match="nothing_there"):
        schemadiff.read("shop_models:nothing_there")
    with pytest.raises(SourceError, match="no SQLAlchemy MetaData"):
        schemadiff.read("os:sep")


def test_empty_is_a_new_database(database: str) -> None:
    assert schemadiff.diff(database, "empty") == ()
    assert not list(schemadiff.read("empty").of_kind("table"))


def test_what_nobody_named_an_owner_for_stays_open(tmp_path: Path, database: str) -> None:
    (tmp_path / "schema.sql").write_text(SCHEMA + "create view v as select 1; alter view v owner to keeper;")
    catalog = schemadiff.read(str(tmp_path / "schema.sql"))
    assert Id("owner", ("table", "public", "t")) in catalog.open
    assert Id("owner", ("view", "public", "v")) not in catalog.open
    plan = schemadiff.plan(database, str(tmp_path / "schema.sql"))
    assert LOADER not in plan.to_json()
    assert "alter view public.v owner to keeper" in plan.forward.sql


def test_two_files_speak_of_no_loader(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text("create table a (id integer);")
    (tmp_path / "b.sql").write_text("create table b (id integer);")
    plan = schemadiff.plan(str(tmp_path / "a.sql"), str(tmp_path / "b.sql"))
    assert LOADER not in plan.forward.sql + plan.reverse.sql


def test_a_source_that_grants_nothing_leaves_privileges_alone(tmp_path: Path, server, database: str) -> None:  # type: ignore[no-untyped-def]
    server.ensure_roles(["reader"])
    (tmp_path / "schema.sql").write_text(SCHEMA)
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(SCHEMA)
        connection.execute("grant select on t to reader")
    plan = schemadiff.plan(database, str(tmp_path / "schema.sql"))
    assert plan.empty
    assert any("privileges are left alone" in note for note in plan.notes)
    (tmp_path / "schema.sql").write_text(SCHEMA + "grant insert on t to reader;")
    plan = schemadiff.plan(database, str(tmp_path / "schema.sql"))
    assert "revoke SELECT on table public.t from reader" in plan.forward.sql


def test_a_compiled_source_comes_from_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = f"-- {tmp_path}\n{SCHEMA}"  # a file that no earlier run has compiled
    (tmp_path / "schema.sql").write_text(mine)
    wanted = source(str(tmp_path / "schema.sql"))
    first = Reader().read(wanted)

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a scratch server was asked for")

    monkeypatch.setattr(scratch, "scratch_server", refused)
    assert Reader().read(wanted) == first
    (tmp_path / "schema.sql").write_text(mine + "create table u ();")
    with pytest.raises(AssertionError, match="asked for"):
        Reader().read(wanted)


def test_a_kept_catalog_holds_only_while_included_files_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "schema.sql").write_text(f"-- {tmp_path}\n\\i more.sql\n")
    included = tmp_path / "parts" / "more.sql"
    included.write_text("create table one ();")
    wanted = source("parts/schema.sql")

    def tables() -> list[str]:
        return [i.path[1] for i in Reader().read(wanted).facts if i.kind == "table"]

    assert tables() == ["one"]
    included.write_text("create table two ();")
    assert tables() == ["two"]
    (tmp_path / "more.sql").write_text("create table three ();")  # psql looks in the working folder first
    assert tables() == ["three"]
    (tmp_path / "more.sql").unlink()
    assert tables() == ["two"]
