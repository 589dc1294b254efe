"""What is made while what it takes the place of is still used, under another name where it must: queries find the old
one until they find the new one. Names no kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..graph import reached
from ..kinds import Statement
from ..model import Id
from ._changes import Needs, is_cut, kind_of, lies_still, opaque
from ._context import Writing


@dataclass(frozen=True, slots=True)
class Ahead:
    """How one thing is made ahead. ``whole`` is what takes over together, and what that takes the place of, which stays
    until all of it is there; ``covers`` comes along without a word."""

    statements: tuple[Statement, ...]
    whole: frozenset[Id]
    covers: tuple[Id, ...] = ()


def made_ahead(context: Writing, needs: Needs, without: frozenset[Id]) -> dict[Id, Ahead]:
    """What is made ahead on a database in use, but for ``without`` and what belongs to a whole with one of these."""
    if not (context.online and context.before.facts):
        return {}
    filled = sorted(i for i in needs.replaced - without if kind_of(i).ahead)
    late = opaque(filled, context.after) | _filled_from(context, needs) if filled else frozenset()
    found = {i: made for i in filled if i not in late and (made := _filled(i, context, needs))}
    wholes, without = list(_wholes(context, needs)), without | _after_joins(context, needs)
    names = _names(context, needs) if wholes else {}
    for whole in wholes:
        old = _old(whole, context, names)
        if old and without.isdisjoint(whole) and all(_stands_still(i, context, needs) for i in old):
            found |= _built(whole, old, context)
    return found


def _filled_from(context: Writing, needs: Needs) -> frozenset[Id]:
    """What something that is filled anew depends on, by way of what is made anew too."""
    references = context.before.references

    def used(i: Id) -> Iterator[Id]:
        return (r for r in references.get(i, ()) if r in needs.created)

    return frozenset(reached((r for i in needs.created if kind_of(i).ahead for r in used(i)), used))


def _filled(i: Id, context: Writing, needs: Needs) -> Ahead | None:
    """Made with all that is below it; nothing where what it reads is not there yet."""
    make = kind_of(i).ahead
    if make is None or not lies_still(i, needs, context):
        return None
    statements = tuple(make(context.after.facts[i], context) or ())
    below = tuple(context.after.descendants(i))
    return Ahead(statements, frozenset((i, *below)), below) if statements else None


def _wholes(context: Writing, needs: Needs) -> Iterator[tuple[Id, ...]]:
    """What is made and attached to one another on tables in use: first what all is attached to. What joins or leaves
    is made in its turn."""
    facts = (context.after.facts[i] for i in sorted(needs.created) if kind_of(i).whole_ahead)
    attached = [f for f in facts if kind_of(f).attaches(f)]
    stands = [
        f
        for f in attached
        if context.in_use(f) and not any(is_cut(f, source, needs, context) for source in f.inherited)
    ]
    parts: dict[Id, list[Id]] = {}
    for fact in stands:
        for source in fact.inherited:
            parts.setdefault(source, []).append(fact.id)
    return (tuple(_whole(f.id, parts, context, needs)) for f in stands if not f.inherited)


def _whole(i: Id, parts: dict[Id, list[Id]], context: Writing, needs: Needs) -> Iterator[Id]:
    yield i
    yield from (d for d in context.after.descendants(i) if d in needs.created and kind_of(d).whole_ahead)
    for part in parts.get(i, ()):
        yield from _whole(part, parts, context, needs)


def _names(context: Writing, needs: Needs) -> dict[tuple[str, ...], Id]:
    """Who has the names that become free."""
    facts = context.before.facts
    return {name: i for i in needs.dropped for name in kind_of(i).names(facts[i])}


def _after_joins(context: Writing, needs: Needs) -> frozenset[Id]:
    """What a table that joins has no part in, and would get one of."""
    joins = {i for i in needs.created if kind_of(i).whole_tables}
    return frozenset(i for i, join in context.after.order if join in joins) if joins else frozenset()


def _old(whole: Sequence[Id], context: Writing, names: dict[tuple[str, ...], Id]) -> set[Id]:
    """What a whole takes the place of."""
    before, after = context.before.facts, context.after.facts
    taken = {names[name] for i in whole for name in kind_of(i).names(after[i]) if name in names}
    return taken.union(i for i in whole if i in before and kind_of(i).attaches(before[i]))


def _stands_still(old: Id, context: Writing, needs: Needs) -> bool:
    """Whether nothing changes that something old stands on. What only goes waits until the old one is gone, and what
    that is attached to goes with it."""
    above = {d for i in context.before.facts[old].inherited for d in (i, *context.before.descendants(i))}
    used = context.before.references.get(old, ())
    return lies_still(old, needs, context, but=above.union(i for i in used if i in needs.removed))


def _built(whole: Sequence[Id], old: set[Id], context: Writing) -> dict[Id, Ahead]:
    """Nothing where something of it cannot be made ahead; what says no word of that is made in its turn."""
    found: dict[Id, Ahead] = {}
    everything = frozenset(d for i in whole for d in (i, *context.after.descendants(i))) | old
    for i in whole:
        ahead = kind_of(i).whole_ahead
        assert ahead is not None
        statements = ahead(context.after.facts[i], context)
        if statements is None:
            return {}
        if statements:
            found[i] = Ahead(tuple(statements), everything)
    return found
