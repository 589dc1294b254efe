"""The locks of a transaction, and how long it waits for them in all.

While a lock is waited for, everybody else who wants the table waits behind; what is locked already waits along. So
all that the steps were seen to lock is locked before the first of them that needs it, and from then on a clock runs:
once it has, nothing is waited for that is not free at once. A table that was not to be had is locked first at the next
try: who has it and waits for another can then go on and end.

https://www.postgresql.org/docs/current/sql-lock.html
https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import psycopg

from .._patience import Patience, milliseconds
from .._plan import Plan
from ..engine import LOCKS, Relation, Step
from ..sqltext import comma, literal
from ._session import Connection

AT_ONCE = 0.01
"""Seconds in which a lock must be had once the time for waiting is over; 0 would be no limit."""

KEPT = 0.9
"""A limit stands as long as it is not longer than the time that is left by more than this share."""

# Views would lock what they read along with them, and LOCK takes no other kind of relation.
LOCKABLE_QUERY = """
    select n.nspname::text, c.relname::text, c.relispartition
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    join unnest(%s::text[], %s::text[]) as asked (schema, name) on (n.nspname, c.relname) = (schema, name)
    where c.relkind in ('r', 'p') and pg_catalog.has_schema_privilege(n.oid, 'usage')
      and pg_catalog.has_table_privilege(c.oid, 'update, delete, truncate')
      and exists (select from pg_catalog.pg_language l
                  where l.lanname = 'plpgsql' and pg_catalog.has_language_privilege(l.oid, 'usage'))
"""
# One statement for all: between two, everybody would wait for the network. lock_timeout alone is for each lock.
TAKE = """
    -- schemadiff locks what the steps of its transaction change
    declare
        until timestamptz := clock_timestamp() + interval '{left}';
        one record;
    begin
        for one in select * from unnest(array[{schemas}], array[{names}], array[{modes}]) as t (schema, name, mode)
        loop
            perform set_config('lock_timeout', greatest(
                ceil(extract(epoch from until - clock_timestamp()) * 1000), {least})::int8::text, true);
            execute format('lock table only %I.%I in %s mode', one.schema, one.name, one.mode);
        end loop;
    exception when lock_not_available or deadlock_detected then
        raise exception using errcode = sqlstate, message = sqlerrm,
            detail = format('waiting for %I.%I', one.schema, one.name), schema = one.schema, table = one.name;
    end
"""


@dataclass(slots=True)
class Order:
    """What was not to be had, the last one first: it is locked first at the next try of the transaction."""

    contended: list[Relation] = field(default_factory=list)
    first: Relation | None = None
    """What the last try locked first."""
    learnt: int = 0
    """How many tries were in vain for an order that the next one has better."""

    def learn(self, error: psycopg.Error) -> None:
        """Takes note of why a try failed."""
        schema, name = error.diag.schema_name, error.diag.table_name
        if schema and name:
            found = (schema, name)
            self.learnt += found != self.first and found not in self.contended
            self.contended = [found, *(one for one in self.contended if one != found)]

    def place(self, relation: Relation, mode: str, partition: bool) -> tuple[int, bool, int, Relation]:
        """Where a relation stands: after what is contended comes what clients lock first, which is no partition, and
        of that the weak locks, for the strong keep the most out."""
        known = self.contended.index(relation) if relation in self.contended else len(self.contended)
        return (known, partition, LOCKS.index(mode), relation)


@dataclass(slots=True)
class Locks:
    """What one try of a transaction locks: ``before`` is called before each of its steps.

    ``until`` is when the time for waiting is over, None until a step needs a lock that others may hold. ``limit``
    is the lock_timeout that the session has."""

    connection: Connection
    plan: Plan
    steps: tuple[Step, ...]
    patience: Patience
    order: Order
    limit: float
    until: float | None = None

    def before(self, step: Step) -> None:
        """Locks what the transaction needs, at the first step that needs some, and limits what the step waits.

        Raises LockNotAvailable and DeadlockDetected."""
        if not self.patience.lock_timeout or not self._may_wait(step):
            return
        if self.until is None:
            wanted = needed(self.steps, self.plan)
            there = self._lockable(wanted)
            self.until = time.monotonic() + self.patience.waiting
            if there:
                self._take(there, wanted)
        if self._left() < self.limit * KEPT:
            self.limit = self._left()
            set_limits(self.connection, self.limit, self.patience.statement_timeout, local=True)

    def _may_wait(self, step: Step) -> bool:
        """Whether a step may lock what others use: all but those that the proof had no reason to look at."""
        return step.observed is not None or self.plan.proof is None or step.rows_only

    def _left(self) -> float:
        return max((self.until or 0.0) - time.monotonic(), AT_ONCE)

    def _lockable(self, wanted: Mapping[Relation, str]) -> list[Relation]:
        """In the order in which they are locked."""
        if not wanted:
            return []
        schemas, names = map(list, zip(*wanted, strict=True))
        rows = self.connection.execute(LOCKABLE_QUERY, (schemas, names)).fetchall()
        places = {(s, n): self.order.place((s, n), wanted[s, n], partition) for s, n, partition in rows}
        return sorted(places, key=places.__getitem__)

    def _take(self, relations: Sequence[Relation], modes: Mapping[Relation, str]) -> None:
        self.limit, self.order.first = self._left(), relations[0]
        body = TAKE.format(
            left=milliseconds(self.limit),
            least=round(AT_ONCE * 1000),
            schemas=comma(literal(schema) for schema, _ in relations),
            names=comma(literal(name) for _, name in relations),
            modes=comma(literal(modes[relation].lower()) for relation in relations),
        )
        self.connection.execute(f"do {literal(body)}".encode())


def needed(steps: Sequence[Step], plan: Plan) -> dict[Relation, str]:
    """The strongest lock that steps of a plan were seen to take, of each relation by the name that it had before the
    plan, and by the one that an earlier step may have given it."""
    renamed = {one.id.path: (one.there.path[0], one.new) for one in plan.renamed if one.label is None}
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
