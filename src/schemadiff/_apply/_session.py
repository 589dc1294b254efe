"""A connection that applies a plan: its settings, its rights, and the lock that keeps other applies out.

https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import psycopg

from ..catalog import connect, masked
from ..errors import ApplyError, ConnectError, Refused
from ._events import Progress, Queued, silent

type Connection = psycopg.Connection[Any]

LOCK = (0x5D1FE, 1)
"""The keys of the advisory lock of an apply; PostgreSQL keeps them apart by database."""

ASK_EVERY = 0.5
"""Seconds between two questions whether another apply has ended."""

# An administrator's limits must not end a migration halfway; transaction_timeout is of PostgreSQL 17.
UNLIMITED = """
    select set_config(name, '0', false) from pg_settings
    where name in ('lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout', 'idle_session_timeout',
                   'transaction_timeout')
"""
HOLDER_QUERY = """
    select a.pid, a.usename::text, to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS TZ')
    from pg_locks l left join pg_stat_activity a using (pid)
    where l.locktype = 'advisory' and l.granted and l.classid = %s and l.objid = %s and l.objsubid = 2
      and l.database = (select oid from pg_database where datname = current_database())
"""


@dataclass(frozen=True, slots=True)
class Session:
    """An open connection in autocommit mode, and what the database is called in messages."""

    connection: Connection
    name: str
    url: str = field(repr=False)


@contextmanager
def session(url: str) -> Iterator[Session]:
    """Connects. Raises ConnectError, with the database and the server's own reason."""
    with connect(url) as connection:
        connection.execute(UNLIMITED)
        yield Session(connection, masked(url), url)


def server_process(connection: Connection) -> int:
    """The process that serves a connection; behind a pooler libpq knows only the pooler's number."""
    row = connection.execute("select pg_backend_pid()").fetchone()
    assert row is not None
    return int(row[0])


def ensure_kept(at: Session) -> None:
    """Raises Refused where a pooler gives the server's session to others between two transactions: what an apply sets
    and locks for its session would be theirs.

    https://www.pgbouncer.org/features.html"""
    pid = server_process(at.connection)
    if pid != at.connection.info.backend_pid and not _is_kept(at, pid):
        raise Refused(
            f"{at.name}: the connection goes through a pooler that gives each transaction another session of the "
            "server (pool_mode = transaction of PgBouncer), where locks and settings of a session do not hold; "
            "nothing was run; give the address of the server itself, or a pool in session mode"
        )


def _is_kept(at: Session, pid: int) -> bool:
    """Whether a server process serves nobody else while another connection is at work; so, where there is none."""
    with suppress(psycopg.Error, ConnectError), connect(at.url) as other, other.transaction():
        return server_process(other) != pid and server_process(at.connection) == pid
    return True


@contextmanager
def locked(at: Session, wait: float = 0.0, tell: Progress = silent) -> Iterator[None]:
    """Keeps other applies out of the database. Raises Refused with who is in it, after ``wait`` seconds."""
    if not _taken(at) and not _awaited(at, wait, tell):
        cure = "wait until it has ended" if wait else "wait until it has ended, or say how long with --wait"
        raise Refused(f"{at.name}: another apply is running: {_holder(at)}; {cure}")
    try:
        yield
    finally:
        # A closed connection lets go of it only when the server gets to that.
        with suppress(psycopg.Error):
            at.connection.execute("select pg_advisory_unlock(%s, %s)", LOCK)


def _awaited(at: Session, wait: float, tell: Progress) -> bool:
    """Asks again and again: a query that waited would hold a snapshot, and the other's index builds wait for
    those."""
    if wait:
        tell(Queued(_holder(at), wait))
    deadline = time.monotonic() + wait
    while (left := deadline - time.monotonic()) > 0:
        time.sleep(min(ASK_EVERY, left))
        if _taken(at):
            return True
    return False


def _taken(at: Session) -> bool:
    row = at.connection.execute("select pg_try_advisory_lock(%s, %s)", LOCK).fetchone()
    return bool(row and row[0])


def _holder(at: Session) -> str:
    row = at.connection.execute(HOLDER_QUERY, LOCK).fetchone()
    pid, role, since = row or (None, None, None)
    said = [f"server process {pid}" if pid else "it has just ended"]
    said += [f"of role {role}"] if role else []
    said += [f"connected since {since}"] if since else []
    return " ".join(said)


RIGHTS_QUERY = """
    select pg_is_in_recovery(), current_user::text, n.oid is not null, c.oid is not null,
           case when c.oid is not null
                then has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')
                     and has_table_privilege(c.oid, 'insert') and has_table_privilege(c.oid, 'update')
                when n.oid is not null then has_schema_privilege(n.oid, 'create')
                else has_database_privilege(current_database(), 'create') end
    from (select) one
    left join pg_namespace n on n.nspname = 'schemadiff'
    left join pg_class c on c.relnamespace = n.oid and c.relname = 'history'
"""


def ensure_rights(at: Session) -> None:
    """Raises ApplyError where the history could not be written, before anything is run."""
    row = at.connection.execute(RIGHTS_QUERY).fetchone()
    assert row is not None
    standby, role, schema, table, allowed = row
    if standby:
        raise ApplyError(f"{at.name}: the server is a standby, it takes no changes; give the primary's URL")
    if not allowed:
        right = (
            "grant usage on schema schemadiff and select, insert, update on schemadiff.history"
            if table
            else "grant create on schema schemadiff"
            if schema
            else "grant create on the database"
        )
        raise ApplyError(
            f"{at.name}: role {role} may not write the history (table schemadiff.history), nothing was run; "
            f"{right} to it, or apply as another role"
        )
