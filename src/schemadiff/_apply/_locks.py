"""The locks of a transaction, and how long it waits for them in all.

While a lock is waited for, everybody else who wants the table waits behind; what is locked already waits along. So
all that the steps were seen to lock is locked before the first of them that needs it, and from then on a clock runs:
once it has, nothing is waited for that is not free at once.

https://www.postgresql.org/docs/current/sql-lock.html
https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import psycopg

from .._patience import Patience, milliseconds
from .._plan import Plan
from ..engine import LOCKS, Relation, Step
from ..sqltext import qualified
from ._session import Connection

AT_ONCE = 0.01
"""Seconds in which a lock must be had once the time for waiting is over; 0 would be no limit."""

KEPT = 0.9
"""A limit stands as long as it is not longer than the time that is left by more than this share."""

SHOWN = 5

# Views would lock what they read along with them, and LOCK takes no other kind of relation.
LOCKABLE_QUERY = """
    select n.nspname::text, c.relname::text
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    join unnest(%s::text[], %s::text[]) as asked (schema, name) on (n.nspname, c.relname) = (schema, name)
    where c.relkind in ('r', 'p') and pg_catalog.has_schema_privilege(n.oid, 'usage')
      and pg_catalog.has_table_privilege(c.oid, 'update, delete, truncate')
"""


@dataclass(slots=True)
class Locks:
    """What one try of a transaction locks: ``before`` is called before each of its steps.

    ``until`` is when the time for waiting is over, None until a step needs a lock that others may hold. ``limit``
    is the lock_timeout that the session has."""

    connection: Connection
    plan: Plan
    steps: tuple[Step, ...]
    patience: Patience
    limit: float
    until: float | None = None

    def before(self, step: Step) -> None:
        """Locks what the transaction needs, at the first step that needs some, and limits what the step waits.

        Raises LockNotAvailable."""
        if not self.patience.lock_timeout or not self._may_wait(step):
            return
        if self.until is None:
            self.until = time.monotonic() + self.patience.waiting
            self._take_all()
        if self._left() < self.limit * KEPT:
            self._limit(lock=self._left(), statement=self.patience.statement_timeout)

    def _may_wait(self, step: Step) -> bool:
        """Whether a step locks what others use: as the proof saw it, or for all that is known."""
        if step.observed is None:
            return self.plan.proof is None or step.rows_only
        return bool(step.observed.locks)

    def _left(self) -> float:
        return max((self.until or 0.0) - time.monotonic(), AT_ONCE)

    def _limit(self, lock: float, statement: float) -> None:
        set_limits(self.connection, lock, statement, local=True)
        self.limit = lock

    def _take_all(self) -> None:
        """The weak locks first: the strong ones keep the most out."""
        wanted = needed(self.steps, self.plan)
        there = self._lockable(sorted(wanted)) if wanted else []
        for mode in LOCKS:
            if names := [name for name in there if wanted[name] == mode]:
                self._take(names, mode)
        if there:
            self._limit(lock=self._left(), statement=self.patience.statement_timeout)

    def _lockable(self, names: Sequence[Relation]) -> list[Relation]:
        schemas, relations = map(list, zip(*names, strict=True))
        return self.connection.execute(LOCKABLE_QUERY, (schemas, relations)).fetchall()

    def _take(self, names: Sequence[Relation], mode: str) -> None:
        """Locks some relations. A lock_timeout would be for each of them, so the statement has the limit."""
        left, since = self._left(), time.monotonic()
        self._limit(lock=0.0, statement=left)
        tables = ", ".join(f"only {qualified(*name)}" for name in names)
        try:
            self.connection.execute(f"lock table {tables} in {mode.lower()} mode".encode())
        except psycopg.errors.QueryCanceled as error:
            if time.monotonic() - since < left:
                raise  # somebody has ended it
            raise psycopg.errors.LockNotAvailable(_not_had(names, mode)) from error


def _not_had(names: Sequence[Relation], mode: str) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"no {mode} lock in time on {', '.join(qualified(*n) for n in names[:SHOWN])}{more}"


def needed(steps: Sequence[Step], plan: Plan) -> dict[Relation, str]:
    """The strongest lock that steps of a plan were seen to take, of each relation by the name that it had before the
    plan, and by the one that an earlier step may have given it."""
    renamed = {one.id.path: (one.id.path[0], one.new) for one in plan.renamed if one.label is None}
    found: dict[Relation, str] = {}
    for step in steps:
        for mode, relation in step.observed.locks if step.observed else ():
            for name in {relation, renamed.get(relation, relation)}:
                found[name] = max(found.get(name, mode), mode, key=LOCKS.index)
    return found


def set_limits(connection: Connection, lock: float, statement: float, *, local: bool) -> None:
    """Sets both timeouts, for the transaction or for the session, in seconds; 0 is no limit."""
    query = "select set_config('lock_timeout', %s, %s), set_config('statement_timeout', %s, %s)"
    connection.execute(query, (milliseconds(lock), local, milliseconds(statement), local))
