"""Deltas → what each object needs: created, dropped, altered, replaced, moved to a replaced type.

Owns the closure: what a replacement or a new column type takes along, by the edges of the origin. Names
no kind; what a kind bears is in its own file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from .._diff import diff_facts
from ..errors import UnplannedChange
from ..graph import reached
from ..kinds import REPLACE, Alter, Kind, kinds
from ..model import Added, Catalog, Changed, Fact, Id, Removed
from ._context import Writing


class Either(Set[Id]):
    """What is in one of two disjoint sets, as they are by now: each change is asked after it, so nothing is copied."""

    __slots__ = ("_one", "_other")

    def __init__(self, one: Set[Id], other: Set[Id]) -> None:
        self._one, self._other = one, other

    def __contains__(self, key: object) -> bool:
        return key in self._one or key in self._other

    def __iter__(self) -> Iterator[Id]:
        return chain(self._one, self._other)

    def __len__(self) -> int:
        return len(self._one) + len(self._other)


@dataclass(slots=True)
class Needs:
    """Disjoint but for ``retyped``, whose columns may be altered too. What is added or removed is sorted."""

    added: Set[Id]
    removed: Set[Id]
    altered: dict[Id, tuple[str, ...]]
    """Attributes that change in place."""
    replaced: set[Id] = field(default_factory=set)
    retyped: dict[Id, set[Id]] = field(default_factory=dict)
    """Columns whose type or collation is another one under the same name, with the old ones."""
    swapped: frozenset[Id] = frozenset()
    """Types that are set aside until their columns have moved."""
    cut: dict[Id, set[Id]] = field(default_factory=dict)
    """The tables that leave or join others that they inherit from, with these."""

    created: Set[Id] = field(init=False)
    dropped: Set[Id] = field(init=False)

    def __post_init__(self) -> None:
        self.created, self.dropped = Either(self.added, self.replaced), Either(self.removed, self.replaced)


def needs(context: Writing, anew: Iterable[Id] = (), aside: Iterable[Id] = ()) -> Needs:
    """What leads from ``context.before`` to ``context.after``; ``anew`` is replaced although it could change
    in place, ``aside`` leaves its name before it goes.

    Raises UnplannedChange where an attribute differs and its kind has no rule for it."""
    deltas = list(diff_facts(context.before, context.after))
    changed = {d.after.id: d for d in deltas if isinstance(d, Changed)}
    found = Needs(
        added=dict.fromkeys(d.fact.id for d in deltas if isinstance(d, Added)).keys(),
        removed=dict.fromkeys(d.fact.id for d in deltas if isinstance(d, Removed)).keys(),
        altered={i: d.attributes for i, d in changed.items()},
    )
    _Closure(context, found, changed).run(anew)
    for i in found.replaced:
        found.altered.pop(i, None)
        found.retyped.pop(i, None)
    found.swapped = _swapped(found, aside, context.before)
    return found


def _swapped(needs: Needs, aside: Iterable[Id], origin: Catalog) -> frozenset[Id]:
    """The old types of such columns, and the replaced types that those consist of, which stay as long."""

    def uses(i: Id) -> Iterable[Id]:
        parts = (i, *origin.descendants(i))
        used = (r for part in parts for r in origin.references.get(part, ()))
        return (r for r in used if r in needs.replaced and kind_of(r).swaps)

    return frozenset(reached(chain(aside, *needs.retyped.values()), uses))


def is_cut(fact: Fact, source: Id, needs: Needs, context: Writing) -> bool:
    """Whether the table of a fact leaves or joins that of another one, from which this comes: what the one has does
    not come and go with what the other has."""
    parents = needs.cut.get(_table(fact, context), ())
    above = context.before.facts.get(source) or context.after.facts.get(source)
    return bool(parents) and (above is None or _table(above, context) in parents)


def _table(fact: Fact, context: Writing) -> Id:
    """The table, or other object, that a fact belongs to."""
    while fact.parent is not None:
        fact = context.before.facts.get(fact.parent) or context.after.facts[fact.parent]
    return fact.id


def lies_still(i: Id, needs: Needs, context: Writing, but: Iterable[Id] = ()) -> bool:
    """Whether nothing that a fact depends on in the origin changes in this plan, ``but`` some of it."""
    used = set(context.before.references.get(i, ())).difference(but)
    moved = (needs.removed, needs.replaced, needs.altered.keys(), needs.retyped.keys())
    return all(some.isdisjoint(used) for some in moved)


def opaque(facts: Iterable[Id], target: Catalog) -> frozenset[Id]:
    """What depends on something that hides what it needs itself: of some facts, and of all that these need."""
    needed = reached(facts, lambda i: target.references.get(i, ()))

    def users(i: Id) -> Iterable[Id]:
        return (d for d in target.dependents.get(i, ()) if d in needed)

    return frozenset(reached((d for i in needed if kind_of(i).opaque for d in users(i)), users))


def has_overload(used: Iterable[Id], gone: Id) -> bool:
    """Whether another function of the same name as one that goes is used."""
    return kind_of(gone).overloads and any(
        kind_of(i).overloads and i.path[:-1] == gone.path[:-1] and i != gone for i in used
    )


def kind_of(fact: Fact | Id) -> Kind[Any]:
    return kinds()[fact.kind if isinstance(fact, Id) else fact.id.kind]


def in_place(delta: Changed, context: Writing) -> Iterator[tuple[Alter[Any] | None, tuple[str, ...]]]:
    """The rules of a change with their attributes, in the kind's order; None for one that replaces."""
    kind = kind_of(delta.after)
    unknown = [a for a in delta.attributes if a not in kind.changes and a != "parent"]
    if unknown:
        raise UnplannedChange(f"{delta.after.id}: no rule for a change of {', '.join(unknown)}")
    if "parent" in delta.attributes:
        yield None, ("parent",)
    grouped: dict[int, tuple[Any, list[str]]] = {}
    for name, rule in kind.changes.items():
        if name in delta.attributes:
            grouped.setdefault(id(rule) if rule != REPLACE else 0, (rule, []))[1].append(name)
    for rule, names in grouped.values():
        yield (None if rule == REPLACE else rule), tuple(names)


