"""Which plans take back what was applied, from the history of the database."""

from __future__ import annotations

from itertools import pairwise

from .._plan import Plan
from ..errors import Refused, UsageError
from ..sources import Reader
from . import _history
from ._ends import Ends, is_unseen, read
from ._history import Record
from ._session import Session, locked, session


def revert_plan(url: str) -> Plan:
    """The plan that takes back the newest applied one that still stands.

    Raises Refused where there is none, or where that one stopped on the way."""
    return revert_plans(url)[0]


def revert_plans(url: str, to: int | None = None) -> tuple[Plan, ...]:
    """The plans that lead back to where the record ``to`` of the history left the database, in order: each takes
    back one that was applied later and still stands. 0 is where the database was before the first of them.

    Raises UsageError for an id that is of no applied plan that stands, and Refused where nothing is to be
    taken back, where a plan stopped on the way, or where the database was changed between two of them."""
    with session(url) as at:
        found = _settled(at)
        back = _taken_back(at.name, found, to)
        for record in back:
            if not record.finished:
                raise Refused(
                    f"{at.name}: the apply of id {record.id}, {record.applied_at:%Y-%m-%d %H:%M}, stopped after "
                    f"step {record.steps_done} of {record.steps}; apply the same plan again to finish it, or plan anew"
                )
        plans = tuple(record.plan.reversed() for record in back)
        for (one, later), (plan, earlier) in zip(pairwise(back), pairwise(plans), strict=True):
            alike = plan.compiled == earlier.version and plan.scope == earlier.scope
            if alike and plan.after != earlier.before:
                raise Refused(
                    f"{at.name}: something else changed the database between the plans of id {later.id} and "
                    f"{one.id}; nothing was run; go back to id {later.id} first, then plan what is missing"
                )
        return plans


def _taken_back(name: str, found: tuple[Record, ...], to: int | None) -> tuple[Record, ...]:
    standing = tuple(_history.standing(found))
    if to is not None and to not in (0, *(r.id for r in standing)):
        known = ", ".join(str(r.id) for r in standing) or "none"
        raise UsageError(
            f"{name}: id {to} is of no applied plan that still stands (these are: {known}); see 'schemadiff history'"
        )
    back = standing[:1] if to is None else tuple(r for r in standing if r.id > to)
    if not back:
        newer = "" if not standing else f" newer than id {to}"
        raise Refused(f"{name}: nothing to revert: its history has no applied plan{newer} that still stands")
    return back


def _settled(at: Session) -> tuple[Record, ...]:
    """The history; a run that reached its end and was killed before it wrote so is finished."""
    found = _history.records(at)
    if not found or found[0].finished:
        return found
    with locked(at):
        found = _history.records(at)
        settle(at, found)
    return _history.records(at)


def settle(at: Session, found: tuple[Record, ...]) -> None:
    """Finishes the newest record where it stopped and the database is at its target after all."""
    newest = found[0]
    left = () if newest.finished else newest.plan.forward.steps[newest.steps_done :]
    if left and not any(map(is_unseen, left)) and Ends(newest.plan, Reader(None)).at_target(read(at)):
        _history.finish(at.connection, found, newest)
