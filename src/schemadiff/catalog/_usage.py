"""How large the tables of a live database are and how much is written to them: what makes a lock short or long.

Read-only, and no part of any catalog or fingerprint.
https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ALL-TABLES-VIEW
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import psycopg

from ._connect import connect

PATIENCE = "set statement_timeout = '5s'; set lock_timeout = '500ms'; set default_transaction_read_only = on"
QUERY = """
    select w.schema, w.name, case when c.reltuples >= 0 then c.reltuples::int8 end, {size},
           case when s.relid is not null
                then (s.n_tup_ins + s.n_tup_upd + s.n_tup_del)
                     / nullif(extract(epoch from now() - d.stats_reset), 0)::float8 end
    from unnest(%s::text[], %s::text[]) w (schema, name)
    left join pg_namespace n on n.nspname = w.schema
    left join pg_class c on c.relnamespace = n.oid and c.relname = w.name
    left join pg_stat_user_tables s on s.relid = c.oid
    left join pg_stat_database d on d.datname = current_database()
"""
EXACT = "pg_table_size(c.oid)"
ESTIMATE = "c.relpages::int8 * current_setting('block_size')::int8"
"""As of the last VACUUM or ANALYZE: asks for no lock on the table, where somebody has it locked."""


@dataclass(frozen=True, slots=True)
class Usage:
    """A relation as it is in use: ``rows`` as PostgreSQL estimates them, ``size`` of the table without its indexes
    in bytes, ``writes`` a second since the statistics were reset. None where that is not known."""

    relation: tuple[str, str]
    rows: int | None = None
    size: int | None = None
    writes: float | None = None


def usage(url: str, relations: Iterable[tuple[str, str]]) -> tuple[Usage, ...]:
    """The usage of relations of a database, by schema and name. What the role may not see, or is not there, is not
    known. Raises ConnectError."""
    wanted = sorted(set(relations))
    if not wanted:
        return ()
    with connect(url) as connection:
        for size in (EXACT, ESTIMATE):
            try:
                return _asked(connection, wanted, size)
            except psycopg.Error:
                continue
    return tuple(map(Usage, wanted))


def _asked(
    connection: psycopg.Connection[Any], wanted: list[tuple[str, str]], size: str
) -> tuple[Usage, ...]:
    connection.execute(PATIENCE.encode())
    schemas, names = ([w[n] for w in wanted] for n in (0, 1))
    rows = connection.execute(QUERY.format(size=size).encode(), (schemas, names))
    return tuple(sorted((Usage((s, n), *found) for s, n, *found in rows), key=lambda u: u.relation))
