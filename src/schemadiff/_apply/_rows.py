"""The questions of a plan to the rows, asked again where it runs: values may have changed since it was made."""

from __future__ import annotations

from .._findings import Asking
from .._plan import Plan
from .._preflight import ask
from ..errors import PreflightFailed
from ..report import words
from ._session import Session

SHOWN = 10


def ensure_fits(at: Session, plan: Plan, asking: Asking, first: int = 0, last: int | None = None) -> None:
    """Raises PreflightFailed where rows would stop a step of a slice of the plan, with the queries that show them.

    Questions are about names as they are before the plan: once steps of one that renames have run, none is asked."""
    if not asking.timeout or (first and plan.renamed):
        return
    failing = ask(at.connection, plan.forward.questions(first, last), asking).failing
    if failing:
        raise PreflightFailed(words.in_the_way(at.name, plan, failing, first))
