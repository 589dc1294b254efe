"""Runs the steps of a plan, transaction by transaction, and records them where they run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import psycopg

from .._named import missing
from .._pair import Pair
from .._plan import SETTINGS, Plan, Script
from ..engine import Step
from ..errors import ApplyError, Refused, SchemadiffError
from ..kinds import kinds
from ..sources import Reader
from ..sqltext import qualified
from . import _failure, _history
from ._ends import Ends, read
from ._session import Session, ensure_rights, locked, session

type Progress = Callable[[int, int, Step], None]

LOCK_TIMEOUT = "3s"
INVALID_QUERY = """
    select c.oid from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = %s and c.relname = %s and not i.indisvalid
"""


@dataclass(frozen=True, slots=True)
class Applied:
    """What an apply did: on which database (without its password), in how many seconds, and the id of its
    row in the history; None where the database was already at the target and nothing ran."""

    database: str
    plan: Plan
    id: int | None
    seconds: float


@dataclass(slots=True)
class Running:
    """How far a run is: its row in the history, the steps committed, the step being run (from 1), and the
    last step of the transaction being committed; 0 where there is none."""

    plan: Plan
    undoes: int | None
    record: int | None = None
    done: int = 0
    step: int = 0
    committing: int = 0

    @property
    def total(self) -> int:
        return len(self.plan.forward.steps)


def apply_plan(
    plan: Plan,
    url: str,
    *,
    progress: Progress | None = None,
    scratch: str | None = None,
    ends: Pair | None = None,
) -> Applied:
    """Runs the forward steps of a plan on the database of a libpq URL, and sees that they reach the target.

    The database must be where the plan starts, at its target (then nothing runs), or where an earlier
    run of the same plan stopped (then it goes on from there). ``progress`` is called before each step
    with its number from 1, how many there are, and the step. ``scratch`` says where a scratch database
    comes from when the plan was compiled on another major than the database's. ``ends`` are the catalogs
    that the plan was made from; with them, errors name the objects that differ.

    Raises ConnectError; Drifted where the database is in another state; Refused while another apply is
    running; ApplyError for a step that fails, Ctrl-C and a lost connection, with what is left in place.
    """
    began = time.monotonic()
    _ensure_secrets(plan)
    with session(url) as at, locked(at):
        known = Ends(plan, Reader(scratch), ends)
        running = _start(at, known)
        if running is None:
            return Applied(at.name, plan, None, time.monotonic() - began)
        _run(at, running, progress or _silent)
        _verify(at, known)
        return Applied(at.name, plan, running.record, time.monotonic() - began)


def _start(at: Session, ends: Ends) -> Running | None:
    """Where to begin; None where there is nothing to do."""
    plan, live = ends.plan, read(at)
    if ends.at_origin(live):
        if plan.empty:
            return None
        _ensure_role(at, plan, live.server.role)
        _ensure_named(at, plan, live.server.roles or frozenset())
        ensure_rights(at)
        return Running(plan, _history.undone_by(_history.records(at), plan))
    reached = ends.at_target(live)
    if reached and not any(map(_is_unseen, plan.forward.steps)):
        return None
    found = _history.records(at)
    stopped = _history.unfinished(found, plan)
    if reached and not (stopped and all(map(_is_unseen, plan.forward.steps[stopped.steps_done :]))):
        return None
    ensure_rights(at)
    if stopped is None:
        raise ends.drifted(at.name, live)
    return Running(plan, _history.undone_by(found, plan), stopped.id, stopped.steps_done)


def _is_unseen(step: Step) -> bool:
    """Whether the ends of a plan do not show that a step has run."""
    return kinds()[step.id.kind].on_request


def _ensure_role(at: Session, plan: Plan, role: str) -> None:
    """What a plan creates without an owner's name belongs to who runs it."""
    if role != plan.role and any(c.kind == "owner" and c.created for c in plan.counts):
        raise Refused(
            f"{at.name}: the plan was made for role {plan.role}, which would own what it creates; this is role "
            f"{role}; connect as {plan.role} (options=-c role=… of the URL does too), or plan again as {role}"
        )


