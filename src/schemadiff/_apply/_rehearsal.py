"""Running a plan on the database itself, in one transaction that is rolled back."""

from __future__ import annotations

import time
from dataclasses import dataclass

import psycopg

from .._findings import DEFAULT_ASKING, Asking
from .._pair import Pair
from .._patience import DEFAULT, Patience
from .._plan import Plan
from ..engine import Step
from ..errors import ApplyError, Refused
from ..sources import Reader
from . import _failure
from ._ends import Ends, read
from ._events import Progress, silent
from ._group import Group, Means, Running, rehearse_group
from ._rows import ensure_fits
from ._run import cause, prepared, start
from ._session import Session

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What a rehearsal did: how many steps ran and were rolled back on which database, in how many seconds."""

    database: str
    steps: int
    seconds: float


def rehearse_plan(
    plan: Plan,
    url: str,
    *,
    progress: Progress = silent,
    patience: Patience = DEFAULT,
    asking: Asking = DEFAULT_ASKING,
    scratch: str | None = None,
    ends: Pair | None = None,
) -> Rehearsed:
    """Runs the steps that ``apply_plan`` would run, sees that they reach the target, and rolls all back: the
    database and its history stay as they are. Until then it keeps all locks that the steps take.

    Raises what ``apply_plan`` raises, and Refused for a plan with steps that cannot be taken back."""
    began = time.monotonic()
    known = Ends(plan, Reader(scratch), ends)
    with prepared(plan, url, progress, patience, asking) as (at, means):
        running = start(at, known)
        first = len(plan.forward.steps) if running is None else running.done
        steps = plan.forward.steps[first:]
        if steps:
            _ensure_can_be_taken_back(at, first, steps)
            _rehearse(at, known, Group(first, steps), means)
        return Rehearsed(at.name, len(steps), time.monotonic() - began)


def _ensure_can_be_taken_back(at: Session, first: int, steps: tuple[Step, ...]) -> None:
    lines = []
    for number, step in enumerate(steps, first + 1):
        if not step.transactional:
            lines.append(f"  step {number} runs in no transaction: {step.line}")
        elif step.begins:
            lines.append(f"  step {number} needs a commit of those before it: {step.line}")
    if lines:
        more = [f"  … and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else []
        cure = "try the plan of --strategy simple, or rely on the proof, which ran all of it on scratch databases"
        head = f"{at.name}: not every step can be taken back, so nothing was run; {cure}"
        raise Refused("\n".join([head, *lines[:SHOWN], *more]))


def _rehearse(at: Session, ends: Ends, group: Group, means: Means) -> None:
    running = Running(ends.plan, None, done=group.first)

    def look() -> None:
        live = read(at)
        if not ends.at_target(live):
            raise ApplyError(
                f"{at.name}: all steps ran and were rolled back; they do not lead to {ends.plan.target}, plan again"
            )

    try:
        ensure_fits(at, ends.plan, means.asking, group.first)
        rehearse_group(at, running, group, means, look)
    except (psycopg.Error, KeyboardInterrupt) as error:
        raise _failure.explained(at, running, error) from cause(running, error)
