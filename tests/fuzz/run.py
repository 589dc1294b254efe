"""Walks random pairs: generate, load, judge; shrink what fails. The number of a walk and of a pair make the pair.

Hypothesis would not do for the dice: what it draws from a seed changes with the constants in the code around it.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random

from .dice import Dice
from .edits import edited
from .generate import world
from .judge import Fault, Judge, script
from .shrink import Pair, shrunk
from .world import World

KNOWN_GAPS = {
    "has different type for column": "a column appears in a table while an heir gets one of that name from another",
}
"""What a plan cannot do yet, by what PostgreSQL says of it; each is counted, and few may be."""

TAKEN_OVER = "a type or table takes the name of what goes only with something that needs it already"
RING = re.compile(r"^  (create|drop) (.+)$", re.M)
"""The steps of a DependencyCycle, with kind and name of their objects."""


@dataclass(frozen=True, slots=True)
class Failure:
    number: int
    fault: Fault
    old: World
    new: World

    def __str__(self) -> str:
        return f"pair {self.number}: {self.fault}\n\n-- old.sql\n{script(self.old)}\n-- new.sql\n{script(self.new)}"


BOTH = 5
"""Of one pair in so many the proof on everything is asked too."""


@dataclass(slots=True)
class Walk:
    """What was walked: pairs judged, and what was wrong with some; objects drawn and accepted, by kind."""

    pairs: int = 0
    failures: list[Failure] = field(default_factory=list)
    gaps: Counter[str] = field(default_factory=Counter)
    """Pairs that meet a known gap, by its reason."""
    drawn: Counter[str] = field(default_factory=Counter)
    accepted: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0


def walk(
    judge: Judge,
    *,
    pairs: int,
    number: int,
    seconds: float,
    tries: int = 60,
    report: Callable[[Failure], None] = lambda _: None,
) -> Walk:
    """Judges ``pairs`` pairs of the walk ``number``, or as many as begin within ``seconds``."""
    found, began = Walk(), time.monotonic()
    while found.pairs < pairs and time.monotonic() - began <= seconds:
        found.pairs += 1
        asked = replace(judge, both=found.pairs % BOTH == 0)
        failure = _judged(asked, Dice(Random(f"{number}/{found.pairs}")), found, tries)
        if failure is not None:
            found.failures.append(failure)
            report(failure)
    found.seconds = time.monotonic() - began
    return found


def _judged(judge: Judge, dice: Dice, walk: Walk, tries: int) -> Failure | None:
    drawn = world(dice)
    with judge.loaded(drawn) as (ours, old):
        walk.drawn.update(o.kind for o in drawn.objects)
        walk.accepted.update(o.kind for o in old.objects)
        with judge.loaded(edited(old, dice)) as (wanted, new):
            fault = judge.fault(ours, wanted)
    if fault is None:
        return None
    gap = _gap(fault)
    if gap is not None:
        walk.gaps[gap] += 1
        return None
    return _smaller(judge, Failure(walk.pairs, fault, old, new), tries)


def _gap(fault: Fault) -> str | None:
    said = next((reason for said, reason in KNOWN_GAPS.items() if said in fault.text), None)
    names = [(verb, what.split(" ")[-1]) for verb, what in RING.findall(fault.text)]
    taken = any(("drop", name) in names for verb, name in names if verb == "create")
    return TAKEN_OVER if "DependencyCycle" in fault.text and taken else said


def _smaller(judge: Judge, failure: Failure, tries: int) -> Failure:
    """The failure on less; without a proof where it shows without, which is faster."""
    pair = failure.old, failure.new
    quick = replace(judge, prove=False)
    seen = _fault(quick, pair)
    chosen, stage = (quick, seen.stage) if seen else (judge, failure.fault.stage)

    def fails(smaller: Pair) -> bool:
        again = _fault(chosen, smaller)
        return again is not None and again.stage == stage and _gap(again) is None

    old, new = shrunk(pair, fails, tries) if tries else pair
    return replace(failure, fault=_fault(judge, (old, new)) or failure.fault, old=old, new=new)


def _fault(judge: Judge, pair: Pair) -> Fault | None:
    with judge.loaded(pair[0]) as (ours, _), judge.loaded(pair[1]) as (wanted, _):
        return judge.fault(ours, wanted)
