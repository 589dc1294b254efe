"""Running plans that were made: shown, allowed, confirmed, then one database after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..errors import NotAllowed
from ._output import can_ask, confirmed, highlight, show, stepping
from ._planning import Planned

if TYPE_CHECKING:
    from ..report.text import Text

MUST_BE_ALLOWED = frozenset({"DELETES_DATA"})


def run(plans: Sequence[Planned], *, yes: bool, allow: Iterable[str], question: str) -> int:
    """Shows the plans, asks, and runs them in turn; the first failure ends it, with a word on the others.

    Raises NotAllowed before any database is touched; what ``apply_plan`` raises after that."""
    _show(plans)
    todo = [p for p in plans if not p.plan.empty]
    if not todo:
        return 0
    _allowed(todo, allow)
    names = ", ".join(p.database.name for p in todo)
    if not yes and not can_ask():
        raise NotAllowed(f"nobody is here to confirm: no terminal; say --yes to go on with {names}")
    if not yes and not confirmed(f"{question} {names}?"):
        raise NotAllowed("not confirmed, so nothing was done")
    _run_all(todo)
    return 0


def _show(plans: Sequence[Planned]) -> None:
    from ..report import text

    shown: list[Planned] = []
    for one in plans:
        same = next((p for p in shown if _alike(p, one)), None)
        if same is None:
            show(text.running(one.plan, highlight()))
            shown.append(one)
        else:
            show(text.Text(f"{one.database.name}: the same plan as {same.database.name}"))
        show(text.Text())


def _alike(one: Planned, other: Planned) -> bool:
    pairs = ((one.plan.forward, other.plan.forward), (one.plan.reverse, other.plan.reverse))
    return not one.plan.empty and all(a.steps == b.steps for a, b in pairs)


def _allowed(plans: Sequence[Planned], allow: Iterable[str]) -> None:
    """Raises NotAllowed for hazards that nobody allowed, with what to add."""
    from ..report import words

    allowed = {name.strip() for part in allow for name in part.split(",")}
    lines = []
    missing: set[str] = set()
    for one in plans:
        found = MUST_BE_ALLOWED.intersection(one.plan.hazards) - allowed
        if found:
            missing |= found
            lines.append(f"{one.database.name}: deletes {words.contents(words.deletes(one.plan.forward))}")
    if missing:
        flag = ",".join(sorted(missing))
        raise NotAllowed("\n".join([*lines, f"nothing was done; if that is meant, add --allow {flag}"]))


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
