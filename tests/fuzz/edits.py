"""Random edits: each a function of the world and the dice that answers the world afterwards.

What an edit leaves without ground is gone: a view of a dropped table, a default whose label was removed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from .dice import Dice
from .generate import add, remade
from .make_relations import decorated, new_column, partitioned, plain_table
from .make_types import LABELS, labelled
from .makers import MAKERS, some_type
from .world import RELATIONS, TYPES, Identity, Object, World

type Edit = Callable[[World, Dice], World]

EDITS: list[tuple[Edit, int]] = []
NAMELESS = (
    "comment",
    "owner",
    "privilege",
    "tablespace",
    "default",
    "default privilege",
    "owned sequence",
    "column setting",
)
TURNS = {
    **dict.fromkeys(RELATIONS, ("view", "materialized view", "table", "heir", "foreign table", "partition")),
    **dict.fromkeys(TYPES, TYPES),
    "function": ("procedure", "table function", "aggregate", "trigger function"),
    "sequence": ("table", "view"),
    "constraint": ("index", "foreign key"),
    "foreign key": ("constraint",),
    "index": ("constraint",),
}


def edit(weight: int) -> Callable[[Edit], Edit]:
    def register(function: Edit) -> Edit:
        EDITS.append((function, weight))
        return function

    return register


def edited(world: World, dice: Dice) -> World:
    """After one to six random edits."""
    for _ in range(dice.number(1, 6)):
        world = dice.weighted(EDITS)(world, dice)
    return world


def _any(world: World, dice: Dice, *kinds: str) -> Object | None:
    found = world.of(*kinds) if kinds else list(world.objects)
    return dice.pick(found) if found else None


@edit(4)
def drop(world: World, dice: Dice) -> World:
    thing = _any(world, dice)
    return world.without(thing.key) if thing else world


@edit(5)
def create(world: World, dice: Dice) -> World:
    return add(world, dice)


@edit(6)
def redefine(world: World, dice: Dice) -> World:
    """The same identity, made anew by the same maker."""
    thing = _any(world, dice)
    if thing is None or thing.kind == "schema" or thing.kind not in MAKERS:
        return world
    made = remade(world, dice, thing, thing.kind)
    return world.having(made) if made else world


@edit(4)
def turn(world: World, dice: Dice) -> World:
    """Another kind of object under the same name: what used it uses that."""
    thing = _any(world, dice, *TURNS)
    if thing is None:
        return world
    made = remade(world, dice, thing, dice.pick(TURNS[thing.kind]))
    return world.having(made) if made else world


@edit(3)
def rename(world: World, dice: Dice) -> World:
    named = [o for o in world.objects if o.name]
    return world.having(replace(dice.pick(named), name=dice.name())) if named else world


@edit(4)
def move(world: World, dice: Dice) -> World:
    """To another schema."""
    there = [o for o in world.objects if o.schema is not None and o.within is None]
    return world.having(replace(dice.pick(there), schema=dice.pick(world.schemas))) if there else world


@edit(3)
def swap_names(world: World, dice: Dice) -> World:
    """Of two objects of a kind, or of two relations, or two types."""
    first = _any(world, dice)
    if first is None or not first.name:
        return world
    alike = next((g for g in (RELATIONS, TYPES) if first.kind in g), (first.kind,))
    others = [o for o in world.of(*alike) if o.key != first.key]
    if not others:
        return world
    second = dice.pick(others)
    world = world.having(replace(first, name=second.name, schema=second.schema))
    return world.having(replace(second, name=first.name, schema=first.schema))


@edit(4)
def relabel(world: World, dice: Dice) -> World:
    """Labels of an enum in another order, fewer, more."""
    enum = _any(world, dice, "enum")
    if enum is None:
        return world
    labels = list(enum.labels)
    match dice.number(0, 3) if labels else 2:
        case 0:
            labels = dice.some(labels, len(labels), len(labels))
        case 1:
            labels.remove(dice.pick(labels))
        case 2:
            labels.insert(dice.number(0, len(labels)), dice.pick(LABELS))
        case _:
            labels[dice.number(0, len(labels) - 1)] = dice.pick(LABELS)
    return world.having(labelled(enum, tuple(dict.fromkeys(labels))))


@edit(12)
def alter_columns(world: World, dice: Dice) -> World:
    """A column of a table or type more, less, under another name, of another type."""
    thing = _any(world, dice, "table", "partitioned table", "foreign table", "composite")
    if thing is None:
        return world
    seen = world.without(thing.key, *world.dependents(thing.key))
    own = [c for c in thing.columns if c.of is None]
    kept = list(thing.columns)
    match dice.number(0, 5):
        case 0 if own:
            kept.remove(dice.pick(own))
        case 1 if own:
            one = dice.pick(own)
            kept[kept.index(one)] = replace(one, name=dice.name())
        case 2 if own:
            one = dice.pick(own)
            kept[kept.index(one)] = replace(one, type=some_type(seen, dice))
        case 3 if own and thing.kind != "composite":
            one = dice.pick(own)
            kept[kept.index(one)] = decorated(seen, dice, (one,))[0]
        case 4 if len(own) > 1:
            one, two = dice.some(own, 2, 2)
            kept[kept.index(one)] = replace(one, name=two.name)
            kept[kept.index(two)] = replace(two, name=one.name)
        case _:
            key = max((c.key for c in kept), default=0) + 1
            kept.append(new_column(seen, dice, {c.name for c in kept}, key))
    return world.having(replace(thing, columns=tuple(kept)))


@edit(6)
def alter_view(world: World, dice: Dice) -> World:
    """A column of a view more, less, elsewhere or calculated otherwise."""
    view = _any(world, dice, "view", "materialized view")
    if view is None or not view.columns:
        return world
    kept = list(view.columns)
    one = dice.pick(kept)
    match dice.number(0, 3):
        case 0:
            kept.remove(one)
        case 1:
            kept = dice.some(kept, len(kept), len(kept))
        case 2:
            kept[kept.index(one)] = replace(one, type="text", definition=f"({one.definition})::text")
        case _:
            key = max(c.key for c in kept) + 1
            kept.append(replace(one, key=key, name=dice.name()))
    return world.having(replace(view, columns=tuple(kept)))


@edit(3)
def repartition(world: World, dice: Dice) -> World:
    """A table becomes partitioned, or a partitioned one plain; its columns stay."""
    table = _any(world, dice, "table", "partitioned table")
    if table is None or table.schema is None:
        return world
    me = Identity(table.key, table.name, table.schema)
    if table.kind == "table":
        return world.having(partitioned(world.only(set()), dice, me, table.columns))
    return world.having(plain_table(dice, me, table.columns))
