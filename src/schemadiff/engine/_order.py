"""Actions → their order: what must come first does, and among what is free to stand anywhere, what loses nothing.

A cycle is broken by taking something apart: a constraint or default out of its table's creation or drop, a view by a
stand-in.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ..graph import Cycle
from ..kinds import Kind
from ..model import Catalog, Id
from ._action_edges import between
from ._actions import Action, Apart, actions
from ._changes import Needs, kind_of
from ._context import Writing


def ordered(context: Writing, needs: Needs) -> list[Action]:
    """The actions in an order that PostgreSQL accepts. Raises Cycle where nothing can be taken apart."""
    apart = Apart()
    while True:
        nodes = actions(context, needs, apart)
        try:
            return between(context, nodes).order(_key)
        except Cycle as cycle:
            wider = _take_apart(cycle.path, apart, context)
            if wider == apart:
                raise
            apart = wider


def _take_apart(ring: Sequence[Action], apart: Apart, context: Writing) -> Apart:
    """What is made ahead is no more; else whatever closes a ring stands on its own where it can; failing that, one
    view as a stand-in, or what only then leaves its parent."""
    everything = {a: frozenset(a.everything()) for a in ring}

    def closes(i: Id, action: Action, catalog: Catalog) -> bool:
        needed = catalog.references.get(i, ())
        return any(r in ids for r in needed for a, ids in everything.items() if a != action)

    def wider(may: Callable[[Kind[Any]], bool]) -> Apart:
        creations = {
            p.id
            for a in ring
            if a.verb == "create"
            for p in _parts(a)
            if may(kind_of(p.id)) and closes(p.id, a, context.after)
        }
        drops = {
            i
            for a in ring
            if a.verb == "drop"
            for i in a.covers
            if may(kind_of(i)) and closes(i, a, context.before)
        }
        return dataclasses.replace(apart, creations=apart.creations | creations, drops=apart.drops | drops)

    broken = [
        a.id for a in ring if a.verb == "create" and kind_of(a.id).breaks and a.id not in apart.stand_ins
    ]
    ahead = {a.id for a in ring if a.verb == "ahead"}
    ways = (
        dataclasses.replace(apart, not_ahead=apart.not_ahead | ahead),
        wider(lambda kind: kind.detachable),
        dataclasses.replace(apart, stand_ins=apart.stand_ins | set(broken[:1])),
        wider(lambda kind: kind.severable),
    )
    return next((way for way in ways if way != apart), apart)


def _parts(action: Action) -> Iterable[Action]:
    for part in action.parts:
        yield part
        yield from _parts(part)


def _key(action: Action) -> tuple[int, int, tuple[str, ...], int, Id]:
    """Drops that lose nothing come first, then what is made, in pg_dump's order, then what takes long on
    tables in use, then what loses rows or types."""
    kind, above = kind_of(action.id), action.id.path[:-1]
    if action.online:
        return (2, kind.rank, above, action.verb == "drop", action.id)
    if action.verb in ("drop", "set aside"):
        late = kind.rank < 80 or kind.loses
        return (3 if late and action.verb == "drop" else 0, -kind.rank, above, 0, action.id)
    if action.after is None:
        return (1, kind.rank, above, 0, action.id)
    parent = action.after.parent
    return (1, kind.rank, parent.path if parent else above, kind.order(action.after), action.id)
