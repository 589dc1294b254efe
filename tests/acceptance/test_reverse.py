"""The way there ends where loading ends, and the way back where it began."""

from __future__ import annotations

import psycopg

import schemadiff
from acceptance.conftest import AFTER, BEFORE, dump, psql, run
from schemadiff.scratch import ScratchServer

PEOPLE = b"""
    insert into users (id, email, password_hash, full_name)
    values ('11111111-1111-1111-1111-111111111111', 'ada@example.org', 'x', 'Ada');
    insert into courses (instructor_id, slug, title, category, curriculum)
    values ('11111111-1111-1111-1111-111111111111', 'sql', 'SQL', 'data', '[{"id": "module-1"}]');
"""


def rows(url: str) -> str:
    lines = run("pg_dump", url, "--data-only").splitlines()
    return "\n".join(line for line in lines if not line.startswith(("\\restrict", "\\unrestrict")))


def test_there_and_back(server: ScratchServer) -> None:
    with server.database() as url, server.database() as loaded:
        psql(loaded, AFTER.read_text())
        psql(url, BEFORE.read_text())
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(PEOPLE)
        schema_before, rows_before = dump(url), rows(url)

        plan = schemadiff.plan(url, str(AFTER))
        psql(url, plan.forward.sql)
        assert dump(url) == dump(loaded)

        psql(url, plan.reverse.sql)
        assert dump(url) == schema_before
        assert rows(url) == rows_before
