"""What a failed apply says: which step, PostgreSQL's own words, and what is left in place."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

import psycopg

from ..errors import ApplyError, SchemadiffError
from . import _history
from ._events import Blocker
from ._session import LOCK, Session, session
from ._watch import blocker

if TYPE_CHECKING:
    from ._group import Running

PATIENCE = 5.0
"""Seconds that the server gets to end a lost session, before nobody can say what it committed."""

LOST = (psycopg.errors.AdminShutdown, psycopg.errors.CrashShutdown, psycopg.errors.CannotConnectNow)

NOT_HAD = (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected)

ROOM = (
    "  A transaction locks each table, index and partition that it makes or touches, and the server has room for",
    "  max_locks_per_transaction * (max_connections + max_prepared_transactions) locks of all sessions. Raise the first",
    "  and restart the server, or plan and apply a part at a time: 'schemas' of the configuration.",
)
"""What to do where locks do not fit into the memory that the server shares.
https://www.postgresql.org/docs/current/runtime-config-locks.html"""

HOLDERS_QUERY = """
    select distinct a.pid, coalesce(a.usename::text, ''), coalesce(a.application_name, ''), coalesce(a.state, ''),
           extract(epoch from clock_timestamp() - a.xact_start)::float8 as age, coalesce(left(a.query, 500), '')
    from pg_locks l join pg_stat_activity a using (pid)
    where l.database = (select oid from pg_database where datname = current_database())
      and l.locktype = 'relation' and l.granted and l.relation >= 16384 and l.pid <> pg_backend_pid()
    order by age desc nulls last limit 5
"""


def explained(at: Session, running: Running, error: BaseException) -> ApplyError:
    """The error for what stopped a run."""
    lost = _is_lost(at, error)
    unsure = lost or isinstance(error, KeyboardInterrupt)
    done = _committed(at, running, lost) if unsure else running.done
    lines = [
        f"{at.name}: {_what(running, error, lost)}",
        *_said(running, error, lost),
        *_blockers(at, running, error),
    ]
    return ApplyError("\n".join([*lines, _left(running, done)]))


def _is_lost(at: Session, error: BaseException) -> bool:
    return at.connection.closed or isinstance(error, LOST)


def _what(running: Running, error: BaseException, lost: bool) -> str:
    if isinstance(error, KeyboardInterrupt):
        what = "stopped by Ctrl-C"
    elif lost:
        what = "the connection was lost"
    else:
        what = "PostgreSQL refuses"
    if running.committing:
        return f"{what} at the commit of the steps up to {running.committing} of {running.total}"
    if not running.step:
        return f"{what} before step {running.done + 1} of {running.total}"
    step = running.plan.forward.steps[running.step - 1]
    statement = step.display.split("\n", 1)[0]
    return f"{what} at step {running.step} of {running.total} ({step.id}): {statement}"


def _said(running: Running, error: BaseException, lost: bool) -> list[str]:
    """PostgreSQL's own words, without the secrets of the step that they are about."""
    said = _words(error, lost)
    step = running.plan.forward.steps[running.step - 1] if running.step else None
    said = [step.without_secrets(line) for line in said] if step else said
    return [*said, *ROOM] if isinstance(error, psycopg.errors.OutOfMemory) else said


def _words(error: BaseException, lost: bool) -> list[str]:
    if not isinstance(error, psycopg.Error):
        return []
    said = error.diag
    if lost or not said.message_primary:
        return [f"  {line}" for line in str(error).strip().splitlines()]
    parts = {
        "error": said.message_primary,
        "detail": said.message_detail,
        "hint": said.message_hint,
        "in": "" if isinstance(error, NOT_HAD) else said.context,
    }
    return [f"  {name}: {text}" for name, text in parts.items() if text]


def _blockers(at: Session, running: Running, error: BaseException) -> list[str]:
    """Who was in the way of a lock that was not to be had in time."""
    if not isinstance(error, NOT_HAD):
        return []
    tried = f"  tried {running.tries} times" if running.tries > 1 else "  tried once"
    found = running.blockers or holders(at)
    lines = [f"  in the way: {blocker}" for blocker in found]
    cure = "wait until these have ended, or end them" if found else "wait for a quieter time"
    return [tried, *lines, f"  {cure}, then apply again; --retries and --lock-timeout give it more patience"]


def holders(at: Session) -> tuple[Blocker, ...]:
    """Who holds locks on relations, the oldest transaction first; those in the way are among them."""
    with suppress(psycopg.Error):
        rows = at.connection.execute(HOLDERS_QUERY).fetchall()
        return tuple(blocker(*row) for row in rows)
    return ()


def _left(running: Running, done: int | None) -> str:
    if done is None:
        return "Whether the last transaction was committed cannot be told yet; see 'schemadiff check'."
    if done == running.total:
        return "All steps are committed; see with 'schemadiff check' that they reach the target."
    cut = _in_part(running, done)
    if done == 0:
        return cut or "Nothing was changed: the transaction was rolled back."
    return (
        f"Steps 1 to {done} are committed, {cut or 'the others changed nothing'}. "
        f"Apply the same plan again to go on with step {done + 1}, or plan anew."
    )


def _in_part(running: Running, done: int) -> str:
    """What can be said of a step outside of any transaction."""
    step = running.plan.forward.steps[done]
    return "" if step.transactional else f"step {done + 1} runs in no transaction and may have run in part"


def _committed(at: Session, running: Running, lost: bool) -> int | None:
    """How many steps are committed, asked of the database; None where it does not say in time."""
    if running.record is None:
        return running.done
    with suppress(psycopg.Error, SchemadiffError):
        if not lost:
            return _history.steps_done(at.connection, running.record, running.plan)
        with session(at.url) as again:
            return (
                _history.steps_done(again.connection, running.record, running.plan) if _alone(again) else None
            )
    return None


def _alone(again: Session) -> bool:
    """Waits until the lost session has ended, and with it what it was committing."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        row = again.connection.execute("select pg_try_advisory_lock(%s, %s)", LOCK).fetchone()
        if row and row[0]:
            return True
        time.sleep(0.05)
    return False
