"""Actions → which must run before which: the edges of both ends become edges between actions.

Drops follow the origin's dependencies, creations and changes the target's; what else PostgreSQL looks at (rows of a
type, what tables inherit, names) has edges of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from ..graph import Graph, reached
from ..model import Catalog, Fact, Id
from ._actions import Action, Apart, awaited
from ._changes import kind_of
from ._context import Writing
from ._inheritance_edges import Inheriting
from ._name_edges import names_first
from ._rings import Rings


def between(context: Writing, nodes: Sequence[Action], apart: Apart) -> Graph[Action]:
    """The actions of a plan, and which of them must run before which."""
    return _Edges(context, nodes, apart, Rings(context.before, context.after, nodes)).graph()


@dataclass(slots=True)
class _Edges:
    context: Writing
    nodes: Sequence[Action]
    apart: Apart
    rings: Rings
    makers: dict[Id, list[Action]] = field(default_factory=dict)
    """Who creates, alters or retypes a fact; a stand-in does for those that only need the outside."""
    droppers: dict[Id, Action] = field(default_factory=dict)
    asides: dict[Id, Action] = field(default_factory=dict)
    stand_ins: dict[Id, Action] = field(default_factory=dict)
    letting_go: dict[Id, Action] = field(default_factory=dict)
    ahead: dict[Id, Action] = field(default_factory=dict)
    joins: list[Action] = field(default_factory=list)
    """The creations that join two tables."""
    later: dict[Id, set[Id]] = field(default_factory=dict)
    """Of joins, what is made after them."""
    overloads: dict[tuple[str, ...], list[Action]] = field(default_factory=dict)
    """The drops of functions, by name."""
    holders: tuple[dict[Id, Collection[Id]], dict[Id, Collection[Id]]] = field(
        default_factory=lambda: ({}, {})
    )
    """Of tables and types, what holds their rows: in the origin and in the target."""
    callers: dict[tuple[str, ...], dict[Action, None]] = field(default_factory=dict)
    """Who needs an overload of functions that are dropped, by their name."""
    parts: dict[Id, list[Action]] = field(default_factory=dict)
    """The drops of parts of types: a value that is made of the whole has those that there are by then."""
    spelling: dict[Id, list[Action]] = field(default_factory=dict)
    """The creations of what calls of a function are written by."""
    users: dict[Id, dict[Action, None]] = field(default_factory=dict)
    """Who needs a key or an index that is made, by its table."""
    keys: dict[Id, tuple[Action, ...]] = field(default_factory=dict)
    """Of tables, the drops of foreign keys that go before their partitions do."""
    heirs: dict[Id, list[Id]] = field(default_factory=dict)
    """What is dropped and then comes along with the creation of what it inherits."""
    waiting: dict[Action, Sequence[Id]] = field(default_factory=dict)
    """What actions wait for, as their kinds say."""
    inheriting: Inheriting = field(init=False)

    def __post_init__(self) -> None:
        self.inheriting = Inheriting(self.context, self.makers, self.droppers)

    def graph(self) -> Graph[Action]:
        graph: Graph[Action] = Graph()
        graph.add(self.nodes)
        self._index()
        for action in self.nodes:
            for i in self._awaited(action):
                graph.must_all_run([action], after=self.makers.get(i, ()))
            if action.verb in ("drop", "set aside"):
                self._drop_edges(graph, action)
            elif action.verb == "let go":
                graph.must_run(self.droppers[action.id]).after(action)
            else:
                self._make_edges(graph, action)
        for name, callers in self.callers.items():
            graph.must_all_run(callers, after=self.overloads[name])
        for table, users in self.users.items():
            # That of a partitioned table is whole once those are gone that have no part in it.
            joins = (i for i in self.context.before.dependents.get(table, ()) if kind_of(i).whole_tables)
            graph.must_all_run(users, after=[self.droppers[i] for i in joins if i in self.droppers])
        names_first(graph, self.nodes, self.asides, self.context)
        self._soft_edges(graph)
        wholes: dict[frozenset[Id], list[Action]] = {}
        for action in self.ahead.values():
            wholes.setdefault(action.whole, []).append(action)
        for whole in wholes.values():
            self._ahead_edges(graph, whole)
        return graph

    def _index(self) -> None:
        asides, ahead = self.asides, self.ahead
        places = {"set aside": asides, "stand in": self.stand_ins, "let go": self.letting_go, "ahead": ahead}
        for action in self.nodes:
            match action.verb:
                case "drop":
                    self.droppers |= dict.fromkeys(action.everything(), action)
                    if (whole := self._whole(action)) is not None:
                        self.parts.setdefault(whole, []).append(action)
                    if kind_of(action.id).overloads and action.id not in self.apart.overloads:
                        self.overloads.setdefault(action.id.path[:-1], []).append(action)
                case verb if verb in places:
                    places[verb][action.id] = action
                case _:
                    if action.verb == "create" and kind_of(action.id).whole_tables:
                        self.joins.append(action)
                    if action.verb == "create" and kind_of(action.id).spells:
                        for i in self.context.after.references.get(action.id, ()):
                            self.spelling.setdefault(i, []).append(action)
                    for i in action.everything():
                        self.makers.setdefault(i, []).append(action)
        for dependent, referenced in self.context.after.order:
            if dependent in self.makers and kind_of(referenced).whole_tables:
                self.later.setdefault(referenced, set()).add(dependent)
        for i in self.droppers:
            after = self.context.after.facts.get(i)
            if after is not None and i not in self.makers:
                for source in after.inherited:
                    self.heirs.setdefault(source, []).append(i)
        for i, aside in list(self.asides.items()):
            self.asides |= {
                below: aside for below in self.context.before.descendants(i) if below in self.droppers
            }

    def _whole(self, gone: Action) -> Id | None:
        """The type that something is dropped of, unless what is made of that finds it there still."""
        kind, fact = kind_of(gone.id), gone.before
        is_part = fact is not None and kind.of_row and kind.whole(fact) and gone.id not in self.apart.lasting
        return fact.parent if fact and is_part else None

    def _make_edges(self, graph: Graph[Action], action: Action) -> None:
        references, dependents = self.context.after.references, self.context.before.dependents
        for i in action.everything():
            if action.verb != "stand in":
                for other in references.get(i, ()):
                    if other not in action.whole:
                        self._after_making(graph, action, other)
                        for part in self.parts.get(other, ()):
                            graph.must_run(action).after(part)
                    elif other in self.ahead:
                        graph.must_run(action).after(self.ahead[other])
            if action.verb in ("alter", "retype"):
                uses = self.context.before.references.get(i, ()) if kind_of(i).breaks else ()
                for other in dependents.get(i, ()) if action.id not in self.apart.unhindered else ():
                    dropper = self.asides.get(other) or self.droppers.get(other)
                    if dropper and other not in uses and not self._may_stay(other, i):
                        graph.must_run(action).after(dropper)
                self._row_edges(graph, action, i, self.context.before)
                self.inheriting.change(graph, action, i)
            if action.verb == "create":
                self._row_edges(graph, action, i, self.context.after)
                self.inheriting.join(graph, action, i)
                self.inheriting.create(graph, action, i)
                evicted = kind_of(i).evicts(self.context.after.facts[i], self.context)
                for one in (i, *self.heirs.get(i, ()), *evicted):
                    gone = self.asides.get(one) or self.droppers.get(one)
                    if gone:
                        graph.must_run(action).after(gone)
        if action.verb == "create" and kind_of(action.id).whole_tables:
            for i in self._joined(action.id):
                made = () if self._comes_after(i, action.id) else self.inheriting.made_by(i)
                users = filter(None, (self.droppers.get(i), *made))
                graph.must_all_run([action], after=[u for u in users if action.id not in self._awaited(u)])
            for i in self._below(action):
                if i in self.droppers:
                    graph.must_run(action).after(self.droppers[i])
        for parent in self._parents(action):
            for maker in self.makers.get(parent, ()) if parent not in action.whole else ():
                graph.must_run(action).after(maker)
        if action.verb == "create" and action.id in self.stand_ins:
            graph.must_run(action).after(self.stand_ins[action.id])

    def _may_stay(self, part: Id, whole: Id) -> bool:
        """Whether a part of a row does not hinder a change of the whole: it does where that gets another type, which
        says what is in its rows."""
        before, after = self.context.before, self.context.after
        if not kind_of(part).of_row or before.facts[part].parent != whole:
            return False
        same = before.references.get(whole, ()) == after.references.get(whole, ())
        return same or self._apart_from_parents(whole, before) == self._apart_from_parents(whole, after)

    @staticmethod
    def _apart_from_parents(table: Id, end: Catalog) -> set[Id]:
        """What a table depends on, but for those that it inherits from."""
        joins = (i for i in end.children.get(table, ()) if kind_of(i).whole_tables)
        parents = (parent for i in joins for parent in end.references.get(i, ()))
        return set(end.references.get(table, ())).difference(parents)

    def _below(self, join: Action) -> Iterable[Id]:
        """What joins others to the table that joins: PostgreSQL makes no partition of one that has heirs."""
        table = join.after.parent if join.after else None
        users = self.context.before.dependents.get(table, ()) if table else ()
        return (i for i in users if kind_of(i).whole_tables and self.context.before.facts[i].parent != table)

    def _row_edges(self, graph: Graph[Action], action: Action, i: Id, end: Catalog) -> None:
        """What holds rows of a table or type goes before these change, and comes after."""
        row = end.facts[i].parent if kind_of(i).of_row else None
        if row is None or self.context.created(row):
            return
        held, holds = self._holders(row, self.context.before), self._holders(row, self.context.after)
        for other in held:
            if other in self.droppers:
                graph.must_run(action).after(self.droppers[other])
            elif other not in holds:
                for maker in self.makers.get(other, ()):
                    graph.must_run(action).after(maker)
        for other in holds:
            for maker in self.makers.get(other, ()):
                if other not in held or maker.verb == "create":
                    graph.must_run(maker).after(action)

    def _holders(self, row: Id, end: Catalog) -> Collection[Id]:
        """The same of each column of a table: looked for once."""
        known = self.holders[end is self.context.after]
        if row not in known:
            known[row] = self._holding(row, end)
        return known[row]

    def _holding(self, row: Id, end: Catalog) -> Collection[Id]:
        """Columns and attributes of other tables and types that have a row in them, or that of an heir: as their type,
        or within it, which may be made of types that hold it."""

        def users(whole: Id) -> Iterable[Id]:
            return (i for i in end.dependents.get(whole, ()) if end.facts[i].parent != whole)

        def holding(whole: Id) -> Iterable[Id]:
            """Tables and types with a part of the type, heirs, and types that are made of it: domains, ranges."""
            for user in users(whole):
                kind = kind_of(user)
                if kind.of_row or kind.whole_tables:
                    yield from filter(None, (end.facts[user].parent,))
                elif kind.catalog == "pg_type":
                    yield user

        found = (i for whole in reached([row], holding) for i in users(whole) if kind_of(i).of_row)
        return dict.fromkeys(i for i in found if end.facts[i].parent != row)

    def _after_making(self, graph: Graph[Action], action: Action, other: Id) -> None:
        if self.overloads and kind_of(other).overloads and other.path[:-1] in self.overloads:
            self.callers.setdefault(other.path[:-1], {})[action] = None
        if kind_of(other).overloads:
            for spelled in self.spelling.get(other, ()):
                graph.must_run(action).after(spelled)
        makers = self.inheriting.made_by(other)
        if makers and kind_of(other).breaks and self.rings.leads_back(other, action):
            makers = [m for m in makers if m.verb == "create" and other not in self.stand_ins]
            if other in self.stand_ins:
                graph.must_run(action).after(self.stand_ins[other])
        for maker in makers:
            if not (action.verb == "retype" and maker.id == action.id):
                graph.must_run(action).after(maker)
        if other in self.makers and kind_of(other).whole_ahead is not None:
            self.users.setdefault(self.context.after.root(other), {})[action] = None

    def _joined(self, join: Id) -> Iterable[Id]:
        """What belongs to the tables that a fact joins, as far as PostgreSQL compares it."""
        ends = (self.context.before, self.context.after)
        tables = dict.fromkeys(table for catalog in ends for table in catalog.references.get(join, ()))
        for catalog in ends:
            for table in tables:
                yield from (i for i in catalog.descendants(table) if self._compared(catalog.facts[i]))

    def _comes_after(self, i: Id, join: Id) -> bool:
        """Whether something, or what it comes from, is made after a join."""
        later = self.later.get(join)
        fact = self.context.after.facts.get(i) if later else None
        return bool(later and fact and not later.isdisjoint((i, *fact.inherited)))

    def _compared(self, fact: Fact) -> bool:
        """Columns, NOT NULL, checks and keys, also what is not valid, and indexes that are attached."""
        kind = kind_of(fact)
        if kind.whole_tables:
            return False
        if fact.inherited and kind.attaches(fact):
            return True
        return kind.inline is not None and kind.compared(fact)

    def _awaited(self, action: Action) -> Sequence[Id]:
        if action not in self.waiting:
            self.waiting[action] = awaited(action, self.context)
        return self.waiting[action]

    def _keys_first(self, graph: Graph[Action], action: Action) -> None:
        """A foreign key goes from the whole table, while its partitions still have it from there; one to the
        whole table holds on to the rows of each partition."""
        for table in self._above(action.id):
            if table not in self.keys:
                self.keys[table] = tuple(self._foreign_keys(table))
            for dropper in self.keys[table]:
                graph.must_run(action).after(dropper)

    def _foreign_keys(self, table: Id) -> Iterable[Action]:
        origin = self.context.before
        for i in origin.children.get(table, ()):
            for key in (i, *origin.dependents.get(i, ())):
                dropper = self.droppers.get(key)
                if dropper is not None and dropper.id == key and self._is_foreign(origin.facts[key]):
                    yield dropper

    def _above(self, join: Id) -> Iterable[Id]:
        """The tables that a fact joins, and all that they inherit from, directly or not."""
        origin = self.context.before

        def parents(table: Id) -> Iterable[Id]:
            joins = (i for i in origin.children.get(table, ()) if kind_of(i).whole_tables)
            return (parent for i in joins for parent in origin.references.get(i, ()))

        return reached(origin.references.get(join, ()), parents)

    def _is_foreign(self, fact: Fact) -> bool:
        return kind_of(fact).detachable and not self._compared(fact)

    def _parents(self, action: Action) -> Iterable[Id]:
        """All that it stands on, also where the target has none of it any more."""
        fact: Fact | None = action.after or action.before
        while fact is not None and fact.parent is not None:
            yield fact.parent
            fact = self.context.after.facts.get(fact.parent)

    def _drop_edges(self, graph: Graph[Action], action: Action) -> None:
        awaited = self._awaited(action)
        if kind_of(action.id).whole_tables:
            self._keys_first(graph, action)
            for i in self._joined(action.id):
                for other in (self.droppers.get(i), *self.makers.get(i, ())):
                    if other is not None and other.id not in (
                        *awaited,
                        *self.context.before.references.get(action.id, ()),
                    ):
                        graph.must_run(other).after(action)
        for i in action.covers:
            if kind_of(i).whole_tables:
                self._recursing(graph, action, i)
        self.inheriting.drop(graph, action)
        for i in action.everything():
            for other in self.context.before.dependents.get(i, ()):
                if other in self.asides and self.asides[other].id != i and action.verb == "set aside":
                    graph.must_run(action).after(self.asides[other])
                elif other in self.droppers:
                    if not (
                        action.verb == "set aside" and self._goes_by_its_name(self.droppers[other], action)
                    ):
                        graph.must_run(action).after(self._parting(self.droppers[other], action))
                elif action.verb == "drop":
                    for maker in self.makers.get(other, ()):
                        graph.must_run(action).after(maker)
        if action.verb == "drop" and action.id in self.asides and self.asides[action.id].id == action.id:
            graph.must_run(action).after(self.asides[action.id])

    @staticmethod
    def _goes_by_its_name(dropper: Action, aside: Action) -> bool:
        """Whether what is dropped is called the same after what it uses is set aside: types and tables are, a function is
        called by its arguments too."""
        kind = kind_of(dropper.id)
        return dropper.id == aside.id or kind.swaps is not None or kind.catalog == "pg_class"

    def _parting(self, dropper: Action, needed: Action) -> Action:
        """What ends that something that is dropped needs another thing: its drop, or that it lets go before."""
        early = self.letting_go.get(dropper.id)
        return early if early and self.rings.holds(dropper.id, needed.everything()) else dropper

    def _recursing(self, graph: Graph[Action], action: Action, join: Id) -> None:
        """Changes of a table reach what inherits from it, unless that is gone before."""
        for table in self.context.before.references.get(join, ()):
            for i in self.context.before.children.get(table, ()):
                for other in self.makers.get(i, ()):
                    if other.verb in ("alter", "retype") and not kind_of(i).satellite:
                        graph.must_run(other).after(action)

    def _ahead_edges(self, graph: Graph[Action], whole: Sequence[Action]) -> None:
        """The old one stays until all of its successor is made, and all that depends on it as long; a table that joins
        meanwhile would get one of each."""
        dependents = self.context.before.dependents
        found = reached(whole[0].whole, lambda i: dependents.get(i, ()) if i in self.droppers else ())
        old = dict.fromkeys(self.droppers[i] for i in found if i in self.droppers)
        tables = {ahead.after.parent for ahead in whole if ahead.after}
        for ahead in whole:
            for maker in self.makers.get(ahead.id, ()):
                graph.must_run(maker).after(ahead)
        graph.must_all_run(old, after=whole)
        references = self.context.after.references
        joins = [j for j in self.joins if not tables.isdisjoint(references.get(j.id, ()))]
        graph.must_all_run(joins, after=old)

    def _soft_edges(self, graph: Graph[Action]) -> None:
        for dependent, referenced in self.context.after.order:
            for action in self.makers.get(dependent, ()):
                for other in self.makers.get(referenced, ()):
                    if action.verb == other.verb == "create":
                        graph.must_run(action).after(other)
