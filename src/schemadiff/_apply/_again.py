"""What an earlier try of a step outside of transactions has left behind: cleared away, or found to be enough.

https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY
https://www.postgresql.org/docs/current/sql-reindex.html#SQL-REINDEX-CONCURRENTLY
"""

from __future__ import annotations

from collections.abc import Sequence

from ..engine import Step
from ..sqltext import qualified
from ._session import Connection

VALID_QUERY = """
    select i.indisvalid from pg_catalog.pg_index i join pg_catalog.pg_class c on c.oid = i.indexrelid
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where n.nspname = %s and c.relname = %s
"""
# REINDEX CONCURRENTLY builds beside and swaps the names; PostgreSQL gives these, and a number where one is taken.
BESIDE_QUERY = """
    select n.nspname::text, c.relname::text from pg_catalog.pg_index i
    join pg_catalog.pg_class c on c.oid = i.indexrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where not i.indisvalid and c.relname ~ '_cc(new|old)[0-9]*$' and i.indrelid = (
        select o.indrelid from pg_catalog.pg_index o join pg_catalog.pg_class x on x.oid = o.indexrelid
        join pg_catalog.pg_namespace m on m.oid = x.relnamespace where m.nspname = %s and x.relname = %s)
"""


def is_repeatable(step: Step) -> bool:
    """Whether a step can be run again after it failed: in a transaction it left nothing, else it is known what, or it
    goes on from there."""
    return step.transactional or step.resumes or bool(step.builds or step.drops or step.rebuilds)


def is_done(connection: Connection, step: Step) -> bool:
    """Whether an earlier try of a step outside of transactions came to its end, only nobody could write that down.
    What it left half done is cleared away."""
    if step.builds:
        valid = _valid(connection, step.builds)
        if valid is False:
            _drop(connection, step.builds)
        return valid is True
    if step.rebuilds:
        for left in connection.execute(BESIDE_QUERY, step.rebuilds).fetchall():
            _drop(connection, left)
    return bool(step.drops) and _valid(connection, step.drops) is None


def _valid(connection: Connection, index: Sequence[str]) -> bool | None:
    """Whether an index is valid; None where there is none."""
    row = connection.execute(VALID_QUERY, index).fetchone()
    return row[0] if row else None


def _drop(connection: Connection, index: Sequence[str]) -> None:
    connection.execute(f"drop index concurrently {qualified(*index)}".encode())