def _ensure_named(at: Session, plan: Plan, there: frozenset[str]) -> None:
    """Raises Refused where steps name roles that the server lacks."""
    lacking = tuple(role for role in plan.roles if role not in there)
    if lacking:
        raise Refused(f"{at.name}: {missing(lacking)}; nothing was run")


def _ensure_secrets(plan: Plan) -> None:
    for number, step in enumerate(plan.forward.steps, 1):
        if step.withheld:
            raise Refused(
                f"step {number} of {len(plan.forward.steps)} ({step.id}) sets a secret, which neither plan files "
                "nor the history keep; nothing was run; apply from the source that has it, or run the .sql file "
                "of the plan with psql"
            )


def _silent(number: int, total: int, step: Step) -> None:
    pass


def _run(at: Session, running: Running, progress: Progress) -> None:
    try:
        for first, group in _groups(running.plan.forward):
            if first >= running.done:
                _group(at, running, first, group, progress)
    except (psycopg.Error, KeyboardInterrupt) as error:
        raise _failure.explained(at, running, error) from _cause(running, error)


def _cause(running: Running, error: BaseException) -> BaseException | None:
    """What a traceback may show: an error of a statement that holds a secret quotes it."""
    return None if running.plan.forward.secret else error


def _groups(script: Script) -> Iterator[tuple[int, tuple[Step, ...]]]:
    """Each transaction with the number of steps before it."""
    first = 0
    for group in script.transactions:
        yield first, group
        first += len(group)


def _group(at: Session, running: Running, first: int, group: tuple[Step, ...], progress: Progress) -> None:
    after = first + len(group)
    if group[0].transactional:
        with at.connection.transaction():
            for setting in (*SETTINGS, f"set local lock_timeout = '{LOCK_TIMEOUT}'"):
                at.connection.execute(setting.encode())
            record = _begun(at, running)
            _steps(at, running, first, group, progress)
            _record(at, running, record, after)
            running.committing = after
    else:
        with at.connection.transaction():
            running.record = record = _begun(at, running)
        # A concurrent build waits for those who use the table, and nobody waits for it.
        wait = 0 if group[0].builds else LOCK_TIMEOUT
        at.connection.execute(f"set lock_timeout = '{wait}'".encode())
        _drop_left_behind(at, group[0])
        _steps(at, running, first, group, progress)
        with at.connection.transaction():
            _record(at, running, record, after)
    running.done, running.step, running.committing = after, 0, 0


def _drop_left_behind(at: Session, step: Step) -> None:
    """The invalid index that an earlier try of a step has left, which is in the way of the next."""
    left = at.connection.execute(INVALID_QUERY, step.builds).fetchone() if step.builds else None
    if left:
        at.connection.execute(f"drop index concurrently {qualified(*step.builds)}".encode())


def _begun(at: Session, running: Running) -> int:
    """The row of this run. Its number is kept at once: after a lost commit it is what can be asked for."""
    if running.record is None:
        running.record = _history.begin(at.connection, running.plan, running.undoes)
    return running.record


def _steps(at: Session, running: Running, first: int, group: tuple[Step, ...], progress: Progress) -> None:
    for number, step in enumerate(group, first + 1):
        running.step = number
        progress(number, running.total, step)
        at.connection.execute(step.sql.encode())


def _record(at: Session, running: Running, record: int, done: int) -> None:
    _history.advance(at.connection, record, done, running.undoes, last=done == running.total)


def _verify(at: Session, ends: Ends) -> None:
    try:
        reached = ends.at_target(live := read(at))
    except (SchemadiffError, KeyboardInterrupt) as error:
        reason = "Ctrl-C" if isinstance(error, KeyboardInterrupt) else str(error)
        raise ApplyError(
            f"{at.name}: all steps are committed, and whether they reach the target was not seen ({reason}); "
            "see with 'schemadiff check'"
        ) from error
    if not reached:
        raise ends.missed(at.name, live)
