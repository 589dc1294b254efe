"""Runs the steps of a plan, transaction by transaction, and records them where they run."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import psycopg

from .._findings import DEFAULT_ASKING, Asking
from .._named import missing
from .._pair import Pair
from .._patience import DEFAULT, Patience
from .._plan import Plan, Script
from .._trash import is_in_trash
from ..errors import ApplyError, Drifted, Refused, SchemadiffError
from ..kinds import kinds
from ..model import Catalog
from ..sources import Reader
from . import _failure, _history
from ._ends import Ends, is_unseen, read
from ._events import Progress, silent
from ._group import Group, Means, Running, run_group
from ._rows import ensure_fits
from ._session import Session, ensure_kept, ensure_rights, locked, session
from ._watch import watched


@dataclass(frozen=True, slots=True)
class Applied:
    """What an apply did: on which database (without its password), in how many seconds, and the id of its
    row in the history; None where the database was already at the target and nothing ran."""

    database: str
    plan: Plan
    id: int | None
    seconds: float


def apply_plan(
    plan: Plan,
    url: str,
    *,
    progress: Progress = silent,
    patience: Patience = DEFAULT,
    asking: Asking = DEFAULT_ASKING,
    scratch: str | None = None,
    ends: Pair | None = None,
) -> Applied:
    """Runs the forward steps of a plan on the database of a libpq URL, and sees that they reach the target.

    The database must be where the plan starts, at its target (then nothing runs), or where an earlier
    run of the same plan stopped (then it goes on from there). ``progress`` is called with what happens, from
    another thread too while a step runs; ``patience`` says how long locks and other applies are waited for, and
    ``asking`` how rows are asked before the first step, and again before each transaction, whether they are in the way.
    ``scratch`` says where a scratch database comes from when the plan was compiled on another major than the
    database's. ``ends`` are the catalogs that the plan was made from; with them, errors name the objects that
    differ.

    Raises ConnectError; Drifted where the database is in another state; Refused while another apply is
    running; PreflightFailed where rows would stop a step; ApplyError for a step that fails, Ctrl-C and a lost connection, with what is left in place.
    """
    began = time.monotonic()
    known = Ends(plan, Reader(scratch), ends)
    with prepared(plan, url, progress, patience, asking) as (at, means):
        running = start(at, known)
        if running is None:
            _finish(at, plan)
            return Applied(at.name, plan, None, time.monotonic() - began)
        _run(at, running, means)
        _verify(at, known)
        return Applied(at.name, plan, running.record, time.monotonic() - began)


@contextmanager
def prepared(
    plan: Plan, url: str, progress: Progress, patience: Patience, asking: Asking
) -> Iterator[tuple[Session, Means]]:
    """A session that keeps other applies out, and what the run of a plan goes by there."""
    _ensure_secrets(plan)
    with session(url) as at:
        ensure_kept(at)
        with (
            locked(at, patience.wait, progress),
            watched(at, progress, patience.lock_timeout) as watch,
        ):
            yield at, Means(patience, asking, progress, watch)


def start(at: Session, ends: Ends) -> Running | None:
    """Where to begin; None where there is nothing to do. Changes nothing.

    Raises Refused for a plan that this session may not run, and Drifted."""
    plan, live = ends.plan, read(at)
    if ends.at_origin(live):
        if plan.empty:
            return None
        _ensure_trash(at, plan, live)
        _ensure_role(at, plan, live.server.role)
        _ensure_named(at, plan, live.server.roles or frozenset())
        ensure_rights(at)
        found = _history.records(at)
        stopped = _history.unfinished(found, plan)
        undoes = _history.undone_by(found, plan)
        if stopped is not None and stopped.steps_done == 0:
            return Running(plan, undoes, stopped.id, resumed=True)
        return Running(plan, undoes)
    reached = ends.at_target(live)
    if reached and not any(map(is_unseen, plan.forward.steps)):
        return None
    found = _history.records(at)
    stopped = _history.unfinished(found, plan)
    if reached and not (stopped and all(map(is_unseen, plan.forward.steps[stopped.steps_done :]))):
        return None
    ensure_rights(at)
    if stopped is None:
        raise ends.drifted(at.name, live)
    undoes = _history.undone_by(found, plan)
    return Running(plan, undoes, stopped.id, stopped.steps_done, resumed=True)


def _finish(at: Session, plan: Plan) -> None:
    """An earlier run that reached the target, and was killed before it wrote so, is finished now."""
    if plan.empty or any(map(is_unseen, plan.forward.steps)):
        return
    with suppress(ApplyError, psycopg.Error):  # nothing has to be run, so no rights are needed
        found = _history.records(at)
        if stopped := _history.unfinished(found, plan):
            _history.finish(at.connection, found, stopped)


def _ensure_trash(at: Session, plan: Plan, live: Catalog) -> None:
    """Raises Drifted where what a plan brings back from the trash is not there, which no fingerprint shows."""
    wanted = (r.id for r in plan.renamed if is_in_trash(r.id) and kinds()[r.id.kind].loses)
    missing = [str(i) for i in wanted if i not in live.facts]
    if missing:
        raise Drifted(
            f"{at.name}: the plan brings back what is not in the trash any more: {', '.join(missing)}; it was purged or "
            "moved since; nothing was run"
        )


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


def _run(at: Session, running: Running, means: Means) -> None:
    plan, began = running.plan, running.done
    try:
        ensure_fits(at, plan, means.asking, began)
        for group in _groups(plan.forward):
            if group.first > began:
                ensure_fits(at, plan, means.asking, group.first, group.after)
            if group.first >= running.done:
                run_group(at, running, group, means)
    except (psycopg.Error, KeyboardInterrupt) as error:
        raise _failure.explained(at, running, error) from cause(running, error)


def cause(running: Running, error: BaseException) -> BaseException | None:
    """What a traceback may show: an error of a statement that holds a secret quotes it."""
    return None if running.plan.forward.secret else error


def _groups(script: Script) -> Iterator[Group]:
    first = 0
    for steps in script.transactions:
        yield Group(first, steps)
        first += len(steps)


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
