"""Running a plan on a database: drift, locks, transactions, the history of what was applied.

Nothing is planned here. ``_session`` connects and keeps others out, ``_ends`` compares with the ends of the plan,
``_history`` records and ``_revert`` says what takes that back. ``_run`` runs the plan, ``_rehearsal`` without a trace,
and ``_group`` each transaction of it; ``_again`` clears away what an earlier try has left. ``_watch`` looks on and
``_events`` are what it sees; ``_failure`` says what is left after a failure.
"""

from ._events import (
    Blocker,
    Building,
    Event,
    Progress,
    Queued,
    Retrying,
    StepBegan,
    StepEnded,
    Waiting,
    spent,
)
from ._history import Record, history
from ._rehearsal import Rehearsed, rehearse_plan
from ._revert import revert_plan, revert_plans
from ._run import Applied, apply_plan

__all__ = [
    "Applied",
    "Blocker",
    "Building",
    "Event",
    "Progress",
    "Queued",
    "Record",
    "Rehearsed",
    "Retrying",
    "StepBegan",
    "StepEnded",
    "Waiting",
    "apply_plan",
    "history",
    "rehearse_plan",
    "revert_plan",
    "revert_plans",
    "spent",
]
