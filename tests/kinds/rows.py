"""The rows of a database as text, to see that a plan keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import psycopg
from psycopg import sql

COLUMNS = """
    select n.nspname, c.relname, array_agg(a.attname::text order by a.attname),
           array_agg(format_type(a.atttypid, a.atttypmod) order by a.attname)
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    group by 1, 2 order by 1, 2
"""


@dataclass(frozen=True, slots=True)
class Held:
    """What a table holds: its columns with their types, and its rows, in no order."""

    types: Mapping[str, str]
    rows: tuple[Mapping[str, str | None], ...]

    def values(self, columns: Iterable[str]) -> list[str]:
        wanted = list(columns)
        return sorted(repr([row[c] for c in wanted]) for row in self.rows)


type Rows = Mapping[str, Held]


def rows(url: str) -> Rows:
    """Every ordinary table and what it holds itself, without what inherits from it."""
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute(COLUMNS).fetchall()
        return {
            f"{schema}.{table}": Held(
                dict(zip(names, types, strict=True)), tuple(_held(connection, schema, table, names))
            )
            for schema, table, names, types in found
        }


def _held(
    connection: psycopg.Connection, schema: str, table: str, names: list[str]
) -> Iterable[Mapping[str, str | None]]:
    columns = sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(name)) for name in names)
    query = sql.SQL("select {} from only {}").format(columns, sql.Identifier(schema, table))
    return [dict(zip(names, row, strict=True)) for row in connection.execute(query)]


def common(before: Rows, after: Rows, losses: Iterable[str] = ()) -> dict[str, list[str]]:
    """The tables of both with the columns that keep their type: what must hold the same afterwards."""
    gone = set(losses)
    return {
        table: sorted(
            c
            for c, t in before[table].types.items()
            if after[table].types.get(c) == t and f"{table}.{c}" not in gone
        )
        for table in before.keys() & after.keys() - gone
    }
