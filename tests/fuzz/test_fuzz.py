"""Some fifty random pairs, always the same ones, there and back; ``python -m tests.fuzz`` walks further."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from support.every import EVERY_CASE

from schemadiff.scratch import ScratchServer

from .dice import Dice
from .edits import edited
from .generate import world
from .judge import Judge
from .makers import MAKERS
from .run import Walk, walk
from .shrink import shrunk
from .world import World

WALKS, PAIRS, SECONDS = (6, 25, 60.0) if EVERY_CASE else (4, 12, 60.0)
"""Walks, pairs of each, and the time after which a walk begins no other pair."""

MOST_GAPS = 3
"""Pairs of a walk that may meet a known gap."""

FEWEST = 5
"""Pairs that a walk must come to on a machine that is slow or busy."""


@pytest.fixture(scope="session")
def judge(server: ScratchServer) -> Judge:
    return Judge.of(server)


@pytest.mark.parametrize("number", range(1, WALKS + 1))
def test_plans_lead_there_and_back(number: int, judge: Judge) -> None:
    walked = walk(judge, pairs=PAIRS, number=number, seconds=SECONDS, tries=40)
    assert walked.failures == [], said(walked, number)
    assert walked.gaps.total() <= MOST_GAPS, walked.gaps
    assert walked.pairs >= FEWEST, f"only {walked.pairs} pairs in {walked.seconds:.0f} s"


def said(walked: Walk, number: int) -> str:
    again = f"python -m tests.fuzz --seed {number} --pairs {PAIRS}"
    return "\n\n".join([f"repeat with: {again}", *map(str, walked.failures)])


def test_what_is_drawn_is_valid_and_of_every_kind(server: ScratchServer, judge: Judge) -> None:
    drawn: Counter[str] = Counter()
    made: Counter[str] = Counter()
    for number in range(100):  # kinds that are rarely drawn come up by then
        grown = world(Dice(Random(number)))
        with judge.loaded(grown) as (_, loaded):
            drawn.update(o.kind for o in grown.objects)
            made.update(o.kind for o in loaded.objects)
    assert made.total() >= 0.85 * drawn.total()
    assert drawn.keys() - made.keys() <= {"collation"}  # ICU is not part of every build
    assert len(made) >= 0.9 * len(MAKERS)


def test_a_number_makes_one_pair() -> None:
    assert pair(7) == pair(7)
    assert pair(7) != pair(8)


def pair(number: int) -> tuple[World, World]:
    dice = Dice(Random(number))
    old = world(dice)
    return old, edited(old, dice)


def test_what_depends_on_something_goes_with_it() -> None:
    grown = world(Dice(Random(3)))
    table = max(grown.of("table"), key=lambda t: len(grown.dependents(t.key)))
    assert grown.dependents(table.key)
    left = {thing.key for thing, _ in grown.without(table.key).statements()}
    assert left.isdisjoint(grown.dependents(table.key))


def test_a_failure_is_made_small() -> None:
    old, new = pair(11)
    table = old.of("table")[0]

    def has_table(found: tuple[World, World]) -> bool:
        return table.key in found[0].by_key

    small = shrunk((old, new), has_table, tries=500)
    assert [o.key for o in small[0].objects] == [table.key]
    assert small[1].objects == ()