def applies(said: bool | Callable[[Any, Any], bool], delta: Changed) -> bool:
    """Whether what a rule says of its changes, or of some of them, is so of this one."""
    return said(delta.before, delta.after) if callable(said) else said


@dataclass(slots=True)
class _Closure:
    context: Writing
    needs: Needs
    changed: dict[Id, Changed]
    queue: list[Id] = field(default_factory=list)
    heirs: dict[Id, list[Id]] | None = None
    newcomers: dict[tuple[str, ...], Id] = field(default_factory=dict)
    """What is added, by the names that it takes."""

    def run(self, anew: Iterable[Id]) -> None:
        for end, gone in ((self.context.before, self.needs.removed), (self.context.after, self.needs.added)):
            self._cut(gone, end)
        for i in self.needs.added:
            for name in kind_of(i).names(self.context.after.facts[i]):
                self.newcomers[name] = i
        for i, delta in self.changed.items():
            self._own(i, delta)
        for i in anew:
            self._replace(i)
        for i in self.needs.added:
            self._force(self.context.after.facts[i])
            self._evict(i)
        self.queue += self.needs.removed
        while self.queue:
            self._spread(self.queue.pop())

    def _own(self, i: Id, delta: Changed) -> None:
        if "parent" in delta.attributes:
            self._replace_whole(i)
            return
        for rule, _ in in_place(delta, self.context):
            if rule is None or rule.write(delta.before, delta.after, self.context) == REPLACE:
                self._replace(i)
                return
            if applies(rule.rebuilds, delta):
                self.queue.append(i)

    def _force(self, fact: Fact) -> None:
        origin = self.context.before
        if fact.parent is not None and fact.parent in origin.facts and kind_of(fact).forces(fact, origin):
            self._replace(fact.parent)

    def _evict(self, i: Id) -> None:
        for other in kind_of(i).evicts(self.context.after.facts[i], self.context):
            self._replace(other)

    def _replace(self, i: Id) -> None:
        """Marks a fact, or its parent where it cannot be replaced alone, and all below it."""
        before, after = self.context.before.facts, self.context.after.facts
        if i in before and (parent := before[i].parent) is not None and kind_of(i).whole(before[i]):
            i = parent
        if i in before and i in after:
            self._replace_whole(i)

    def _replace_whole(self, i: Id) -> None:
        if i in self.needs.replaced:
            return
        self.needs.replaced.add(i)
        for end in (self.context.before, self.context.after):
            self._cut([i], end)
        self.queue.append(i)
        self._replace_children(i)
        self._force(self.context.after.facts[i])
        self._evict(i)

    def _cut(self, moved: Iterable[Id], end: Catalog) -> None:
        for i in moved:
            if kind_of(i).whole_tables and (table := end.facts[i].parent) is not None:
                self.needs.cut.setdefault(table, set()).update(end.references.get(i, ()))

    def _replace_children(self, i: Id) -> None:
        for child in self.context.before.children.get(i, ()):
            if child in self.context.after.facts:
                self._replace_whole(child)
            else:
                self.queue.append(child)  # it goes with a parent that is made anew: look at it again

    def _spread(self, i: Id) -> None:
        if i in self.needs.dropped:
            undone = kind_of(i).undoes(self.context.before.facts[i], self.context)
            for other in (*self._carried(i), *self._holding(i), *undone):
                self._replace(other)
        for dependent in self.context.before.dependents.get(i, ()):
            if dependent in self.needs.removed or dependent in self.needs.replaced:
                continue
            if i in self.needs.removed:
                lets_go = self._becomes(dependent, i) or (
                    dependent in self.changed
                    and not self._needs_successor(dependent, i)
                    and not self._calls_another(dependent, i)
                )
            elif i in self.needs.replaced:
                lets_go = self._moves(dependent, i)
            else:
                lets_go = self._follows(dependent, i)
            if not lets_go and not self._leaves(dependent, i):
                self._replace(dependent)

    def _leaves(self, table: Id, parent: Id) -> bool:
        """Whether a table depends on what goes by a join alone, and that goes too."""
        children, references = self.context.before.children, self.context.before.references
        joins = (i for i in children.get(table, ()) if kind_of(i).whole_tables and i in self.needs.dropped)
        return any(parent in references.get(i, ()) for i in joins)

    def _calls_another(self, dependent: Id, gone: Id) -> bool:
        """Whether it will use an overload of what goes, so that neither can be there when it changes."""
        return has_overload(self.context.after.references.get(dependent, ()), gone)

    def _carried(self, gone: Id) -> Iterator[Id]:
        """What PostgreSQL drops along with something that is gone, and the target still has."""
        origin = self.context.before
        # Of a table that goes as a whole, heirs and partitions let go before.
        is_alone = origin.facts[gone].parent not in self.needs.dropped
        for heir in self._heirs(gone) if is_alone else ():
            fact = origin.facts[heir]
            others = (source for source in fact.inherited if source != gone)
            is_kept = gone in self.needs.removed and not (
                heir in self.context.after.facts and self._is_part(heir)
            )
            stays = is_kept or any(source not in self.needs.dropped for source in others)
            comes_along = not fact.local and not kind_of(fact).attaches(fact) and not stays
            if comes_along and not is_cut(fact, gone, self.needs, self.context):
                yield heir
        for dependent in origin.dependents.get(gone, ()):
            fact = origin.facts[dependent]
            attached = kind_of(fact).attaches(fact) and gone in kind_of(fact).goes_with(fact, origin)
            if (
                attached
                and dependent not in self.needs.dropped
                and not is_cut(fact, gone, self.needs, self.context)
            ):
                yield dependent

    def _is_part(self, i: Id) -> bool:
        """Whether it is of a partition, which keeps nothing that goes from the whole table."""
        origin = self.context.before
        return any(kind_of(join).parted is not None for join in origin.children.get(origin.root(i), ()))

    def _holding(self, gone: Id) -> Iterator[Id]:
        """What PostgreSQL does not let go of it without: the index of the whole table that it is attached to."""
        origin = self.context.before
        fact = origin.facts[gone]
        if kind_of(fact).attaches(fact):
            held = (i for i in kind_of(fact).goes_with(fact, origin) if i not in self.needs.dropped)
            yield from (i for i in held if not is_cut(fact, i, self.needs, self.context))

    def _heirs(self, i: Id) -> Sequence[Id]:
        """What the origin inherits from a fact."""
        if self.heirs is None:
            self.heirs = {}
            for heir, row in self.context.before.facts.rows.items():
                for source in row[1]:
                    self.heirs.setdefault(source, []).append(heir)
        return self.heirs.get(i, ())

    def _moves(self, dependent: Id, replaced: Id) -> bool:
        """Whether a dependent survives the replacement of what it uses."""
        if kind_of(replaced).swaps and self._may_move(dependent):
            if replaced in self.context.after.references.get(dependent, ()):
                self._move(dependent, replaced)
            return True
        return dependent in self.changed and not self._needs_successor(dependent, replaced)

    def _becomes(self, dependent: Id, gone: Id) -> bool:
        """Whether a dependent moves to a type of another kind that takes the name of the one that goes."""
        kind = kind_of(gone)
        if not kind.becomes or not self._may_move(dependent):
            return False
        names = kind.names(self.context.before.facts[gone])
        successors = {self.newcomers[n] for n in names if n in self.newcomers}
        needed = self.context.after.references.get(dependent, ())
        if not any(i.kind in kind.becomes and i in needed for i in successors):
            return False
        self._move(dependent, gone)
        return True

    def _may_move(self, dependent: Id) -> bool:
        kind = kind_of(dependent)
        return bool(kind.retype) and kind.retypes(self.context.before.facts[dependent], self.context)

    def _move(self, dependent: Id, old: Id) -> None:
        self.needs.retyped.setdefault(dependent, set()).add(old)
        self.queue.append(dependent)

    def _needs_successor(self, dependent: Id, gone: Id) -> bool:
        """Whether a dependent comes to need what is made in the place of something that is dropped: it, what it
        belongs to, or another object of that name."""
        successors: set[Id] = set()
        for i in self.context.before.upwards(gone):
            if i in self.needs.replaced:
                successors.add(i)
            elif i in self.needs.removed:
                names = kind_of(i).names(self.context.before.facts[i])
                successors.update(self.newcomers[n] for n in names if n in self.newcomers)
        if not successors:
            return False
        needed = self.context.after.references.get(dependent, ())
        return any(not successors.isdisjoint(self.context.after.upwards(r)) for r in needed)

    def _follows(self, dependent: Id, column: Id) -> bool:
        """Whether PostgreSQL carries a dependent along when a column changes its type."""
        kind = kind_of(dependent)
        before, after = self.context.before.facts, self.context.after.facts
        if column in self.needs.retyped and not kind.follows_swap(before[dependent]):
            return False
        return kind.satellite or bool(kind.follows_retype(before[dependent], before[column], after[column]))
