"""Running plans that were made: shown, allowed, confirmed, then one database after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ..errors import NotAllowed
from ._output import can_ask, confirmed, highlight, show, stepping
from ._planning import Planned

if TYPE_CHECKING:
    from ..catalog import Usage
    from ..config import Config
    from ..report.text import Text

type Sized = tuple[Planned, tuple[Usage, ...]]
"""A plan, and how large what it touches is."""


def run(
    plans: Sequence[Planned], config: Config, *, yes: bool, allow: Sequence[str] | None, question: str
) -> int:
    """Shows the plans, asks, and runs them in turn; the first failure ends it, with a word on the others.

    Raises NotAllowed before any database is touched; what ``apply_plan`` raises after that."""
    sized = [(p, p.usage()) for p in plans]
    _show(sized)
    todo = [p for p in plans if not p.plan.empty]
    if not todo:
        return 0
    _ensure_allowed(sized, (*config.allow, *(allow or ())), config.rewrite_limit)
    names = ", ".join(p.database.name for p in todo)
    if not yes and not can_ask():
        raise NotAllowed(f"nobody is here to confirm: no terminal; say --yes to go on with {names}")
    if not yes and not confirmed(f"{question} {names}?"):
        raise NotAllowed("not confirmed, so nothing was done")
    _run_all(todo)
    return 0


def _show(plans: Sequence[Sized]) -> None:
    from ..report import text

    shown: list[Planned] = []
    for one, usage in plans:
        same = next((p for p in shown if _alike(p, one)), None)
        if same is None:
            show(text.running(replace(one.plan, usage=usage), highlight()))
            shown.append(one)
        else:
            show(text.Text(f"{one.database.name}: the same plan as {same.database.name}"))
        show(text.Text())


def _alike(one: Planned, other: Planned) -> bool:
    pairs = ((one.plan.forward, other.plan.forward), (one.plan.reverse, other.plan.reverse))
    return not one.plan.empty and all(a.steps == b.steps for a, b in pairs)


def _ensure_allowed(plans: Sequence[Sized], allow: Sequence[str], limit: int) -> None:
    """Raises NotAllowed for hazards that nobody allowed, with what to add."""
    from .._gate import refusals, refused

    found = [
        (one.database.name, refusals(one.plan, usage, (*allow, *one.database.allow), limit))
        for one, usage in plans
    ]
    if any(left for _, left in found):
        raise NotAllowed(refused(found))


def _run_all(plans: Sequence[Planned]) -> None:
    from .._apply import apply_plan

    rows: list[tuple[str, str, bool]] = []
    try:
        for one in plans:
            with stepping(one.database.name) as progress:
                done = apply_plan(
                    one.plan, one.database.text, progress=progress, scratch=one.scratch, ends=one.ends
                )
            if done.id is None:
                rows.append((one.database.name, "was at the target already, nothing ran", True))
            else:
                rows.append((one.database.name, f"done in {done.seconds:.1f} s, record {done.id}", True))
    except BaseException:
        left = [p.database.name for p in plans[len(rows) :]]
        rows.append((left[0], "failed", False))
        rows += [(name, "not touched", False) for name in left[1:]]
        raise
    finally:
        show(_results(rows))


def _results(rows: Sequence[tuple[str, str, bool]]) -> Text:
    from ..report import text

    return text.results(rows)
