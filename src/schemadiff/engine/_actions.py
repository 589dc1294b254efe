"""What each object needs → actions: the nodes of the graph. Folds what a CREATE can say inside its parent's,
and leaves out what comes or goes with something else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from typing import Literal

from .._diff import differing
from .._facts import Facts
from ..kinds import Statement, kinds
from ..model import Changed, Fact, Id
from ._ahead import Ahead, made_ahead
from ._changes import Needs, applies, in_place, is_cut, kind_of, lies_still
from ._context import Writing

type Verb = Literal[
    "create", "drop", "alter", "set aside", "retype", "stand in", "let go", "exchange", "ahead"
]


@dataclass(slots=True, eq=False)
class Action:
    """One thing to do to one object. ``parts`` are creations folded into this one; ``covers`` what else
    comes or goes with it. Two actions are never equal. Nobody changes one; it is not frozen, since there are as many as
    facts, and to make a frozen one takes four times as long."""

    verb: Verb
    id: Id
    before: Fact | None = None
    after: Fact | None = None
    attributes: tuple[str, ...] = ()
    parts: tuple[Action, ...] = ()
    covers: tuple[Id, ...] = ()
    online: tuple[Statement, ...] = ()
    """What is done instead on a table in use."""
    takeover: tuple[Statement, ...] | None = None
    """What is left to do where it was made ahead."""
    whole: frozenset[Id] = frozenset()
    """What takes over together with it, where it is made ahead, and what goes for that."""
    succeeded: bool = False
    """Whether what takes its place is made ahead of its drop."""
    clause: str | None = None
    """What the creation of its parent says of it; None where nothing, or where it depends on its parts."""

    def __str__(self) -> str:
        return f"{self.verb} {self.id}"

    def everything(self) -> Iterator[Id]:
        """The object, its parts and what it covers."""
        yield self.id
        yield from self.covers
        for part in self.parts:
            yield from part.everything()


def names_of(action: Action, facts: Facts, others: Facts) -> Iterable[tuple[str, ...]]:
    """The names of what an action drops or makes; of what it changes, those that the other end does not have."""
    for i in action.everything():
        if i in facts:
            kept = kind_of(i).names(others[i]) if action.verb == "alter" and i in others else ()
            yield from (name for name in kind_of(i).names(facts[i]) if name not in kept)


@dataclass(frozen=True, slots=True)
class Apart:
    """What must not be folded into its parent's creation, or left to its parent's drop, to break a cycle."""

    creations: frozenset[Id] = frozenset()
    drops: frozenset[Id] = frozenset()
    stand_ins: frozenset[Id] = frozenset()
    letting_go: frozenset[Id] = frozenset()
    """What becomes a stand-in before it is dropped."""
    not_ahead: frozenset[Id] = frozenset()
    """What must be made in its place although it could be made ahead."""
    overloads: frozenset[Id] = frozenset()
    """Functions that are still there where another one of their name is called."""
    unhindered: frozenset[Id] = frozenset()
    """What changes in place while there still is what depends on it and goes."""
    lasting: frozenset[Id] = frozenset()
    """Parts of types that are still there where something is made of the whole."""


@dataclass(slots=True)
class _Builder:
    context: Writing
    needs: Needs
    apart: Apart
    created: Set[Id] = field(init=False)
    dropped: Set[Id] = field(init=False)
    """Both sorted."""
    exchanged: dict[Id, tuple[Statement, ...]] = field(init=False)
    """What is made beside the old one and put in its place, with the statements."""
    ahead: dict[Id, Ahead] = field(init=False)
    """What is made before the old one goes."""
    followed: frozenset[Id] = field(init=False)
    """What takes over then, and what that takes the place of."""
    staying: frozenset[Id] = field(init=False)
    """What does not go with its parent."""
    chosen: dict[Id, bool] = field(default_factory=dict)
    """Of objects, whether the plan makes what goes by something that belongs to them."""
    clauses: dict[Id, str | None] = field(default_factory=dict)
    """What was written for parts so far: a part is asked after for itself, and for its parent."""

    def __post_init__(self) -> None:
        self.created, self.dropped = (
            dict.fromkeys(sorted(some)).keys() for some in (self.needs.created, self.needs.dropped)
        )
        found = ((i, self._beside(i)) for i in sorted(self.needs.replaced)) if self.context.online else ()
        self.exchanged = {i: tuple(statements) for i, statements in found if statements}
        self.ahead = made_ahead(self.context, self.needs, self.apart.not_ahead | self.exchanged.keys())
        self.followed = frozenset(i for whole in {a.whole for a in self.ahead.values()} for i in whole)
        self.staying = frozenset(self._staying())

    def _staying(self) -> Iterator[Id]:
        facts = self.context.before.facts
        parted: dict[str, list[Fact]] = {}
        for i in self.dropped:
            if (fact := facts[i]).parent in self.dropped:
                parted.setdefault(i.kind, []).append(fact)
        for kind, found in parted.items():
            yield from kinds()[kind].stays_apart(found, self.context.before)

    # Creations

    def creations(self) -> Iterator[Action]:
        facts = self.context.after.facts
        for i in self.created:
            if i in self.exchanged:
                yield Action("exchange", i, self.context.before.facts[i], facts[i], online=self.exchanged[i])
            elif self._on_its_own(facts[i]):
                yield from self._created(i)

    def _created(self, i: Id) -> Iterator[Action]:
        if i in self.ahead:
            yield self._made_ahead(i)
        if i in self.apart.stand_ins:
            yield Action("stand in", i, after=self.context.after.facts[i])
        if kind_of(i).create is not None:
            yield self._create(i)

    def _on_its_own(self, fact: Fact) -> bool:
        kind = kind_of(fact)
        if kind.satellite and fact.parent in self.created:
            return False  # compared with what its target brings along
        if fact.parent in self.created and self._clause(fact) is not None:
            return False
        alone = fact.local or kind.attaches(fact) or not kind.comes_with(fact, self.context)
        if alone or fact.parent in self.created:
            return True
        return not any(i in self.created for i in self._carriers(fact, fact.inherited))

    def _carriers(self, fact: Fact, sources: Iterable[Id]) -> Iterator[Id]:
        """Of what a fact comes from, that with which it comes and goes."""
        return (i for i in sources if not is_cut(fact, i, self.needs, self.context))

    def _clause(self, fact: Fact) -> str | None:
        if fact.id not in self.clauses:
            self.clauses[fact.id] = self._part(fact)
        return self.clauses[fact.id]

    def _part(self, fact: Fact) -> str | None:
        kind = kind_of(fact)
        if kind.inline is None or fact.id in self.apart.creations:
            return None
        said = kind.inline(fact, (), self.context)
        return None if said and self._unwritten(fact.parent, said) else said

    def _unwritten(self, parent: Id | None, part: str) -> bool:
        """Whether a parent that comes without being written leaves no place for a clause."""
        fact = self.context.after.facts.get(parent) if parent else None
        inline = kind_of(fact).inline if fact else None
        return fact is not None and inline is not None and inline(fact, (part,), self.context) == ""

    def _create(self, i: Id) -> Action:
        children = [
            self.context.after.facts[c] for c in self.context.after.children.get(i, ()) if c in self.created
        ]
        folded = [c for c in children if not kind_of(c).satellite and self._clause(c) is not None]
        folded.sort(key=lambda c: (kind_of(c).rank, kind_of(c).order(c), c.id))
        silent = tuple(c.id for c in children if kind_of(c).create is None)
        parts = tuple(self._create(c.id) for c in folded)
        fact = self.context.after.facts[i]
        takeover = self._takeover(fact)
        online = (
            kind_of(i).online(fact, self.context) if self.context.in_use(fact) and takeover is None else ()
        )
        return Action(
            "create", i, after=fact, parts=parts, covers=silent, online=tuple(online or ()), takeover=takeover,
            clause=None if parts else self.clauses.get(i),
        )  # fmt: skip

    def _made_ahead(self, i: Id) -> Action:
        made, fact = self.ahead[i], self.context.after.facts[i]
        return Action("ahead", i, after=fact, covers=made.covers, online=made.statements, whole=made.whole)

    def _takeover(self, fact: Fact) -> tuple[Statement, ...] | None:
        """What is left to do for what was made ahead, with its parent or itself."""
        takes_over = kind_of(fact).takes_over
        if takes_over is None or not (fact.id in self.ahead or fact.parent in self.ahead):
            return None
        return tuple(takes_over(fact, self.context))

    def _beside(self, i: Id) -> Sequence[Statement]:
        """The statements that exchange what is replaced without a moment in which neither is there; none
        where the kind has none, or something else has to happen between."""
        before, after = self.context.before, self.context.after
        if not self.context.in_use(after.facts[i]) or not lies_still(i, self.needs, self.context):
            return ()
        others = {*before.dependents.get(i, ()), *after.dependents.get(i, ())}
        if any(not kind_of(other).satellite for other in others):
            return ()
        return kind_of(i).beside(before.facts[i], after.facts[i], self.context) or ()

    def satellites(self) -> Iterator[Action]:
        """Comments, owners and privileges of what is created, against what it has from the start."""
        implied = [k.implied for k in kinds().values() if k.satellite and k.implied]
        for i in self.created:
            fact = self.context.after.facts[i]
            if kind_of(fact).satellite:
                continue
            start = {f.id: f for facts in implied for f in facts(fact, self.context)}
            wanted = {
                c: self.context.after.facts[c]
                for c in self.context.after.children.get(i, ())
                if kind_of(c).satellite
            }
            for s in sorted(start.keys() | wanted.keys()) if start or wanted else ():
                before, after = start.get(s), wanted.get(s)
                if before is None:
                    yield Action("create", s, after=after)
                elif after is None or before != after:
                    yield Action("alter", s, before, after, differing(before, after) if after else ())

    # Drops

    def drops(self) -> Iterator[Action]:
        covers: dict[Id, list[Id]] = {}
        for i in self.dropped:
            root = self._root(i)
            if root in self.exchanged:
                continue
            covers.setdefault(root, []).extend([i] if root != i else [])
        for i in sorted(covers):
            fact = self.context.before.facts[i]
            if i in self.needs.swapped:
                yield Action("set aside", i, before=fact, after=self.context.after.facts.get(i))
            if i in self.apart.letting_go:
                yield Action("let go", i, before=fact)
            if kind_of(i).drop is not None:
                yield self._drop(fact, tuple(covers[i]))

    def _drop(self, fact: Fact, covers: tuple[Id, ...]) -> Action:
        succeeded = kind_of(fact).takes_over is not None and not self.followed.isdisjoint((fact.id, *covers))
        online = () if succeeded else self._dropped_online(fact, covers)
        return Action("drop", fact.id, fact, covers=covers, online=online, succeeded=succeeded)

    def _dropped_online(self, fact: Fact, covers: Collection[Id]) -> tuple[Statement, ...]:
        i = fact.id
        if not self.context.online or i in self.needs.replaced or fact.parent in self.dropped:
            return ()
        statements = tuple(kind_of(i).online_drop(fact, self.context) or ())
        if not statements:
            return ()
        held = set(self.context.before.dependents.get(i, ())).difference(covers)
        if held or not lies_still(i, self.needs, self.context):
            return ()
        if fact.parent and self._may_be_chosen_of(fact.parent):
            return ()
        return statements

    def _may_be_chosen_of(self, parent: Id) -> bool:
        """Whether the plan makes something that goes by what belongs to an object, of which PostgreSQL would take what
        is dropped there: a foreign key goes by any key of its columns."""
        if parent not in self.chosen:
            after = self.context.after
            beside = after.descendants(parent) if parent in after.facts else ()
            users = (u for i in beside for u in after.dependents.get(i, ()) if u in self.created)
            found = any(kind_of(u).detachable and not kind_of(u).attaches(after.facts[u]) for u in users)
            self.chosen[parent] = found
        return self.chosen[parent]

    def _root(self, i: Id) -> Id:
        """What takes a fact along when it is dropped; itself where nothing does."""
        seen = {i}
        while (carrier := self._carrier(self.context.before.facts[i])) is not None and carrier not in seen:
            i = carrier
            seen.add(i)
        return i

    def _carrier(self, fact: Fact) -> Id | None:
        if fact.id in self.apart.drops:
            return None
        if fact.parent in self.dropped:
            return None if fact.id in self.staying else fact.parent
        sources = kind_of(fact).goes_with(fact, self.context.before)
        return next((i for i in self._carriers(fact, sources) if self._takes_along(i)), None)

    def _takes_along(self, source: Id) -> bool:
        """Whether what comes from something goes with it: not where that goes with a column that heirs keep."""
        column = self.context.before.facts[source].parent
        return source in self.dropped and (column not in self.dropped or source in self.staying)

    # Changes in place

    def alterations(self) -> Iterator[Action]:
        before, after = self.context.before.facts, self.context.after.facts
        for i in sorted(self.needs.altered.keys() | self.needs.retyped.keys()):
            if after[i].parent in self.created and kind_of(i).satellite:
                continue
            left = self._left(i)
            if i in self.needs.retyped and not self._recursed(i):
                yield Action("retype", i, before[i], after[i])
            if left:
                yield Action("alter", i, before[i], after[i], left)

    def _left(self, i: Id) -> tuple[str, ...]:
        """The attributes that no change of a parent table and no move to a new type brings along."""
        attributes = self.needs.altered.get(i, ())
        if not attributes:
            return ()
        delta = Changed(self.context.before.facts[i], self.context.after.facts[i], attributes)
        done: set[str] = set()
        inherited = tuple(self._carriers(delta.after, delta.after.inherited))
        for rule, names in in_place(delta, self.context):
            if rule is not None and applies(rule.recurses, delta):
                if i in self.needs.retyped:
                    done.update(names)
                for source in inherited:
                    done.update(set(names) & set(self.needs.altered.get(source, ())))
        return tuple(a for a in attributes if a not in done)

    def _recursed(self, i: Id) -> bool:
        fact = self.context.after.facts[i]
        return any(source in self.needs.retyped for source in self._carriers(fact, fact.inherited))


def actions(context: Writing, needs: Needs, apart: Apart) -> list[Action]:
    """The nodes of the graph, in order of identity."""
    builder = _Builder(context, needs, apart)
    made: Iterable[Iterable[Action]] = (
        builder.drops(),
        builder.alterations(),
        builder.creations(),
        builder.satellites(),
    )
    return [action for group in made for action in group]


def awaited(action: Action, context: Writing) -> tuple[Id, ...]:
    """What must be made before something is created, dropped or changed, as its kind says."""
    kind = kind_of(action.id)
    waits = {"create": kind.creates_after, "alter": kind.changes_after, "drop": kind.leaves_after}
    fact = action.before if action.verb == "drop" else action.after
    return tuple(waits[action.verb](fact, context)) if action.verb in waits and fact is not None else ()
