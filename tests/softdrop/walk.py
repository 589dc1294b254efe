"""A soft drop, there and back: planned from files, run by psql or applied, judged by pg_dump and by the rows."""

from __future__ import annotations

from pathlib import Path

import psycopg
from psycopg import sql
from support.dumps import entries
from support.programs import Programs

import schemadiff
from schemadiff import Plan
from schemadiff._scope import Scope
from schemadiff.catalog import fingerprint
from schemadiff.scratch import ScratchServer

SOFTLY = Scope(soft_drop=True)
TABLES = """
    select n.nspname, c.relname, array(
        select a.attname from pg_attribute a where a.attrelid = c.oid and a.attgenerated <> '')::text[]
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'schemadiff')
"""
SEQUENCES = "select schemaname, sequencename, coalesce(last_value, 0) from pg_sequences where schemaname <> 'schemadiff'"


def there_and_back(
    old: str,
    new: Path,
    server: ScratchServer,
    programs: Programs,
    *,
    rows: str,
    after: str = "",
    strategy: str = "online",
    loses: bool = False,
    unlike_dump: bool = False,
) -> Plan:
    """Walks from ``old`` to the file ``new`` and back; what the plan was. ``after`` is what new code does meanwhile."""
    with server.database() as ours, server.database() as wanted:
        programs.psql(ours, old + "\n" + rows)
        programs.psql(wanted, new.read_text(encoding="utf-8"))
        origin, held, counted = dumped(programs, ours), contents(ours), positions(ours)
        plan = schemadiff.plan(ours, str(new), scope=SOFTLY, strategy=strategy)
        assert ("DELETES_DATA" in plan.hazards) is loses
        assert plan.proof is not None

        programs.psql(ours, plan.forward.sql)
        if not any(r.id.kind == "column" for r in plan.renamed):
            assert dumped(programs, ours) == dumped(programs, wanted), "pg_dump after forward"
        assert schemadiff.check(ours, str(new)).in_sync
        for scope in (SOFTLY, Scope()):
            again = schemadiff.plan(ours, str(new), scope=scope, strategy=strategy)
            assert [s.sql for s in again.forward.steps] == []
        programs.psql(ours, after)

        programs.psql(ours, plan.reverse.sql)
        assert unlike_dump or dumped(programs, ours) == origin, "pg_dump after reverse"
        assert fingerprint(schemadiff.read(ours)) == plan.before, "the catalog after reverse"
        if not loses:
            assert plan.restores == "lossless"
            now = contents(ours)
            assert all(rows <= now[table] for table, rows in held.items()), "rows after reverse"
            assert all(last <= positions(ours)[name] for name, last in counted.items())
        return plan


def dumped(programs: Programs, url: str) -> list[str]:
    """The schema as pg_dump sees it, without the trash."""
    return entries(programs.dump(url, "--exclude-schema=schemadiff_trash_*"))


def contents(url: str) -> dict[tuple[str, str], set[str]]:
    """The rows of each table, without what is computed."""
    with psycopg.connect(url, autocommit=True) as connection:
        tables = connection.execute(TABLES).fetchall()
        return {
            (schema, name): {row for (row,) in connection.execute(_rows(schema, name, computed)).fetchall()}
            for schema, name, computed in tables
        }


def _rows(schema: str, name: str, computed: list[str]) -> sql.Composed:
    query = sql.SQL("select (to_jsonb(this_row) - {}::text[])::text from only {} this_row")
    return query.format(sql.Literal(computed), sql.Identifier(schema, name))


def positions(url: str) -> dict[tuple[str, str], int]:
    with psycopg.connect(url, autocommit=True) as connection:
        return {(schema, name): last for schema, name, last in connection.execute(SEQUENCES)}
