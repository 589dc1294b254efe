"""Running plans that were made: shown, allowed, confirmed, then one database after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .._findings import Asking
from .._patience import Patience
from ..errors import NotAllowed, PreflightFailed, SchemadiffError
from ._output import can_ask, confirmed, highlight, say, show
from ._planning import Failed, Planned
from ._progress import stepping

if TYPE_CHECKING:
    from ..report.text import Text

type Once = Callable[[Planned, Way], str]


@dataclass(frozen=True, slots=True)
class Way:
    """How plans are run: the question, what needs no word, how long is waited, whether a failure leaves the other
    databases alone, and which had failed when they were planned; and how rows are asked."""

    question: str
    yes: bool
    allow: tuple[str, ...]
    rewrite_limit: int
    patience: Patience
    asking: Asking
    keep_going: bool = False
    failed: tuple[Failed, ...] = ()


def run(plans: Sequence[Planned], way: Way) -> int:
    """Shows the plans, asks, and runs them in turn. The first failure ends it, or with ``keep_going`` the turn of
    its database, with a word on the others.

    Raises NotAllowed, and without ``keep_going`` PreflightFailed, before any database is touched; what ``apply_plan``
    raises after that."""
    _show(plans)
    todo = [p for p in plans if not p.plan.empty]
    if todo:
        _ensure_allowed(plans, way.allow, way.rewrite_limit)
        if not way.keep_going:  # else only the database whose rows they are is left alone, in its turn
            _ensure_fit(plans)
        _confirmed(todo, way)
    return _run_all(todo, way, _apply) if todo or way.failed else 0


def rehearse(plans: Sequence[Planned], way: Way) -> int:
    """Shows the plans and runs them in turn, each in a transaction that is rolled back. Nothing is asked."""
    _show(plans)
    return _run_all(plans, way, _rehearse)


def _confirmed(plans: Sequence[Planned], way: Way) -> None:
    names = ", ".join(dict.fromkeys(p.database.name for p in plans))
    if not way.yes and not can_ask():
        raise NotAllowed(f"nobody is here to confirm: no terminal; say --yes to go on with {names}")
    if not way.yes and not confirmed(f"{way.question} {names}?"):
        raise NotAllowed("not confirmed, so nothing was done")


def _show(plans: Sequence[Planned]) -> None:
    from ..report import text

    shown: list[Planned] = []
    for one in plans:
        same = next((p for p in shown if _alike(p, one)), None)
        if same is None:
            show(text.running(one.now, highlight()))
            shown.append(one)
        else:
            show(text.Text(f"{one.database.name}: the same plan as {same.database.name}"))
            if one.preflight and one.preflight.findings:
                show(text.preflight(one.now))
        show(text.Text())


def _alike(one: Planned, other: Planned) -> bool:
    pairs = ((one.plan.forward, other.plan.forward), (one.plan.reverse, other.plan.reverse))
    return not one.plan.empty and all(a.steps == b.steps for a, b in pairs)


def _ensure_fit(plans: Sequence[Planned]) -> None:
    """Raises PreflightFailed where rows would stop a step."""
    from ..report.words import in_the_way

    found = [
        in_the_way(one.database.name, one.plan, one.preflight.failing)
        for one in plans
        if one.preflight and one.preflight.failing
    ]
    if found:
        raise PreflightFailed("\n".join(found))


def _ensure_allowed(plans: Sequence[Planned], allow: Sequence[str], limit: int) -> None:
    """Raises NotAllowed for hazards that nobody allowed, with what to add."""
    from .._gate import refusals, refused

    found = [
        (one.database.name, refusals(one.plan, one.usage, (*allow, *one.database.allow), limit))
        for one in plans
    ]
    if any(left for _, left in found):
        raise NotAllowed(refused(found))


def _run_all(plans: Sequence[Planned], way: Way, once: Once) -> int:
    rows = [(one.name, "failed: no plan", False) for one in way.failed]
    failed = [*way.failed]
    try:
        for number, one in enumerate(plans):
            if one.database.name in (f.name for f in failed):
                rows.append((one.database.name, "not run, after that failure", False))
                continue
            try:
                rows.append((one.database.name, once(one, way), True))
            except SchemadiffError as error:
                rows.append((one.database.name, "failed", False))
                failed.append(Failed(one.database.name, error))
                if not way.keep_going:
                    rows += [(p.database.name, "not touched", False) for p in plans[number + 1 :]]
                    break
            except BaseException:
                rows.append((one.database.name, "failed", False))
                rows += [(p.database.name, "not touched", False) for p in plans[number + 1 :]]
                raise
    finally:
        show(_results(rows))
    return _ended(failed)


def _ended(failed: Sequence[Failed]) -> int:
    """Raises the last failure; those before it are said."""
    if not failed:
        return 0
    for one in failed[:-1]:
        say(f"error: {one.error}")
    raise failed[-1].error


def _apply(one: Planned, way: Way) -> str:
    from .._apply import apply_plan

    done = _ran(apply_plan, one, way)
    if done.id is None:
        return "was at the target already, nothing ran"
    return f"done in {done.seconds:.1f} s, record {done.id}"


def _rehearse(one: Planned, way: Way) -> str:
    from .._apply import rehearse_plan

    done = _ran(rehearse_plan, one, way)
    if not done.steps:
        return "is at the target already, nothing would run"
    return f"{done.steps} steps ran in {done.seconds:.1f} s, reached the target and were rolled back"


def _ran[T](how: Callable[..., T], one: Planned, way: Way) -> T:
    """What running a plan in some way came to, with its progress shown."""
    with stepping(one.database.name) as progress:
        return how(
            one.plan,
            one.database.text,
            progress=progress,
            patience=way.patience,
            asking=way.asking,
            scratch=one.scratch,
            ends=one.ends,
        )


def _results(rows: Sequence[tuple[str, str, bool]]) -> Text:
    from ..report import text

    return text.results(rows)
