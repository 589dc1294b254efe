"""One transaction of a plan, or one step outside of any: run, tried again where that helps, and recorded where it ran.

https://www.postgresql.org/docs/current/errcodes-appendix.html
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

import psycopg

from .._contention import changed_meanwhile
from .._findings import Asking
from .._patience import Patience
from .._plan import SETTINGS, Plan
from ..engine import Step
from . import _again, _history
from ._events import Blocker, Progress, Retrying, StepBegan, StepEnded
from ._failure import holders
from ._locks import Locks, Order, set_limits
from ._session import Session
from ._watch import Watch

REASONS: dict[type[psycopg.Error], str] = {
    psycopg.errors.LockNotAvailable: "a lock was not to be had",
    psycopg.errors.DeadlockDetected: "a deadlock was detected",
}
"""What passes: whoever was in the way may be gone at the next try."""

# Who finds a deadlock is ended: that shall be the apply, which tries again. Not every role may say so.
FIRST_IN_A_DEADLOCK = "select set_config('deadlock_timeout', '100ms', true) where {may}"
MAY = {
    14: "current_setting('is_superuser')::boolean",
    15: "has_parameter_privilege('deadlock_timeout', 'set')",
}


@dataclass(slots=True)
class Running:
    """How far a run is: its row in the history, the steps committed, the step being run (from 1), and the
    last step of the transaction being committed; 0 where there is none. ``tries`` of the transaction that
    is run were in vain."""

    plan: Plan
    undoes: int | None
    record: int | None = None
    done: int = 0
    step: int = 0
    committing: int = 0
    tries: int = 0
    blockers: tuple[Blocker, ...] = ()
    """Who was in the way at the last of them."""
    order: Order = field(default_factory=Order)
    resumed: bool = False
    """Whether an earlier run may have done the first step without having written that down."""

    @property
    def total(self) -> int:
        return len(self.plan.forward.steps)


@dataclass(frozen=True, slots=True)
class Means:
    """What a run goes by: how long it waits, how rows are asked, who is told, and who looks at what it waits for."""

    patience: Patience
    asking: Asking
    tell: Progress
    watch: Watch


@dataclass(frozen=True, slots=True)
class Group:
    """Steps of one transaction, and how many come before them."""

    first: int
    steps: tuple[Step, ...]

    @property
    def transactional(self) -> bool:
        return self.steps[0].transactional

    @property
    def after(self) -> int:
        return self.first + len(self.steps)


type Once = Callable[[Session, Running, Group, Means], None]


def run_group(at: Session, running: Running, group: Group, means: Means) -> None:
    """Runs a transaction, again from its start where a lock was not to be had or a deadlock was detected.

    Raises psycopg.Error once it gives up, and for anything else that fails."""
    _tried(at, running, group, means, _transaction if group.transactional else _alone)
    running.done = group.after


def rehearse_group(
    at: Session, running: Running, group: Group, means: Means, look: Callable[[], None]
) -> None:
    """Runs steps in one transaction as ``run_group`` does, calls ``look`` when they have run, and rolls all back."""

    def once(at: Session, running: Running, group: Group, means: Means) -> None:
        with at.connection.transaction() as transaction:
            _set_up(at, means)
            _run_steps(at, running, group, means)
            at.connection.execute("set constraints all immediate")  # as a commit would
            look()
            raise psycopg.Rollback(transaction)

    _tried(at, running, group, means, once)


def _tried(at: Session, running: Running, group: Group, means: Means, once: Once) -> None:
    for tries in count(1):
        record = running.record
        try:
            once(at, running, group, means)
        except psycopg.Error as error:
            reason = _reason(error)
            if reason is None:
                raise
            running.tries, running.blockers = tries, means.watch.blockers
            running.order.learn(error)
            if at.connection.closed or tries >= _most(running, means) or not _is_repeatable(group):
                raise
            if group.transactional:
                running.record = record  # the row of a first transaction went with it
            _pause(at, running, means, reason)
        else:
            running.step, running.committing, running.tries = 0, 0, 0
            running.resumed, running.order = False, Order()
            return


def _reason(error: psycopg.Error) -> str | None:
    """Why another try may get through; None where it would fail as this one did."""
    if changed_meanwhile(error):
        return "another session changed the same row of a system catalog"
    return REASONS.get(type(error))


def _most(running: Running, means: Means) -> int:
    """How many tries there are at most: one that only showed what to lock first is not counted."""
    retries = means.patience.retries
    return 1 + retries + (running.order.learnt if retries else 0)


def _is_repeatable(group: Group) -> bool:
    return all(map(_again.is_repeatable, group.steps))


def _pause(at: Session, running: Running, means: Means, reason: str) -> None:
    tries, most = running.tries, _most(running, means)
    number = max(running.step, running.done + 1)
    step = running.plan.forward.steps[number - 1]
    pause = means.patience.pause(max(tries - running.order.learnt, 1))
    blockers = running.blockers or holders(at)
    running.step = running.committing = 0
    means.tell(Retrying(number, running.total, step, reason, tries, most, pause, blockers))
    time.sleep(pause)


def _transaction(at: Session, running: Running, group: Group, means: Means) -> None:
    with at.connection.transaction():
        _set_up(at, means)
        record = _begun(at, running)
        _run_steps(at, running, group, means)
        _record(at, running, record, group.after)
        running.committing = group.after


def _set_up(at: Session, means: Means) -> None:
    for setting in SETTINGS:
        at.connection.execute(setting.encode())
    may = MAY[min(at.connection.info.server_version // 10000, max(MAY))]
    at.connection.execute(FIRST_IN_A_DEADLOCK.format(may=may).encode())
    set_limits(at.connection, means.patience.waiting, means.patience.statement_timeout, local=True)


def _run_steps(at: Session, running: Running, group: Group, means: Means) -> None:
    locks = Locks(
        at.connection, running.plan, group.steps, means.patience, running.order, means.patience.waiting
    )
    for number, step in enumerate(group.steps, group.first + 1):
        _step(at, running, number, step, means, locks)


def _alone(at: Session, running: Running, group: Group, means: Means) -> None:
    """A step outside of transactions. It waits for those who use the table, and none of them for it: a limit
    to that would end what is half done."""
    (step,) = group.steps
    with at.connection.transaction():
        running.record = record = _begun(at, running)
    again = running.resumed or running.tries > 0
    if not (again and _again.is_done(at.connection, step)):
        set_limits(at.connection, 0.0, means.patience.statement_timeout, local=False)
        _step(at, running, group.after, step, means)
    set_limits(at.connection, 0.0, 0.0, local=False)
    with at.connection.transaction():
        _record(at, running, record, group.after)


def _step(
    at: Session, running: Running, number: int, step: Step, means: Means, locks: Locks | None = None
) -> None:
    running.step = number
    began = StepBegan(number, running.total, step)
    means.tell(began)
    since = time.monotonic()
    with means.watch.over(began):
        if locks:
            locks.before(step)
        at.connection.execute(step.sql.encode())
    means.tell(StepEnded(number, running.total, step, time.monotonic() - since))


def _begun(at: Session, running: Running) -> int:
    """The row of this run. Its number is kept at once: after a lost commit it is what can be asked for."""
    if running.record is None:
        running.record = _history.begin(at.connection, running.plan, running.undoes)
    return running.record


def _record(at: Session, running: Running, record: int, done: int) -> None:
    _history.advance(at.connection, record, done, running.undoes, last=done == running.total)
