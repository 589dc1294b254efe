"""What is made while what it takes the place of is still used, under another name where it must: queries find the old
one until they find the new one. Names no kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..kinds import Statement
from ..model import Fact, Id
from ._changes import Needs, is_cut, is_opaque, kind_of, lies_still
from ._context import Writing


@dataclass(frozen=True, slots=True)
class Ahead:
    """How one thing is made ahead. ``whole`` is what it belongs to: the old one of that stays until all that
    belongs to it is made; ``covers`` comes along without a word."""

    statements: tuple[Statement, ...]
    whole: Id
    covers: tuple[Id, ...] = ()


def made_ahead(context: Writing, needs: Needs, without: frozenset[Id]) -> dict[Id, Ahead]:
    """What is made ahead on a database in use, but for ``without`` and what belongs to a whole with one of these."""
    if not context.online:
        return {}
    found: dict[Id, Ahead] = {}
    for i in sorted(needs.replaced - without):
        if kind_of(i).ahead and not kind_of(i).attaches(context.after.facts[i]):
            found |= _filled(i, context, needs)
    for whole in _wholes(context, needs):
        facts = (context.after.facts[i] for i in whole)
        if without.isdisjoint(whole) and all(_stands_still(f, context, needs) for f in facts):
            found |= _built(whole, context)
    return found


def _filled(i: Id, context: Writing, needs: Needs) -> dict[Id, Ahead]:
    """Made with all that is below it; nothing where what it reads is not there yet, or something that must be filled
    anew too depends on it."""
    kind, after = kind_of(i), context.after
    if not lies_still(i, needs, context) or is_opaque(i, after):
        return {}
    seen, queue = {i}, [i]
    while queue:
        for other in context.before.dependents.get(queue.pop(), ()):
            if other not in seen and other in needs.created:
                if other.kind == i.kind:
                    return {}
                seen.add(other)
                queue.append(other)
    assert kind.ahead is not None
    statements = tuple(kind.ahead(after.facts[i], context) or ())
    return {i: Ahead(statements, i, tuple(after.descendants(i)))} if statements else {}


def _wholes(context: Writing, needs: Needs) -> Iterator[tuple[Id, ...]]:
    """What is made and attached to one another on tables in use, where some of it takes the place of something: first
    what all is attached to. What joins or leaves is made in its turn."""
    facts = (context.after.facts[i] for i in sorted(needs.created) if kind_of(i).ahead)
    attached = [f for f in facts if kind_of(f).attaches(f)]
    stands = [f for f in attached if context.in_use(f) and not is_cut(f, needs, context)]
    parts: dict[Id, list[Id]] = {}
    for fact in stands:
        for source in fact.inherited:
            parts.setdefault(source, []).append(fact.id)
    for fact in stands:
        if not fact.inherited:
            whole = tuple(_whole(fact.id, parts, context, needs))
            if not needs.replaced.isdisjoint(whole):
                yield whole


def _whole(i: Id, parts: dict[Id, list[Id]], context: Writing, needs: Needs) -> Iterator[Id]:
    yield i
    yield from (d for d in context.after.descendants(i) if d in needs.created and kind_of(d).ahead)
    for part in parts.get(i, ()):
        yield from _whole(part, parts, context, needs)


def _stands_still(fact: Fact, context: Writing, needs: Needs) -> bool:
    """Whether nothing changes that the old one stands on. What only goes waits until the old one is gone, and what
    that is attached to goes with it."""
    before = context.before.facts.get(fact.id)
    if before is None or not kind_of(fact).attaches(fact):
        return True
    return lies_still(fact.id, needs, context, but=needs.removed.union(before.inherited))


def _built(whole: Sequence[Id], context: Writing) -> dict[Id, Ahead]:
    """Nothing where something of it cannot be made ahead; what says no word of that is made in its turn."""
    found: dict[Id, Ahead] = {}
    for i in whole:
        ahead = kind_of(i).ahead
        assert ahead is not None
        statements = ahead(context.after.facts[i], context)
        if statements is None:
            return {}
        if statements:
            found[i] = Ahead(tuple(statements), whole[0])
    return found
