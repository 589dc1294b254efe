"""Which actions must run before which others for the sake of names: a name is free once what had it is gone."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..graph import Graph
from ..model import Id
from ._actions import Action, names_of
from ._context import Writing


def names_first(
    graph: Graph[Action], nodes: Sequence[Action], asides: Collection[Id], context: Writing
) -> None:
    """What takes a name comes after what leaves it; ``asides`` are set aside under another one before they go."""
    before, after = context.before.facts, context.after.facts
    taken: dict[tuple[str, ...], list[Action]] = {}
    for action in nodes:
        is_last = action.verb == "drop" and action.id not in asides
        if is_last or action.verb in ("set aside", "alter"):
            for name in names_of(action, before, after):
                taken.setdefault(name, []).append(action)
    if not taken:
        return
    wanted: dict[tuple[str, ...], list[Action]] = {}
    for action in nodes:
        if action.verb in ("create", "stand in", "alter"):
            for name in names_of(action, after, before):
                if name in taken:
                    wanted.setdefault(name, []).append(action)
    for name, takers in wanted.items():
        graph.must_all_run(takers, after=taken[name])
