"""What a source says of its database itself, and labels of a provider that no scratch server has."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

import schemadiff
from schemadiff.catalog import read_from
from schemadiff.errors import LoadError
from schemadiff.model import Id
from schemadiff.script.labels import parsed

LABELLED = """
    create schema "S x";
    create table "S x".t (id int, "C" text);
    comment on column "S x".t."C" is 'stays';
    create function f(int, text) returns int language sql as 'select 1';
"""
OLD = """
    security label for anon on column "S x".t."C" is 'MASKED WITH ''100%'' is';
    security label for 'Other one' on function f is E'it\\'s';
    security label for anon on table "S x".t is 'first';
    security label for anon on table "S x".t is null;
"""
NEW = """security label for anon on column "S x".t."C" is 'else';"""


def labels(path: str) -> dict[tuple[str, ...], str]:
    found = schemadiff.read(path).of_kind("security_label")
    return {fact.id.path: getattr(fact, "label", "") for fact in found}


def test_labels_without_their_provider(tmp_path: Path) -> None:
    old, new = tmp_path / "old.sql", tmp_path / "new.sql"
    old.write_text(LABELLED + OLD)
    new.write_text(LABELLED + NEW)
    assert labels(str(old)) == {
        ("column", "S x", "t", "C", "anon"): "MASKED WITH '100%' is",
        ("function", "public", "f", "integer, text", "Other one"): "it's",
    }
    comment = schemadiff.read(str(old)).facts[Id("comment", ("column", "S x", "t", "C"))]
    assert getattr(comment, "text", "") == "stays"
    plan = schemadiff.plan(str(old), str(new))
    assert plan.proof is not None
    assert [note.partition(":")[0] for note in plan.notes if "provider" in note] == [
        "the scratch server lacks the security label provider Other one",
        "the scratch server lacks the security label provider anon",
    ]


@pytest.mark.parametrize(
    "label", ["security label for x on table nowhere is 'y'", "security label on table t is 'y'"]
)
def test_labels_that_fail_all_the_same(tmp_path: Path, label: str) -> None:
    file = tmp_path / "schema.sql"
    file.write_text(f"create table t (id int);\n{label};")
    with pytest.raises(LoadError, match="2"):
        schemadiff.read(str(file))


def test_other_statements_are_no_labels() -> None:
    assert parsed("comment on table t is 'x'") is None
    assert parsed("security label for x on table t") is None
    assert parsed("security label for x on table t is") is None


def test_settings_of_the_database_by_any_name(tmp_path: Path, database: str) -> None:
    file = tmp_path / "schema.sql"
    file.write_text(
        """create table t (id int);
        ALTER DATABASE "it's name" SET session_preload_libraries = 'no_such_library', "b";
        alter database x set work_mem to '64MB';
        alter role reader in database x set statement_timeout = '5s';
        alter database x owner to nobody_at_all;"""
    )
    assert {
        f.id.path: getattr(f, "value", "") for f in schemadiff.read(str(file)).of_kind("database_setting")
    } == {
        ("", "session_preload_libraries"): "no_such_library, b",
        ("", "work_mem"): "64MB",
        ("reader", "statement_timeout"): "5s",
    }


def test_settings_that_a_target_does_not_name_are_left_alone(tmp_path: Path, database: str) -> None:
    with psycopg.connect(database, autocommit=True) as session:
        session.execute(
            "do $$begin execute format('alter database %I set work_mem = ''1MB''', current_database()); end$$"
        )
        assert any(read_from(session).of_kind("database_setting"))
    file = tmp_path / "schema.sql"
    file.write_text("create table t (id int)")
    assert [s.id.kind for s in schemadiff.plan(database, str(file)).forward.steps] == ["table"]
