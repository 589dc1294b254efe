"""A smaller pair with the same fault: objects and columns are left out of both worlds as long as it stays.

Hypothesis would shrink the dice, and so make other worlds; this keeps the worlds and takes things away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from .world import World

type Pair = tuple[World, World]


def shrunk(pair: Pair, fails: Callable[[Pair], bool], tries: int) -> Pair:
    """The smallest pair found that still fails, with at most so many tries."""
    for take in _removals(pair):
        smaller = take(pair)
        if smaller != pair:
            if tries <= 0:
                break
            tries -= 1
            pair = smaller if fails(smaller) else pair
    return pair


def _removals(pair: Pair) -> Iterator[Callable[[Pair], Pair]]:
    """What to leave out: big pieces first, then single objects of both or one, then single columns."""
    keys = sorted(pair[0].by_key.keys() | pair[1].by_key.keys(), reverse=True)
    size = len(keys) // 2
    while size >= 1:
        for start in range(0, len(keys), size):
            yield partial(_without, keys[start : start + size], (True, True))
        size //= 2
    for key in keys:
        yield partial(_without, [key], (True, False))
        yield partial(_without, [key], (False, True))
    for key in keys:
        ids = {c.key for w in pair if key in w.by_key for c in w.by_key[key].columns}
        for one in sorted(ids):
            yield partial(_without_column, key, one)


def _without(keys: list[int], sides: tuple[bool, bool], pair: Pair) -> Pair:
    old, new = (w.without(*keys) if take else w for w, take in zip(pair, sides, strict=True))
    return old, new


def _without_column(key: int, column: int, pair: Pair) -> Pair:
    def less(world: World) -> World:
        thing = world.by_key.get(key)
        if thing is None:
            return world
        return world.having(replace(thing, columns=tuple(c for c in thing.columns if c.key != column)))

    return less(pair[0]), less(pair[1])
