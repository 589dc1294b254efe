"""``schemadiff queries``: which of an application's queries break with a plan."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Call, Shop, execute, value

OLD = "create table course (id integer primary key, title text); create table gone (id int);"
NEW = """
create table course (id integer primary key, title text, level int);
create schema app;
create table app.video (id int primary key);
"""


@pytest.fixture
def queries(shop: Shop) -> Path:
    execute(shop.main, "drop table course;" + OLD)
    shop.schema(NEW)
    folder = shop.folder / "queries"
    folder.mkdir()
    return folder


def test_says_which_break_and_where(queries: Path, shop: Shop, call: Call) -> None:
    (queries / "a.sql").write_text(
        "-- name: title\nselect title\nfrom course where id = :id;\n\nselect 1\nfrom gone;\nset work_mem = '8MB';\n"
    )
    (queries / "b.sql").write_text(
        "update course set level = %(level)s where id = %(id)s;\nselect nothing from course where id = ?\n"
    )
    said = call("queries", "queries", shop.main)
    assert said.code == 2, said.err
    lines = said.out.splitlines()
    assert lines[0].endswith("→ schema.sql: 4 queries of 2 files: 1 breaks, 1 fails, 1 works after, 1 holds")
    assert lines[1:5] == [
        'queries/a.sql:6: relation "gone" does not exist',
        "      from gone",
        "           ^",
        "    breaks with the plan, and works again after the reverse",
    ]
    assert 'queries/b.sql:1: column "level" of relation "course" does not exist' in lines
    assert "    works after the plan only" in lines
    assert 'queries/b.sql:2: column "nothing" does not exist' in lines
    assert "    fails before the plan too" in lines
    assert lines[-1] == "left out 1 statement that PostgreSQL looks into only when it runs them"


def test_nothing_breaks(queries: Path, shop: Shop, call: Call) -> None:
    (queries / "a.sql").write_text(
        "select title from course where id = $1; delete from course where title like '%';"
    )
    said = call("queries", "queries", "--target", "main")
    assert said.code == 0, said.err
    assert said.out == "main → schema.sql: 2 queries of 1 file: 2 holds\n".replace(
        "main", said.out.split(" ")[0]
    )


def test_without_a_database_the_target_alone_counts(queries: Path, call: Call) -> None:
    (queries / "a.sql").write_text("select level from course;")
    said = call("queries", "queries")
    assert (said.code, said.out) == (0, "schema.sql: 1 query of 1 file: 1 holds\n")
    (queries / "b.sql").write_text("select * from gone")
    said = call("queries", "queries/b.sql")
    assert said.code == 2
    assert 'b.sql:1: relation "gone" does not exist' in said.out
    assert "    PostgreSQL refuses it" in said.out


def test_the_search_path_of_the_application(queries: Path, shop: Shop, call: Call) -> None:
    (queries / "a.sql").write_text("select id from video;")
    assert call("queries", "queries").code == 2
    assert call("queries", "queries", "--search-path", "app, public").code == 0
    said = call("queries", "queries", shop.main, "--search-path", "app, public")
    assert "1 works after" in said.out


def test_nothing_runs(queries: Path, shop: Shop, call: Call) -> None:
    execute(shop.main, "insert into course values (1, 'Weaving')")
    (queries / "a.sql").write_text(
        "delete from course; insert into gone values (1); drop table gone; select 1 / 0;"
    )
    call("queries", "queries", shop.main)
    assert value(shop.main, "select count(*) from course") == 1
    assert value(shop.main, "select count(*) from gone") == 0


@pytest.mark.parametrize(
    "text",
    [
        "select :title, title from course where id = :id",
        "select title from course where %(x)s is null or title like '%%' || %(x)s",
        "select title from course where id in (%s, %s)",
        "select title from course where id = :x or title = :x",
        "select lower(:x) from course where :y is null group by lower(:x)",
        "select title from course where id = @id and title = @title",
        "select title from course where id=? and title = ?",
        "select '{}'::jsonb ? 'a' from course",
        "select (array[1, 2, 3])[1:id] from course",
        "select @ id from course",
        "(select title from course) union values (:a)",
        "with x as (select 1) select * from x",
        "declare c cursor for select title from course",
    ],
)
def test_the_parameters_of_many_tools(queries: Path, call: Call, text: str) -> None:
    (queries / "a.sql").write_text(text)
    said = call("queries", "queries")
    assert (said.code, "1 holds" in said.out) == (0, True), said.out + said.err


def test_json(queries: Path, shop: Shop, call: Call) -> None:
    (queries / "a.sql").write_text("select 1;\nselect * from gone;")
    said = call("queries", "queries", shop.main, "--format", "json")
    body = json.loads(said.out)
    assert (said.code, body["format"], body["breaks"], body["files"]) == (2, 1, True, 1)
    first, second = body["queries"]
    assert (first["verdict"], first["refusals"]) == ("holds", {})
    assert (second["file"], second["line"], second["verdict"]) == ("queries/a.sql", 2, "breaks")
    assert list(second["refusals"]) == ["after"]


def test_what_is_no_query(queries: Path, shop: Shop, call: Call) -> None:
    assert "no query in it" in call("queries", "queries").err
    assert call("queries", "nowhere").code == 64
    assert "queries are read from a .sql file" in call("queries", shop.main).err
    (queries / "a.sql").write_text("select (1;")
    said = call("queries", "queries")
    assert (said.code, "queries/a.sql:1" in said.err) == (1, True)
    assert call("queries", "queries", shop.main, "--target", "main").code == 64


def test_a_renamed_column(queries: Path, shop: Shop, call: Call) -> None:
    shop.schema(
        "create table course (id integer primary key,\n-- schemadiff: renamed from title\nname text); create table gone (id int);"
    )
    (queries / "a.sql").write_text("select title from course;\nselect name from course where id = :id;")
    said = call("queries", "queries", shop.main)
    assert said.code == 2, said.err
    assert "1 breaks, 1 works after" in said.out
