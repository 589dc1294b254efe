"""Which actions migra writes: those that the kinds hand to it (``Kind.migra``). Owns no statement; those are ``migra``'s."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ._actions import Action
from ._changes import kind_of
from ._context import Writing

VERBS = ("drop", "create", "replace")

type Claimed = Mapping[str, Sequence[Action]]
"""Actions by the verb under which migra writes them."""


def claimed(actions: Sequence[Action], context: Writing) -> Claimed:
    """What migra writes of a plan; empty where that is nothing."""
    found: dict[str, list[Action]] = {}
    for action in actions:
        if (verb := claims(action, context)) and not context.is_swapped(action.id):
            found.setdefault(verb, []).append(action)
    return {verb: found[verb] for verb in VERBS if verb in found}


def claims(action: Action, context: Writing) -> str | None:
    """The verb under which migra writes an action (create, drop, replace), or None."""
    kind = kind_of(action.id)
    verb = _verb(action)
    if (
        verb not in kind.migra
        or action.parts
        or action.online
        or action.takeover is not None
        or (any(action.covers) and verb == "create")
    ):
        return None
    fact = action.before if verb == "drop" else action.after
    return verb if fact is not None and kind.migra_when(fact, context) else None


def _verb(action: Action) -> str:
    replaces = action.verb == "alter" and action.after is not None and "definition" in action.attributes
    return "replace" if replaces else action.verb
