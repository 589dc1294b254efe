"""A rename, there and back: planned from files, run by psql, judged by pg_dump and by the rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import psycopg
from psycopg import sql
from support.dumps import entries
from support.programs import Programs

import schemadiff
from schemadiff import Plan
from schemadiff.catalog import fingerprint
from schemadiff.scratch import ScratchServer

TABLES = """
    select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'schemadiff')
"""


def there_and_back(
    old: str,
    new: Path,
    server: ScratchServer,
    programs: Programs,
    binaries: str | None,
    *,
    rows: str = "",
    same_rows: bool = True,
    after: Sequence[tuple[str, str]] = (),
    back: Sequence[tuple[str, str]] = (),
) -> Plan:
    """Walks from ``old`` to the file ``new`` and back; what the plan was."""
    with server.database() as ours, server.database() as wanted:
        programs.psql(ours, old + "\n" + rows)
        programs.psql(wanted, new.read_text(encoding="utf-8"))
        origin, target = entries(programs.dump(ours)), entries(programs.dump(wanted))
        held = contents(ours)
        plan = schemadiff.plan(ours, str(new), scratch=binaries)

        programs.psql(ours, plan.forward.sql)
        assert entries(programs.dump(ours)) == target, "pg_dump after forward"
        if same_rows:
            assert contents(ours) == held, "rows after forward"
        asked(programs, ours, after)
        again = schemadiff.plan(ours, str(new), scratch=binaries)
        assert [s.sql for s in again.forward.steps] == [], "the directives are done"

        programs.psql(ours, plan.reverse.sql)
        assert entries(programs.dump(ours)) == origin, "pg_dump after reverse"
        assert fingerprint(schemadiff.read(ours)) == plan.before, "the catalog after reverse"
        asked(programs, ours, back)
        if same_rows or plan.restores == "lossless":
            assert contents(ours) == held, "rows after reverse"
        return plan


def asked(programs: Programs, url: str, questions: Sequence[tuple[str, str]]) -> None:
    for query, answer in questions:
        assert programs.rows(url, query) == [[answer]], query


def contents(url: str) -> list[list[str]]:
    """The rows of every table, without its name and those of its columns."""
    with psycopg.connect(url, autocommit=True) as connection:
        tables = connection.execute(TABLES).fetchall()
        found = (
            connection.execute(sql.SQL("select t::text from only {} t").format(sql.Identifier(*table)))
            for table in tables
        )
        return sorted(sorted(row[0] for row in rows) for rows in found)
