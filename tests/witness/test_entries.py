"""The text of pg_dump as entries that compare."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from support.programs import Programs

from schemadiff import Scope
from schemadiff._scope import EVERYTHING
from schemadiff._witness._compare import Compared, Dump, compared
from schemadiff._witness._entries import entries
from schemadiff._witness._verdict import _is_public
from schemadiff._witness._view import excluded
from schemadiff.model import Id
from schemadiff.scratch import ScratchServer
from schemadiff.scratch.dumps import _without_password

EVIL = """
create function f() returns int language sql as $$select 1;

--
-- Name: evil; Type: TABLE; Schema: public; Owner: x
--

$$;
create table "a
--
-- Name: b; Type: VIEW; Schema: public; Owner: x
--" (id integer);
"""


def dumped(server: ScratchServer, programs: Programs, sql: str) -> Dump:
    with server.database() as url:
        programs.psql(url, sql)
        return Dump(entries(programs.dump(url)), "postgres")


def between(
    server: ScratchServer, programs: Programs, live: str, target: str, scope: Scope = EVERYTHING
) -> Compared:
    return compared(dumped(server, programs, live), dumped(server, programs, target), scope)


def keys(found: Compared) -> Sequence[tuple[str, str]]:
    return [(d.entry.type, d.entry.tag) for d in found.differing]


def test_no_name_and_no_body_makes_an_entry(server: ScratchServer, programs: Programs) -> None:
    found = dumped(server, programs, EVIL).entries
    types = sorted({e.type for e in found})
    assert types == ["FUNCTION", "TABLE"], found
    assert any("evil" in text for e in found for text in e.statements if e.type == "FUNCTION")


@pytest.mark.parametrize(
    ("live", "target"),
    [
        ("create table t (a int, b text);", "create table t (b text, a int);"),
        ("create type t as (a int, b text);", "create type t as (b text, a int);"),
        ("create table t (a int) with (fillfactor=70, autovacuum_enabled=off);", "create table t (a int) with (autovacuum_enabled=off, fillfactor=70);"),
        ("create table a (); create table b ();", "create table b (); create table a ();"),
        ("create table t (a int[] default array[1, 2], b numeric(3, 1));", "create table t (b numeric(3, 1), a int[] default array[1, 2]);"),
    ],
)  # fmt: skip
def test_an_order_that_says_nothing(
    server: ScratchServer, programs: Programs, live: str, target: str
) -> None:
    assert keys(between(server, programs, live, target)) == []


@pytest.mark.parametrize(
    ("live", "target", "wanted"),
    [
        ("create table t (a int);", "create table t (a int not null);", [("TABLE", "t")]),
        ("create table t (a numeric(3, 1));", "create table t (a numeric(1, 3));", [("TABLE", "t")]),
        ("create table t (a int[] default array[1, 2]);", "create table t (a int[] default array[2, 1]);", [("TABLE", "t")]),
        ("create type t as enum ('a', 'b');", "create type t as enum ('b', 'a');", [("TYPE", "t")]),
        ("create table t (a int, b int) partition by range (a, b);", "create table t (a int, b int) partition by range (b, a);", [("TABLE", "t")]),
        ("create table t (a int, b int); create index i on t (a, b);", "create table t (a int, b int); create index i on t (b, a);", [("INDEX", "i")]),
        ("create table t (a int);", "create unlogged table t (a int);", [("TABLE", "t")]),
        ("create table t (a int);", "create table t (a int); alter table t alter a set statistics 7;", [("TABLE", "t")]),
    ],
)  # fmt: skip
def test_what_differs(
    server: ScratchServer, programs: Programs, live: str, target: str, wanted: list[tuple[str, str]]
) -> None:
    assert keys(between(server, programs, live, target)) == wanted
    assert keys(between(server, programs, target, live)) == wanted


def test_the_order_of_columns_where_it_is_asked_for(server: ScratchServer, programs: Programs) -> None:
    ends = ("create table t (a int, b text);", "create table t (b text, a int);")
    assert [e.tag for e in between(server, programs, *ends, Scope(column_order=True)).reordered] == ["t"]
    assert between(server, programs, *ends).reordered == ()


LIVE = """
create schema mine; create schema theirs;
create table mine.t (a int, tmp_b int default 1, constraint tmp_check check (a > 0), schemadiff_trash_20260101_c int);
alter table mine.t alter tmp_b set statistics 7;
create index tmp_i on mine.t (a);
comment on column mine.t.tmp_b is 'x'; comment on table mine.t is 'y';
create table theirs.t (a int); grant select on theirs.t to pg_monitor;
create function mine.f(a int) returns int language sql as 'select 1';
grant select on mine.t to pg_monitor;
"""
BARE = "create schema mine; create table mine.t (a int);"


def test_what_a_scope_leaves_out(server: ScratchServer, programs: Programs) -> None:
    scope = Scope(
        exclude=("theirs",),
        ignore=("*:mine.t.tmp_*", "index:mine.tmp_*", "function:mine.f.*", "*:mine.t.pg_monitor"),
        comments=False,
    )
    assert keys(between(server, programs, LIVE, BARE, scope)) == []
    found = keys(between(server, programs, LIVE, BARE))
    assert {kind for kind, _ in found} >= {"SCHEMA", "TABLE", "INDEX", "COMMENT", "ACL", "FUNCTION"}


def test_part_of_a_table_is_named_as_not_compared(server: ScratchServer, programs: Programs) -> None:
    ends = ("create table t (a int default 1); create table u (b int);", "create table t (a int);")
    found = between(server, programs, *ends, Scope(ignore=("default:public.t.a",)))
    assert found.incomparable == ("table public.t",)
    assert keys(found) == [("TABLE", "u")]


def test_relations_are_left_out_by_pg_dump_itself(server: ScratchServer, programs: Programs) -> None:
    sql = (
        'create table "T.1 ""x""" (a int primary key); create table t (); create index i on "T.1 ""x""" (a);'
    )
    with server.database() as url:
        programs.psql(url, sql)
        options = excluded(entries(programs.dump(url)), Scope(ignore=("table:public.T*",)))
        assert options == ['--exclude-schema="schemadiff"', '--exclude-table="public"."T.1 ""x"""']
        left = entries(programs.dump(url, *options))
    assert [e.key for e in left] == [("TABLE", "public", "t")]


def test_a_password_stands_on_no_command_line() -> None:
    shown, password = _without_password("postgresql://me:s3cret@host/db?application_name=x")
    assert "s3cret" not in shown
    assert password == "s3cret"


def test_only_the_schema_public_is_one_that_pg_dump_does_not_tell() -> None:
    assert _is_public(Id("schema", ("public",)))
    assert _is_public(Id("privilege", ("schema", "public", "reader")))
    assert not _is_public(Id("privilege", ("table", "app", "course", "public")))
    assert not _is_public(Id("table", ("public", "public")))
