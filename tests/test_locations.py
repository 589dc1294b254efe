"""Where in its files an object stands."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from schemadiff import _cache, scratch
from schemadiff.errors import LoadError
from schemadiff.model import Id
from schemadiff.script import Location
from schemadiff.sources import Reader, source

SCHEMA = """\
create table course (
    id integer primary key,
    "Q,(x" text default 'create table x (',
    value integer not null,
    constraint above_zero check (value > 0)
);
begin;
alter table course
    add column late date,
    add constraint not_late check (late > '2020-01-01');
create index on course (late);
commit;
comment on column course.value is 'create table course';
do $$ begin execute 'create table by_do (a integer)'; end $$;
create schema "Odd ""name";
set search_path = "Odd ""name";
create table Course (ID integer);
create function f() returns integer language sql as 'select 1';
alter table Course owner to somebody;
create table whole (a integer) partition by range (a);
create table part partition of whole for values from (0) to (1);
alter table whole add late date;
create temp table gone (a integer);
drop table gone;
create view v as select a from whole;
"""
ODD = 'Odd "name'
EXPECTED = {
    Id("table", ("public", "course")): 1,
    Id("constraint", ("public", "course", "course_pkey")): 1,
    Id("column", ("public", "course", "id")): 2,
    Id("column", ("public", "course", "Q,(x")): 3,
    Id("default", ("public", "course", "Q,(x")): 3,
    Id("not_null", ("public", "course", "value")): 4,
    Id("constraint", ("public", "course", "above_zero")): 5,
    Id("column", ("public", "course", "late")): 9,
    Id("constraint", ("public", "course", "not_late")): 10,
    Id("index", ("public", "course_late_idx")): 11,
    Id("comment", ("column", "public", "course", "value")): 13,
    Id("table", ("public", "by_do")): 14,
    Id("schema", (ODD,)): 15,
    Id("table", (ODD, "course")): 17,
    Id("function", (ODD, "f", "")): 18,
    Id("owner", ("table", ODD, "course")): 19,
    Id("table", (ODD, "part")): 21,
    Id("column", (ODD, "part", "a")): 21,
    Id("column", (ODD, "whole", "late")): 22,
    Id("column", (ODD, "part", "late")): 22,
    Id("view_column", (ODD, "v", "a")): 25,
}


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reader:
    path = _cache._path
    monkeypatch.setattr(_cache, "_path", lambda folder, name: tmp_path / folder / path(folder, name).name)
    monkeypatch.chdir(tmp_path)
    return Reader()


@pytest.mark.parametrize("spec", [None, "sandbox"])
def test_every_object_stands_where_its_statement_does(spec: str | None, tmp_path: Path) -> None:
    path = tmp_path / "schema.sql"
    path.write_text(SCHEMA.replace("alter table Course owner to somebody;\n", "\n") if spec else SCHEMA)
    reader = Reader(spec, cached=False)
    found = reader.locations(source(str(path)))
    expected = {i: line for i, line in EXPECTED.items() if not (spec and i.kind == "owner")}
    assert {i: found[i].line for i in expected if i in found} == expected
    theirs = {i for i in reader.read(source(str(path))).facts if not is_of_every_database(i)}
    assert theirs - found.keys() == set()


def is_of_every_database(i: Id) -> bool:
    return i == Id("schema", ("public",)) or i.path[:2] == ("schema", "public")


def test_an_object_of_an_included_file(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "schema.sql").write_text(
        "create table a (i int);\n\\ir tables/b.sql\ncreate table c (i int);\n"
    )
    (tmp_path / "tables" / "b.sql").write_text("\n\ncreate table b (i int);\n")
    found = reader.locations(source("schema.sql"))
    assert [found[Id("table", ("public", name))] for name in "abc"] == [
        Location("schema.sql", 1),
        Location("tables/b.sql", 3),
        Location("schema.sql", 3),
    ]


def test_an_object_of_a_folder_and_of_a_revision(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "1.sql").write_text("create table a (i int);\n")
    (tmp_path / "parts" / "2.sql").write_text("-- the second\ncreate table b (i int);\n")
    b = Id("table", ("public", "b"))
    assert reader.locations(source("parts"))[b] == Location("parts/2.sql", 2)
    for command in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *command], check=True, cwd=tmp_path)
    assert reader.locations(source("git:HEAD:parts"))[b] == Location("parts/2.sql", 2)


def test_what_is_kept_needs_no_server(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "schema.sql").write_text("create table a (i int);\n")
    found = reader.locations(source("schema.sql"))
    with monkeypatch.context() as patched:
        patched.setattr(scratch, "scratch_server", None)
        assert reader.locations(source("schema.sql")) == found
    (tmp_path / "schema.sql").write_text("\ncreate table a (i int);\n")
    assert reader.locations(source("schema.sql"))[Id("table", ("public", "a"))].line == 2


def test_what_is_read_and_not_compiled_stands_nowhere(reader: Reader) -> None:
    assert reader.locations(source("empty")) == {}


def test_an_error_names_its_line(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "schema.sql").write_text("create table a (i int);\ncreate table b (i nothing);\n")
    with pytest.raises(LoadError, match=r"schema.sql:2: type \"nothing\" does not exist"):
        reader.locations(source("schema.sql"))


def test_a_script_that_says_how_its_transaction_is(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "schema.sql").write_text(
        "begin;\nset transaction isolation level serializable;\ncreate table a (i int);\ncommit;\n"
        "create role plain;\nset role plain;\ncreate schema authorization plain;\nreset role;\ndiscard all;\n"
        "create type b as (i int);\n"
    )
    found = reader.locations(source("schema.sql"))
    assert found[Id("table", ("public", "a"))].line == 3
    assert found[Id("composite_type", ("public", "b"))].line == 10
