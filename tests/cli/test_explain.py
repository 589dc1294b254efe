"""``schemadiff explain``: which object is meant, what it hangs together with, and what a plan does to it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Call, Shop, execute

SCHEMA = """
create schema app;
create type level as enum ('easy', 'hard');
create table course (id int primary key, title text not null, level level default 'easy');
comment on column course.title is 'Shown everywhere';
create table app.course (id int primary key);
create index by_title on course (title);
create function f(integer) returns int language sql return 1;
create function f(text, level) returns int language sql return 1;
create view titles as select title from course;
create view upper_titles as select upper(title) as title from titles;
create table "Odd.Na\x1bme" ("C""ol" int references course (id));
"""


@pytest.fixture(autouse=True)
def schema(folder: Path) -> Path:
    path = folder / "schema.sql"
    path.write_text(SCHEMA)
    (folder / "schemadiff.toml").write_text('schema = "schema.sql"\n')
    return path


@pytest.mark.parametrize(
    ("asked", "called"),
    [
        ("course", "table course"),
        ("public.course", "table course"),
        ("app.course", "table app.course"),
        ("Course", "table course"),
        ("course.title", "column course.title"),
        ("default:course.level", "default course.level"),
        ("by_title", "index by_title"),
        ("index:public.by_title", "index by_title"),
        ("f(integer)", "function f(integer)"),
        ("function:public.f.text, public.level", "function f(text, public.level)"),
        ("public.f(text, public.level)", "function f(text, public.level)"),
        ("table:Odd.Na\x1bme", 'table "Odd.Na\\x1bme"'),
        ('"Odd.Na\x1bme"."C""ol"', 'column "Odd.Na\\x1bme"."C""ol"'),
        ("course.course_pkey", "constraint course.course_pkey"),
        ("schema:app", "schema app"),
    ],
)
def test_finds_the_object_that_is_meant(call: Call, asked: str, called: str) -> None:
    said = call("explain", asked)
    assert said.code == 0, said.err
    first = said.out.split("\n")[0]
    assert first == called or first.startswith(called + "  ")
    assert "\x1b" not in said.out


def test_one_that_could_be_several(call: Call) -> None:
    said = call("explain", "f")
    assert said.code == 64
    assert "could be any of function:public.f.integer, function:public.f.text, public.level" in said.err
    assert "give one of these" in said.err
    assert "there is no such object" in call("explain", "nothing").err
    assert "could be any of column:app.course.id, column:public.course.id" in call("explain", "id").err


def test_says_what_hangs_together(call: Call) -> None:
    out = call("explain", "course.title").out
    assert out == (
        "column course.title  text\n"
        "stands   schema.sql:4\n"
        "has      comment  Shown everywhere\n"
        "         not null\n"
        "needed by index by_title, view titles\n"
        "         through these view upper_titles\n"
    )
    assert "schemadiff_loader" not in out
    out = call("explain", "upper_titles").out
    assert "needs    view column titles.title" in out
    assert "through these column course.title" in out


def test_json(call: Call) -> None:
    body = json.loads(call("explain", "course.level", "--format", "json").out)
    assert (body["format"], body["kind"], body["path"]) == (1, "column", ["public", "course", "level"])
    assert body["attributes"]["type"] == "public.level"
    assert [p["name"] for p in body["parts"]] == ["default course.level"]
    assert {"kind": "enum", "path": ["public", "level"], "name": "enum level", "distance": 1} in body["needs"]
    assert body["location"] == {"file": "schema.sql", "line": 4}
    assert body["plan"] is None


def test_which_steps_touch_it_and_why(shop: Shop, call: Call) -> None:
    execute(shop.main, "create view titles as select title from course; create index extra on course (title)")
    shop.schema(
        "create table course (id integer primary key, title varchar(90)); create view titles as select title from course;"
    )
    said = call("explain", "course.title", "--target", "main")
    assert said.code == 0, said.err
    assert "of the plan for main touch it\n" in said.out
    assert "because it changes: type text → character varying(90)" in said.out
    assert "takes ACCESS EXCLUSIVE on it" in said.out
    said = call("explain", "extra", shop.main)
    assert "only the database has it; the target does not" in said.out
    assert "public.extra;\n   because the target does not have it" in said.out
    body = json.loads(call("explain", "titles", shop.main, "--format", "json").out)
    assert {t["verb"] for t in body["plan"]["touches"]} == {"drop", "create"}
    assert all(
        t["because"]["name"] in ("view titles", "column course.title") for t in body["plan"]["touches"]
    )


def test_the_change_of_what_it_needs_is_the_cause(shop: Shop, call: Call) -> None:
    make = "create table course (id integer primary key, n {}); create view v as select n::text as n from course;"
    execute(shop.test, "drop table course; " + make.format("int"))
    shop.schema(make.format("bigint"))
    said = call("explain", "v", shop.test)
    assert said.code == 0, said.err
    assert "because column course.n changes: type integer → bigint" in said.out


def test_nothing_touches_it(shop: Shop, call: Call) -> None:
    shop.schema("create table course (id integer primary key, title text); create table other (id int);")
    said = call("explain", "course.title", "--target", "main")
    assert said.out.endswith("\nno step of 1 of the plan for main touches it\n")
    assert call("explain", "course", shop.main, "--target", "main").code == 64


def test_no_secret_is_shown(shop: Shop, call: Call) -> None:
    server = """
    create extension postgres_fdw;
    create server s foreign data wrapper postgres_fdw;
    create user mapping for public server s options (user 'u', password '{}');
    """
    try:
        execute(shop.main, server.format("OldPass"))
    except Exception as error:
        pytest.skip(f"no postgres_fdw here: {error}")
    shop.schema("create table course (id integer primary key, title text);" + server.format("NewPass"))
    said = call("explain", "user_mapping:s.public", shop.main)
    assert said.code == 0, said.err
    assert "1 step of 1 of the plan" in said.out
    for secret in ("OldPass", "NewPass"):
        assert secret not in said.out + said.err
        assert secret not in call("explain", "user_mapping:s.public", shop.main, "--format", "json").out
