"""Running a plan on a database: drift, locks, transactions, the history of what was applied.

Nothing is planned here. ``_session`` connects and keeps others out, ``_ends`` compares with the ends of
the plan, ``_history`` records, ``_run`` runs the steps, ``_failure`` says what is left after a failure.
"""

from ._history import Record, history, revert_plan
from ._run import Applied, apply_plan

__all__ = ["Applied", "Record", "apply_plan", "history", "revert_plan"]
