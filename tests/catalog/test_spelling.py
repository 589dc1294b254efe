"""What PostgreSQL deparses lasts once it has read it back, and both ways to store a thing compare as one."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from schemadiff.catalog._spelling import lasting, one_spelling
from schemadiff.scratch import ScratchServer

CONDITIONS = (
    "v in ('a', 'b')",
    "v not in ('it''s', E'back\\\\slash', '(', ')::text', ', ', 'ARRAY[')",
    "v in ('a', w)",
    "v in ('a', 'b', w, t)",
    "v in (w, 'x' || w, upper(w))",
    'v in (\'a\', "odd ]) OR ("."v 2")',
    "c in ('a', 'b') and t in ('a', 'b') and n in (1, 2.5)",
    "v = any (array['a', 'b']::varchar[])",
    "v = any (array['a'::varchar, w]::text[])",
    "v::text = any (array['a'::varchar::text, 'b'::varchar::text])",
    "n in (m, o, p)",
    "n not in (m, o, p, 4, 5)",
    "(n in (m, o, p) or n not in (m, o, p)) and (m = 1 or (n = 2 or o = 3))",
    "((n = 1 and m = 2) or o = 3) and not ((n = 1 or m = 1) or o = 1)",
    "n in (m, (select max(x.n) from odd x where x.n in (x.m, x.o, x.p)), p)",
    "case when n in (m, o, p) then v in ('a', 'b') else (v in ('c', 'd')) end",
    "(select count(*) over (order by x.n rows between 1 preceding and current row) from odd x limit 1) in (n, m, o)",
    "array_to_string(array['a', v], ',') = 'a,b' or coalesce(v in ('a', 'b'), false)",
    "v in ($q$it's $1$q$, '$q$') and n in (m, o, p)",
    "t = (select 'a') or n > (select -1) or exists (select null from odd where t = 'NULL::text AS text')",
    "n = (select 12345678901) or n < (select -1.5) or t in (select null union select v from odd)",
)
BODIES = (
    "text return (select 'a')",
    "text begin atomic select null; end",
    "int begin atomic select -1 union all select n.a from (select -2 as a) n; end",
    "timestamptz begin atomic select '2000-01-01'::timestamptz(3) union select null; end",
    '"Mood" begin atomic select m from moods union select null; end',
    "bit begin atomic select B'1'; end",
    "text begin atomic insert into said values ('''::text AS text') returning null; select null::text; end",
)
"""What functions give back, and their bodies."""
TABLES = """
    create table odd (v varchar(9), w varchar(3), c char(2), t text, n numeric, m int, o int, p int);
    create table "odd ]) OR (" ("v 2" varchar(5));
    create table said (t text);
    create type "Mood" as enum ('x');
    create table moods (m "Mood");
"""


@pytest.fixture(scope="module")
def connection(server: ScratchServer) -> Iterator[psycopg.Connection]:
    with server.database() as url, psycopg.connect(url, autocommit=True) as opened:
        opened.execute(TABLES)
        yield opened


def deparsed(connection: psycopg.Connection, name: str) -> str:
    row = connection.execute("select pg_get_viewdef(%s::regclass)", [name]).fetchone()
    assert row is not None
    return str(row[0])


@pytest.mark.parametrize("condition", CONDITIONS)
def test_what_is_deparsed_lasts(connection: psycopg.Connection, condition: str) -> None:
    query = f'select 1 as one from odd, "odd ]) OR (" where {condition}'
    connection.execute(f"create or replace view given as {query}".encode())
    first = deparsed(connection, "given")
    connection.execute(f"create or replace view kept as {lasting(first)}".encode())
    connection.execute(f"create or replace view dumped as {first}".encode())
    assert lasting(deparsed(connection, "kept")) == lasting(first)
    assert one_spelling(lasting(deparsed(connection, "dumped"))) == one_spelling(lasting(first))


@pytest.mark.parametrize("body", BODIES)
def test_the_body_of_a_function_lasts(connection: psycopg.Connection, body: str) -> None:
    result, said = body.split(" ", 1)
    connection.execute("drop function if exists f")
    connection.execute(f"create function f() returns {result} language sql {said}".encode())
    first = definition(connection)
    connection.execute(lasting(first).encode())
    assert lasting(definition(connection)) == lasting(first)


def definition(connection: psycopg.Connection) -> str:
    row = connection.execute("select pg_get_functiondef(oid) from pg_proc where proname = 'f'").fetchone()
    assert row is not None
    return str(row[0])


def test_a_chain_keeps_what_its_parentheses_say() -> None:
    said = "((((a = 1) OR (b = 2)) AND (c = 3)) OR ((d = 4) AND ((e = 5) AND (f = 6))))"
    assert lasting(said) == said
    assert lasting("((((a = 1) OR (b = 2)) OR (c = 3)) OR (d = 4))") == (
        "((a = 1) OR (b = 2) OR (c = 3) OR (d = 4))"
    )


def test_bodies_in_quotes_are_left_as_they_are() -> None:
    said = "AS $function$select x = any ((ARRAY['a'::character varying])::text[])$function$"
    assert one_spelling(lasting(said)) == said
