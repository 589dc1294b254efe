"""A cycle of actions is broken by taking something apart: a constraint or default out of its table's creation or
drop, a view or a function by a stand-in."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any

from .._facts import Facts
from ..kinds import Kind
from ..model import Catalog, Changed, Edges, Id
from ._actions import Action, Apart
from ._changes import applies, has_overload, in_place, kind_of
from ._context import Writing


def take_apart(ring: Sequence[Action], apart: Apart, context: Writing) -> Apart:
    """What is made ahead is no more, what is made of a type finds parts that go, and what changes in place users that go;
    else whatever closes a ring stands on its own where it can; failing that, what has a wanted name goes before what it
    is part of, a function is called while another one of its name is there, one thing has a stand-in or becomes one, or
    something leaves its parent that does so only then."""
    everything = {a: frozenset(a.everything()) for a in ring}
    facts = context.before.facts
    freed = _names((i for a in ring if a.verb == "drop" for i in a.everything()), facts)

    def closes(i: Id, action: Action, catalog: Catalog) -> bool:
        return waits(catalog.references.get(i, ()), action)

    def waits(needed: Iterable[Id], action: Action) -> bool:
        return any(r in ids for r in needed for a, ids in everything.items() if a != action)

    def comes_later(part: Id, action: Action) -> bool:
        return waits(Edges.of(context.after.order).needs(part), action)

    def takes_a_name(part: Action) -> bool:
        return part.after is not None and not freed.isdisjoint(kind_of(part.id).names(part.after))

    def wider(may: Callable[[Kind[Any]], bool]) -> Apart:
        creations = {
            p.id
            for a in ring
            if a.verb == "create"
            for p in _parts(a)
            if may(kind_of(p.id))
            and (closes(p.id, a, context.after) or comes_later(p.id, a) or takes_a_name(p))
        }
        drops = {
            i
            for a in ring
            if a.verb == "drop"
            for i in a.covers
            if may(kind_of(i)) and closes(i, a, context.before)
        }
        return dataclasses.replace(apart, creations=apart.creations | creations, drops=apart.drops | drops)

    broken = [a.id for a in ring if a.id not in apart.stand_ins and _may_break(a, context)]
    leaving = [a.id for a in ring if a.id not in apart.letting_go and _may_let_go(a, context)]
    ahead = {a.id for a in ring if a.verb == "ahead"}
    lasting = {a.id for a in ring if a.verb == "drop" and kind_of(a.id).of_row}
    unhindered = {a.id for a in ring if a.verb == "alter" and not _rebuilds(a, context)}
    ways = (
        dataclasses.replace(apart, not_ahead=apart.not_ahead | ahead),
        dataclasses.replace(apart, lasting=apart.lasting | lasting),
        dataclasses.replace(apart, unhindered=apart.unhindered | unhindered),
        wider(lambda kind: kind.detachable),
        dataclasses.replace(apart, drops=apart.drops | _holding(ring, context)),
        dataclasses.replace(apart, overloads=apart.overloads | _overloads(ring, context)),
        dataclasses.replace(apart, stand_ins=apart.stand_ins | set(broken[:1])),
        dataclasses.replace(apart, letting_go=apart.letting_go | set(leaving[:1])),
        dataclasses.replace(apart, drops=apart.drops | _hindering(ring, context)),
        wider(lambda kind: kind.severable),
    )
    return next((way for way in ways if way != apart), apart)


def _names(some: Iterable[Id], facts: Facts) -> set[tuple[str, ...]]:
    return {name for i in some for name in kind_of(i).names(facts[i])}


def losing_names(gone: Iterable[Id], ring: Sequence[Action], context: Writing) -> set[Id]:
    """Of what goes, that with a name that something on a ring takes."""
    taken = _names((i for a in ring if a.verb == "create" for i in a.everything()), context.after.facts)
    return {i for i in gone if not taken.isdisjoint(_names([i], context.before.facts))}


def _holding(ring: Sequence[Action], context: Writing) -> set[Id]:
    """What has a name that something on a ring wants, and goes with what it is part of."""
    covered = (i for a in ring if a.verb == "drop" for i in a.covers if kind_of(i).drop is not None)
    return losing_names(covered, ring, context)


def _overloads(ring: Sequence[Action], context: Writing) -> set[Id]:
    """Functions that go before another one of their name is called. That the name stands for what is used where both are
    there is only likely, and seen in the proof."""
    return {
        gone.id
        for action, gone in pairwise((*ring, ring[0]))
        if gone.verb == "drop" and has_overload(_used(action, context), gone.id)
    }


def _hindering(ring: Sequence[Action], context: Writing) -> set[Id]:
    """Parts of what is dropped that need what waits for the drop."""
    references = context.before.references
    return {
        i
        for waiting, gone in pairwise((ring[-1], *ring))
        if gone.verb == "drop"
        for i in gone.covers
        if kind_of(i).severable and not set(waiting.everything()).isdisjoint(references.get(i, ()))
    }


def _rebuilds(action: Action, context: Writing) -> bool:
    """Whether dependents must be gone before something changes in place."""
    if action.before is None or action.after is None:
        return True
    delta = Changed(action.before, action.after, action.attributes)
    return any(rule is None or applies(rule.rebuilds, delta) for rule, _ in in_place(delta, context))


def _may_break(action: Action, context: Writing) -> bool:
    breaks = kind_of(action.id).breaks
    return action.verb == "create" and breaks is not None and bool(breaks(action.after, context))


def _may_let_go(action: Action, context: Writing) -> bool:
    lets_go = kind_of(action.id).lets_go
    return action.verb == "drop" and lets_go is not None and bool(lets_go(action.before, context))


def _used(action: Action, context: Writing) -> Iterable[Id]:
    return (r for i in action.everything() for r in context.after.references.get(i, ()))


def _parts(action: Action) -> Iterable[Action]:
    for part in action.parts:
        yield part
        yield from _parts(part)
