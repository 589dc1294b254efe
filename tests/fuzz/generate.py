"""A random world, grown one object after another, and what a maker may see of it."""

from __future__ import annotations

from . import make_others, make_relations, make_routines, make_types
from .dice import Dice
from .makers import MAKERS
from .world import Identity, Object, World

REGISTERING = (make_types, make_routines, make_relations, make_others)
FIRST = ("schema", "enum", "table", "function", "table")
"""What every world begins with, so that the makers after it find something."""


def world(dice: Dice, low: int = 10, high: int = 25) -> World:
    """Between ``low`` and ``high`` objects, and what they stand on."""
    grown = World()
    for name in FIRST:
        grown = add(grown, dice, name)
    for _ in range(dice.number(low, high)):
        grown = add(grown, dice)
    return grown


def add(grown: World, dice: Dice, name: str | None = None) -> World:
    """The world with one more object; the same one where the maker finds nothing to stand on."""
    chosen = name or any_maker(dice)
    identity = Identity(grown.next_key, dice.name(), dice.pick(grown.schemas))
    made = MAKERS[chosen][0](grown, dice, identity)
    return grown if made is None else grown.having(made)


def any_maker(dice: Dice) -> str:
    return dice.weighted([(name, weight) for name, (_, weight) in MAKERS.items()])


def remade(grown: World, dice: Dice, thing: Object, name: str) -> Object | None:
    """An object with the identity of another, by a maker that sees only what does not need that one."""
    seen = grown.without(thing.key, *grown.dependents(thing.key))
    schema = thing.schema if thing.schema is not None else 0
    return MAKERS[name][0](seen, dice, Identity(thing.key, thing.name, schema))
