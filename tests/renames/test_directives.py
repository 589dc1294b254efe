"""Directives that say nothing, fit nothing, or are done: what is an error with its line, and what is silent."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

import schemadiff
from schemadiff import Plan
from schemadiff._scope import Scope
from schemadiff.catalog import from_json, to_json
from schemadiff.errors import LoadError, PlanError
from schemadiff.kinds import kinds
from schemadiff.model import Id, Rename
from schemadiff.sources import Reader, source

USERS = "create table users (id integer primary key, mail text);"
RENAMED = """
-- schemadiff: renamed from users
create table people (
    id integer constraint users_pkey primary key,
    -- schemadiff: renamed from mail
    email text
);
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "schema.sql"


def planned(url: str, file: Path, old: str, new: str) -> Plan:
    """The plan of a database that holds ``old`` to a file with ``new``."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(old.encode())
    file.write_text(new, encoding="utf-8")
    return schemadiff.plan(url, str(file), prove=False)


SAYS_NOTHING = {
    "unknown words": ("-- schemadiff: rename from a\ncreate table t ();", 1, "is no directive"),
    "no name": ("\n-- schemadiff: renamed from\ncreate table t ();", 2, "is no directive"),
    "two names": ("-- schemadiff: renamed from a b\ncreate table t ();", 1, "is no directive"),
    "a quote that stays open": ('-- schemadiff: renamed from "a\ncreate table t ();', 1, "is no directive"),
    "labels without quotes": ("-- schemadiff: map a to b\ncreate type e as enum ('b');", 1, "is no directive"),
    "above nothing": ("create table t ();\n\n-- schemadiff: renamed from a\n", 3, "stands above nothing"),
    "above what makes nothing": (
        "create table t ();\n-- schemadiff: renamed from a\ngrant select on t to public;", 2, "stands above nothing",
    ),
    "above rows": ("create table t ();\n-- schemadiff: renamed from a\ninsert into t default values;", 2, "nothing"),
    "above what has no name": (
        "create function f(integer) returns point language sql immutable return point(1, 1);\n"
        "-- schemadiff: renamed from a\ncreate cast (integer as point) with function f(integer);",
        2,
        "stands above nothing",
    ),
    "above the end of a table": ("create table t (a integer\n-- schemadiff: renamed from b\n);", 2, "no column"),
    "above a key of the table": (
        "create table t (a integer,\n-- schemadiff: renamed from b\nprimary key (a));", 2, "called primary",
    ),
    "in a view": ("create view v as select\n-- schemadiff: renamed from b\n1 as a;", 2, "no column"),
    "its own name": ("-- schemadiff: renamed from t\ncreate table t ();", 1, "is called t now"),
    "a label that stays": ("-- schemadiff: map 'a' to 'b'\ncreate type e as enum ('a', 'b');", 1, "still has"),
    "a label that is not": ("-- schemadiff: map 'a' to 'c'\ncreate type e as enum ('b');", 1, "has no label 'c'"),
    "a map above a table": ("-- schemadiff: map 'a' to 'c'\ncreate table t ();", 1, "one enum"),
}  # fmt: skip


@pytest.mark.parametrize("name", SAYS_NOTHING)
def test_what_says_nothing_names_its_line(name: str, file: Path) -> None:
    text, line, said = SAYS_NOTHING[name]
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LoadError, match=said) as caught:
        schemadiff.read(str(file))
    assert (caught.value.file, caught.value.line) == (str(file), line)
    assert str(caught.value).startswith(f"{file}:{line}: ")


FITS_NOTHING = {
    "a column": (USERS, "create table users (id integer primary key,\n-- schemadiff: renamed from mial\nemail text);", 2),
    "a table": (USERS, "-- schemadiff: renamed from usres\ncreate table people (id integer primary key, mail text);", 1),
    "a label": ("create type e as enum ('a');", "create type e as enum (\n-- schemadiff: renamed from A\n'b');", 2),
    "a column of a renamed table": (USERS, RENAMED.replace("from mail", "from male"), 5),
}  # fmt: skip


@pytest.mark.parametrize("name", FITS_NOTHING)
def test_what_fits_nothing_names_its_line(name: str, database: str, file: Path) -> None:
    old, new, line = FITS_NOTHING[name]
    with pytest.raises(PlanError, match="the database has neither") as caught:
        planned(database, file, old, new)
    assert str(caught.value).startswith(f"{file}:{line}: ")


def test_where_both_names_are_in_use_nothing_is_guessed(database: str, file: Path) -> None:
    with pytest.raises(PlanError, match="the database has both users and people") as caught:
        planned(database, file, f"{USERS} create table people (id integer);", RENAMED)
    assert str(caught.value).startswith(f"{file}:2: ")


def test_what_postgresql_refuses_names_its_line(database: str, file: Path) -> None:
    old = "create table a (x integer); create table b (x integer); create table c () inherits (a, b);"
    new = (
        "create table a (\n-- schemadiff: renamed from x\ny integer);\n"
        "create table b (\n-- schemadiff: renamed from x\ny integer); create table c () inherits (a, b);"
    )
    with pytest.raises(PlanError, match="cannot rename inherited column") as caught:
        planned(database, file, old, new)
    assert str(caught.value).startswith(f"{file}:2: ")


@pytest.mark.parametrize("old", ["select 1", "create schema app"])
def test_a_new_database_is_made_as_the_file_says(old: str, database: str, file: Path) -> None:
    plan = planned(database, file, old, "create schema if not exists app;" + RENAMED)
    assert not plan.renamed
    assert {s.verb for s in plan.forward.steps} == {"create"}


def test_a_new_table_may_keep_what_its_columns_were_called(database: str, file: Path) -> None:
    new = "create table other (id integer); create table t (id integer,\n-- schemadiff: renamed from x\ny integer);"
    plan = planned(database, file, "create table other (id integer);", new)
    assert [s.verb for s in plan.forward.steps] == ["create"]


def test_what_is_done_is_silent(database: str, file: Path) -> None:
    new = RENAMED.replace("-- schemadiff", "--")
    assert planned(database, file, new, RENAMED).empty
    assert schemadiff.check(database, str(file)).in_sync


def test_a_database_that_lags_has_drifted(database: str, file: Path) -> None:
    planned(database, file, USERS, RENAMED)
    found = schemadiff.check(database, str(file))
    assert not found.in_sync


def test_what_overloads_a_name_is_told_apart(database: str, file: Path) -> None:
    old = "create function f(a integer, b text default '(') returns integer language sql return 1;"
    old += "create function f(a text) returns integer language sql return 2;"
    new = old.replace(
        "create function f(a integer", '\n-- schemadiff: renamed from f\ncreate function "F"(a integer'
    )
    plan = planned(database, file, old, new)
    assert [s.verb for s in plan.forward.steps] == ["rename"]
    ((_, name, arguments),) = (r.id.path for r in plan.renamed)
    assert (name, "integer" in arguments) == ("f", True)


def test_owner_and_privileges_that_the_file_leaves_open_are_kept(database: str, file: Path) -> None:
    old = f"{USERS} grant select on users to public; grant update (mail) on users to public;"
    plan = planned(database, file, old, RENAMED)
    assert not {s.verb for s in plan.forward.steps} & {"create", "drop"}
    assert not {s.id.kind for s in plan.forward.steps} & {"owner", "privilege"}


def test_directives_survive_the_cache_and_a_snapshot(file: Path) -> None:
    file.write_text(RENAMED + "-- schemadiff: map 'a' to 'b'\ncreate type e as enum ('b');", encoding="utf-8")
    first, second = (Reader().read(source(str(file))) for _ in range(2))
    wanted = (
        Rename(Id("table", ("public", "people")), "users", str(file), 2),
        Rename(Id("column", ("public", "people", "email")), "mail", str(file), 5),
    )
    assert first.renames == second.renames == from_json(to_json(first)).renames == wanted
    (label,) = first.label_maps
    assert second.label_maps == from_json(to_json(first)).label_maps == (label,)
    assert (label.old, label.new, label.line) == ("a", "b", 8)


def test_a_snapshot_renames_too(database: str, file: Path, tmp_path: Path) -> None:
    file.write_text(RENAMED, encoding="utf-8")
    snapshot = tmp_path / "made.json"
    snapshot.write_text(to_json(schemadiff.read(str(file))), encoding="utf-8")
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(USERS.encode())
    plan = schemadiff.plan(database, str(snapshot))
    assert [r.new for r in plan.renamed] == ["people", "email"]


def test_applied_and_reverted(database: str, file: Path) -> None:
    planned(database, file, USERS + "insert into users values (1, 'a');", RENAMED)
    schemadiff.apply(database, str(file))
    assert schemadiff.check(database, str(file)).in_sync
    schemadiff.revert(database, allow=["DELETES_DATA"])
    with psycopg.connect(database, autocommit=True) as connection:
        assert connection.execute("select id, mail from users").fetchall() == [(1, "a")]


def test_a_plan_is_a_file_with_its_renames(database: str, file: Path) -> None:
    plan = planned(database, file, USERS, RENAMED)
    assert Plan.from_json(plan.to_json()) == plan
    back = plan.reversed()
    assert {(r.id.kind, r.id.path[-1], r.new) for r in back.renamed} == {
        ("table", "people", "users"),
        ("column", "email", "mail"),
    }
    assert back.reversed().forward.steps == plan.forward.steps


def test_swapped_twice_is_swapped_back_by_nobody(database: str, file: Path) -> None:
    """Of two that swap their names the database shows which have done so."""
    new = "create table t (a integer,\n-- schemadiff: renamed from c\nb text,\n-- schemadiff: renamed from b\nc integer);"
    plan = planned(database, file, "create table t (a integer, b integer, c text);", new)
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(plan.forward.sql.encode())
    assert schemadiff.plan(database, str(file), prove=False).empty


def test_what_the_scope_leaves_out_is_not_renamed(database: str, file: Path) -> None:
    new = "create schema s; create table s.t (a integer);\n-- schemadiff: renamed from users\ncreate table people ();"
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(b"create schema s; create table users ()")
    file.write_text(new, encoding="utf-8")
    plan = schemadiff.plan(database, str(file), scope=Scope(schemas=("s",)))
    assert not plan.renamed
    assert {s.id.path[0] for s in plan.forward.steps if s.id.kind == "table"} == {"s"}


def test_an_invalid_index_is_still_known_as_one(database: str, file: Path) -> None:
    """A clone's indexes are valid; that one is not must not be lost on the way through it."""
    old = "create schema a; create table a.users (id integer, mail text); create index users_mail on a.users (mail);"
    new = (
        "-- schemadiff: renamed from a\ncreate schema b;\n-- schemadiff: renamed from users\n"
        "create table b.people (id integer, mail text); create index people_mail on b.people (mail);"
    )
    invalid = "update pg_index set indisvalid = false where indexrelid = 'a.users_mail'::regclass;"
    plan = planned(database, file, old + invalid, new)
    assert [r.new for r in plan.renamed] == ["b", "people", "people_mail"]
    assert {s.id for s in plan.forward.steps if s.verb != "rename"} == {Id("index", ("b", "people_mail"))}


def test_one_statement_may_make_several_things(file: Path) -> None:
    file.write_text(
        "-- schemadiff: renamed from a\ncreate schema s create table t (id serial) create view v as select 1;"
    )
    assert [r.id for r in schemadiff.read(str(file)).renames] == [Id("schema", ("s",))]


def test_every_kind_says_why_it_keeps_its_name() -> None:
    assert [k.name for k in kinds().values() if k.keeps_name and k.rename] == []
