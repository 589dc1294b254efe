"""The table ``schemadiff.history``: what was applied to a database, kept in the database itself.

A row is written in the transaction of the steps that it speaks of. No comparison sees its schema.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version

import psycopg

from .._plan import Plan
from ..errors import ApplyError, PlanFileError
from ._session import Connection, Session, session

FORWARD, REVERT, PURGE = "forward", "revert", "purge"

SCHEMA = "create schema schemadiff"
TABLE = """
    create table schemadiff.history (
        id bigint generated always as identity primary key,
        started_at timestamp with time zone not null default clock_timestamp(),
        finished_at timestamp with time zone,
        direction text not null check (direction in ('forward', 'revert', 'purge')),
        origin text not null,
        target text not null,
        before text not null,
        after text not null,
        role text not null default current_user,
        tool text not null,
        steps integer not null,
        steps_done integer not null,
        plan text not null,
        reverted_by bigint references schemadiff.history
    )
"""
NOTE = "comment on table schemadiff.history is 'What schemadiff applied to this database (format 1)'"
EXISTS = """
    select n.oid is not null, c.oid is not null from (select) one
    left join pg_namespace n on n.nspname = 'schemadiff'
    left join pg_class c on c.relnamespace = n.oid and c.relname = 'history'
"""
ROWS = """
    select id, started_at, finished_at, direction, origin, target, before, after, role, tool, steps, steps_done,
           plan, reverted_by
    from schemadiff.history order by id desc
"""
INSERT = """
    insert into schemadiff.history (direction, origin, target, before, after, tool, steps, steps_done, plan)
    values (%s, %s, %s, %s, %s, %s, %s, 0, %s) returning id
"""
ADVANCE = """
    update schemadiff.history
    set steps_done = %(done)s, finished_at = case when steps = %(done)s then clock_timestamp() end
    where id = %(id)s
"""
KNOWS_PURGE = """
    select pg_get_constraintdef(oid) like '%''purge''%' from pg_constraint
    where conrelid = 'schemadiff.history'::regclass and conname = 'history_direction_check'
"""
LEARN_PURGE = """
    alter table schemadiff.history drop constraint history_direction_check,
    add constraint history_direction_check check (direction in ('forward', 'revert', 'purge'))
"""
"""What a table lacks that was made before there were purges."""
MARK = "update schemadiff.history set reverted_by = %s where id = %s"


@dataclass(frozen=True, slots=True)
class Record:
    """One run of a plan; ``before`` and ``after`` are its fingerprints. ``finished_at`` is None where it stopped on the way, after ``steps_done`` steps;
    ``reverted_by`` is the id of the record that took it back, if one did."""

    id: int
    applied_at: datetime
    finished_at: datetime | None
    direction: str
    origin: str
    target: str
    before: str
    after: str
    role: str
    tool: str
    steps: int
    steps_done: int
    plan_json: str
    reverted_by: int | None

    @property
    def plan(self) -> Plan:
        """The plan that ran. Raises PlanFileError where another version of the tool wrote it."""
        return Plan.from_json(self.plan_json, f"schemadiff.history, id {self.id}")

    @property
    def finished(self) -> bool:
        return self.finished_at is not None


def history(url: str) -> tuple[Record, ...]:
    """What was applied to a database, newest first; empty where nothing was.

    Raises ConnectError, and ApplyError where the role may not read the table."""
    with session(url) as at:
        return records(at)


def records(at: Session) -> tuple[Record, ...]:
    if not _exists(at.connection)[1]:
        return ()
    try:
        return tuple(Record(*row) for row in at.connection.execute(ROWS))
    except psycopg.errors.InsufficientPrivilege as error:
        raise ApplyError(
            f"{at.name}: role {at.connection.info.user} may not read schemadiff.history: "
            f"{error.diag.message_primary}; grant usage on the schema and select on the table to it"
        ) from None


def kept(plan: Plan) -> str:
    """A plan as the history keeps it: without what rows answered, which values of rows may be in."""
    return replace(plan, preflight=None).to_json()


def standing(found: tuple[Record, ...]) -> Iterator[Record]:
    """The records of plans that were applied and not taken back, newest first."""
    return (r for r in found if r.direction == FORWARD and r.reverted_by is None)


def unfinished(found: tuple[Record, ...], plan: Plan) -> Record | None:
    """The newest record, where it is of this very plan and stopped on the way."""
    newest = found[0] if found else None
    return newest if newest and not newest.finished and newest.plan_json == kept(plan) else None


def undone_by(found: tuple[Record, ...], plan: Plan) -> int | None:
    """The id of the record that a plan takes back, where it is the reverse of the newest that stands."""
    newest = next(standing(found), None)
    if newest is None or not newest.finished or (newest.before, newest.after) != (plan.after, plan.before):
        return None
    try:
        return newest.id if newest.plan.reversed() == plan else None
    except PlanFileError:
        return None  # written by another version of the tool; this plan was not made from it


def _exists(connection: Connection) -> tuple[bool, bool]:
    schema, table = connection.execute(EXISTS).fetchone() or (False, False)
    return schema, table


# Writing; every function runs in the transaction that is open


def begin(connection: Connection, plan: Plan, undoes: int | None) -> int:
    """Makes the table where it is missing and a row for this run; returns its id."""
    schema, table = _exists(connection)
    for text in (*(() if schema else (SCHEMA,)), *(() if table else (TABLE, NOTE))):
        connection.execute(text.encode())
    values = (
        plan.origin,
        plan.target,
        plan.before,
        plan.after,
        _tool(),
        len(plan.forward.steps),
        kept(plan),
    )
    if plan.purges and connection.execute(KNOWS_PURGE).fetchone() == (False,):
        connection.execute(LEARN_PURGE)
    direction = PURGE if plan.purges else FORWARD if undoes is None else REVERT
    row = connection.execute(INSERT, (direction, *values)).fetchone()
    assert row is not None
    return int(row[0])


def advance(connection: Connection, record: int, done: int, undoes: int | None, *, last: bool) -> None:
    """Records how many steps are done; with the last one, that the undone record stands no more."""
    connection.execute(ADVANCE, {"done": done, "id": record})
    if last and undoes is not None:
        connection.execute(MARK, (record, undoes))


def finish(connection: Connection, found: tuple[Record, ...], stopped: Record) -> None:
    """Records that a run which stopped has come to its end: only its last record was missing."""
    with connection.transaction():
        advance(connection, stopped.id, stopped.steps, undone_by(found, stopped.plan), last=True)


def steps_done(connection: Connection, record: int, plan: Plan) -> int:
    """How many steps of a run are committed; 0 where its row is not."""
    if not _exists(connection)[1]:
        return 0
    # The number alone is not enough: it may have been given again with a table that was made anew.
    query = "select steps_done from schemadiff.history where id = %s and plan = %s"
    row = connection.execute(query, (record, kept(plan))).fetchone()
    return int(row[0]) if row else 0


@cache
def _tool() -> str:
    try:
        return version("schemadiff")
    except PackageNotFoundError:
        return "not installed"
