"""What of a plan must be allowed by name before it runs: what loses data, and what locks a large table for long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ._plan import Plan
from .catalog import Usage, usage
from .config import REWRITE_LIMIT
from .engine import Relation, Step
from .errors import NotAllowed, UsageError
from .hazards import ALWAYS, BY_SIZE, Hazard, Sight, by_relation, effects, guessed, hazards, named, sights
from .report import words


@dataclass(frozen=True, slots=True)
class Refusal:
    """A hazard that is not allowed, and what it would do, as a sentence without a subject."""

    hazard: str
    text: str


def names(given: Iterable[str]) -> frozenset[str]:
    """The hazards of ``--allow`` and ``allow``, with commas between. Raises UsageError for one that there is not."""
    found = {name.strip() for part in given for name in part.split(",")} - {""}
    for name in sorted(found.difference(hazards())):
        raise UsageError(f"allow {name}: there is no such hazard; there are {', '.join(hazards())}")
    return frozenset(found)


def current(plan: Plan, url: str) -> tuple[Usage, ...]:
    """How large what the plan touches is now. Asks the database, read-only. Raises ConnectError."""
    unseen = (s for s in plan.forward.steps if s.observed is None and _depends_on_size(s))
    return usage(url, plan.touched.union(map(guessed, unseen)))


def _depends_on_size(step: Step) -> bool:
    return any(hazards()[name].must_be_allowed == BY_SIZE for name in step.hazards)


def ensure_allowed(
    plan: Plan, found: Sequence[Usage], name: str, allow: Iterable[str] = (), *, limit: int = REWRITE_LIMIT
) -> None:
    """Raises NotAllowed for hazards of the forward steps that nobody allowed, with what to add.

    ``found`` is the usage of the tables now, ``name`` what the database is called, ``limit`` the size in bytes up to
    which a table is small."""
    left = refusals(plan, found, allow, limit)
    if left:
        raise NotAllowed(refused([(name, left)]))


def refused(found: Iterable[tuple[str, Sequence[Refusal]]]) -> str:
    """What is said of refusals, by database."""
    pairs = [(name, refusal) for name, refusals in found for refusal in refusals]
    lines = dict.fromkeys(f"{name}: {refusal.text}" for name, refusal in pairs)
    flag = ",".join(sorted({refusal.hazard for _, refusal in pairs}))
    return "\n".join([*lines, f"nothing was done; if that is meant, add --allow {flag}"])


def refusals(plan: Plan, found: Sequence[Usage], allow: Iterable[str], limit: int) -> tuple[Refusal, ...]:
    """The hazards of the forward steps that must be allowed and are not, in the order of the steps."""
    asked = {name: hazards()[name] for name in set(plan.hazards).difference(names(allow))}
    losses = {n: _loss(n, plan) for n, hazard in asked.items() if hazard.must_be_allowed == ALWAYS}
    known = by_relation(found)
    left: dict[Refusal, None] = {}
    for step, sight in sights(plan.forward):
        for name in step.hazards:
            if name in losses:
                left[Refusal(name, losses[name])] = None
            elif name in asked and asked[name].must_be_allowed == BY_SIZE:
                texts = _texts(asked[name], step, sight, known, limit)
                left.update((Refusal(name, text), None) for text in texts)
    return tuple(left)


def _texts(
    hazard: Hazard, step: Step, sight: Sight | None, known: Mapping[Relation, Usage], limit: int
) -> Iterable[str]:
    """What a hazard of a step would do to tables that are large."""
    if sight is None:
        return _unseen(step, known, limit)
    assert hazard.relations is not None, f"{hazard.name} depends on sizes, of what?"
    return _seen(sight, _large(hazard.relations(sight), known, limit), known)


def _loss(name: str, plan: Plan) -> str:
    if name == "DELETES_DATA":
        return f"deletes {words.contents(words.deletes(plan.forward))}"
    steps = dict.fromkeys(i for s in plan.forward.steps if name in s.hazards for i in s.ids)
    return f"may change {words.contents(list(steps))}"


def _large(relations: Iterable[Relation], known: Mapping[Relation, Usage], limit: int) -> set[Relation]:
    """Those over the limit, and those whose size nobody knows."""
    return {r for r in relations if (size := _size(r, known)) is None or size > limit}


def _size(relation: Relation, known: Mapping[Relation, Usage]) -> int | None:
    return known[relation].size if relation in known else None


def _seen(sight: Sight, large: set[Relation], known: Mapping[Relation, Usage]) -> Iterator[str]:
    for effect in effects(sight, known):
        if large.intersection(effect.relations):
            is_known = all(_size(r, known) is not None for r in effect.relations)
            yield effect.text + ("" if is_known else ", and how large that is is not known")


def _unseen(step: Step, known: Mapping[Relation, Usage], limit: int) -> Iterator[str]:
    relation = guessed(step)
    if _large([relation], known, limit):
        yield f"may rewrite {named(relation, known)}: the plan is not proven"
