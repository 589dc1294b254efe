"""The engine of our own: statements from the rules of the kinds. Claims every action."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

from ..errors import UnplannedChange
from ..kinds import REPLACE, Statement
from ..model import Changed, Id
from ..sqltext import marked
from ._actions import Action
from ._changes import in_place, kind_of
from ._context import Writing

ASIDE = "__replaced"


def write(action: Action, context: Writing) -> list[Statement]:
    """The statements of one action. Raises UnplannedChange where its kind has none."""
    return [s if isinstance(s, Statement) else Statement(s) for s in _written(action, context)]


def _written(action: Action, context: Writing) -> Iterable[str | Statement]:
    if action.takeover is not None:
        return action.takeover
    if action.online or action.verb == "ahead":
        return [*action.online, *_afterwards(action, context)]
    kind = kind_of(action.id)
    match action.verb:
        case "create":
            return _created(action, context)
        case "stand in":
            assert kind.breaks is not None
            return kind.breaks(action.after, context)
        case "let go":
            assert kind.lets_go is not None
            return kind.lets_go(action.before, context)
        case "set aside":
            assert kind.swaps is not None
            return kind.swaps(action.before, aside_name(action.id), context)
        case "retype":
            assert kind.retype is not None
            return kind.retype(action.before, action.after, context)
        case "drop":
            return _dropped(action, context)
        case "alter" | "exchange":
            return _altered(action, context)


def _created(action: Action, context: Writing) -> Iterable[str | Statement]:
    kind = kind_of(action.id)
    if kind.create is None:
        raise UnplannedChange(f"{action.id}: cannot be created on its own")
    clauses = [clause for part in action.parts if (clause := _clause(part, context))]
    return [*kind.create(action.after, clauses, context), *_afterwards(action, context)]


def _clause(part: Action, context: Writing) -> str | None:
    if part.clause is not None:
        return part.clause
    kind = kind_of(part.id)
    assert kind.inline is not None
    return kind.inline(part.after, [c for p in part.parts if (c := _clause(p, context))], context)


def _afterwards(action: Action, context: Writing) -> Iterator[str | Statement]:
    for part in action.parts:
        yield from kind_of(part.id).after_inline(part.after, context)
        yield from _afterwards(part, context)


def _dropped(action: Action, context: Writing) -> Iterable[str | Statement]:
    kind, fact = kind_of(action.id), action.before
    assert fact is not None
    if kind.drop is None:
        raise UnplannedChange(f"{action.id}: cannot be dropped on its own")
    if kind.swaps and context.is_swapped(action.id):
        fact = dataclasses.replace(fact, id=Id(fact.id.kind, (*fact.id.path[:-1], aside_name(fact.id))))
    return kind.drop(fact, dataclasses.replace(context, looks_back=action.verb == "drop"))


def _altered(action: Action, context: Writing) -> Iterable[str | Statement]:
    before, after = action.before, action.after
    assert before is not None
    if after is None:
        return _dropped(action, context)
    found: list[str | Statement] = []
    for rule, names in in_place(Changed(before, after, action.attributes), context):
        written = REPLACE if rule is None else rule.write(before, after, context)
        if written == REPLACE:
            raise UnplannedChange(f"{action.id}: {', '.join(names)} cannot change in place")
        found += written
    return found


def aside_name(fact: Id) -> str:
    """What a type is called between the making of its successor and its drop."""
    return marked(fact.path[-1], ASIDE)
