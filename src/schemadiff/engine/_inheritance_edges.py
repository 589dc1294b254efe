"""Which actions must run before which since tables inherit from one another: what a table gets, loses or changes, its
heirs do too, with what they have of that from elsewhere.

https://www.postgresql.org/docs/current/ddl-inherit.html
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..graph import Graph
from ..kinds import heirs
from ..model import Id
from ._actions import Action
from ._changes import kind_of
from ._context import Writing


@dataclass(slots=True)
class Inheriting:
    """``makers`` and ``droppers`` are who creates, alters or retypes a fact, and who drops it."""

    context: Writing
    makers: Mapping[Id, Sequence[Action]]
    droppers: Mapping[Id, Action]

    def join(self, graph: Graph[Action], action: Action, join: Id) -> None:
        """A table that is created as the heir of another gets what that has: its columns are what they will be by then,
        and what else is dropped there is gone, if the heir has it from elsewhere."""
        if join == action.id or not kind_of(join).whole_tables:
            return
        for table in self.context.after.references.get(join, ()):
            for i in self.context.before.children.get(table, ()):
                own = Id(i.kind, (*action.id.path, i.path[-1]))
                if i in self.droppers and (kind_of(i).of_row or own in self.context.after.facts):
                    graph.must_run(action).after(self.droppers[i])
            for i in self.context.after.children.get(table, ()):
                for maker in self.made_by(i) if kind_of(i).of_row else ():
                    graph.must_run(action).after(maker)

    def create(self, graph: Graph[Action], action: Action, i: Id) -> None:
        """What a table gets, its heirs get too: what they have of that name from elsewhere, and lose, is gone before;
        what they keep is what it will be."""
        for own in self._inheriting(i):
            if own in self.droppers:
                graph.must_run(action).after(self.droppers[own])
            makers = self.made_by(own) if own in self.context.before.facts else self.makers.get(own, ())
            for maker in makers:
                if maker.verb in ("alter", "retype") or own in maker.everything():
                    graph.must_run(action).after(maker)
        fact = self.context.after.facts.get(i)
        for source in fact.inherited if fact else ():
            if source.kind != i.kind:  # a table of a type has its attributes as columns
                changed = (m for m in self.makers.get(source, ()) if m.verb in ("alter", "retype"))
                graph.must_all_run([action], after=changed)

    def change(self, graph: Graph[Action], action: Action, i: Id) -> None:
        """What changes in a table changes in its heirs too: what it, or one of them, has from others and loses, is gone
        before, and so are heirs that go."""
        self._heirs_first(graph, action, i)
        self._let_go(graph, action, i)
        self._typed_first(graph, action, i)
        for own in (i, *self._inheriting(i)):
            fact = self.context.before.facts.get(own)
            for source in fact.inherited if fact else ():
                if source != i and source in self.droppers:
                    graph.must_run(action).after(self.droppers[source])

    def _inheriting(self, i: Id) -> Iterable[Id]:
        """What the heirs of a table, by the origin, call a part of its rows."""
        before = self.context.before
        fact = (self.context.after.facts.get(i) or before.facts.get(i)) if kind_of(i).of_row else None
        table = fact.parent if fact else None
        if table is None or self.context.created(table):
            return ()
        return (Id(i.kind, (*heir.path, i.path[-1])) for heir in heirs(table, before))

    def made_by(self, i: Id) -> Sequence[Action]:
        """Who makes or changes a fact; failing that, who does it to what it is inherited from."""
        if i in self.makers:
            return self.makers[i]
        fact = self.context.after.facts.get(i)
        return [maker for source in fact.inherited for maker in self.made_by(source)] if fact else ()

    def drop(self, graph: Graph[Action], action: Action) -> None:
        """What a table inherits, and has as its own too, goes once it inherits it no more, also since that is no more
        passed on; what heirs have that go as a whole is gone before, with what depends on it there."""
        fact, root = action.before, self.context.before.root
        if fact is None or kind_of(fact).attaches(fact) or root(fact.id) in self.droppers:
            return
        for source in fact.inherited:
            if source in self.droppers and root(source) not in self.droppers:
                graph.must_run(action).after(self.droppers[source])
        self._let_go(graph, action, fact.id)
        self._heirs_first(graph, action, fact.id)

    def _let_go(self, graph: Graph[Action], action: Action, i: Id) -> None:
        """What is passed on no more, although all tables stay heirs: the parent says so before its heirs do what they
        like with it."""
        before, after = (end.facts.get(i) for end in (self.context.before, self.context.after))
        kept = after.inherited if after else ()
        ended = [source for source in before.inherited if source not in kept] if before else []
        for source in ended if ended and not self._leaves(i) else ():
            for maker in self.makers.get(source, ()):
                graph.must_run(action).after(maker)

    def _leaves(self, part: Id) -> bool:
        """Whether the table of something leaves one that it inherits from."""
        origin = self.context.before
        return any(
            i in self.droppers for i in origin.children.get(origin.root(part), ()) if kind_of(i).whole_tables
        )

    def _typed_first(self, graph: Graph[Action], action: Action, i: Id) -> None:
        """Tables of a type that go have no rows to convert by then."""
        before, kind, fact = self.context.before, kind_of(i), self.context.before.facts.get(i)
        whole = fact.parent if fact and kind.of_row and kind.whole(fact) else None
        for table in before.dependents.get(whole, ()) if whole else ():
            if table in self.droppers and any(
                i in before.facts[c].inherited and c.kind != i.kind for c in before.children.get(table, ())
            ):
                graph.must_run(action).after(self.droppers[table])

    def _heirs_first(self, graph: Graph[Action], action: Action, i: Id) -> None:
        before = self.context.before
        if i not in before.facts:
            return
        table = before.root(i)
        for heir in heirs(table, before):
            own = before.facts.get(Id(i.kind, (*heir.path, *i.path[len(table.path) :])))
            if heir in self.droppers and own is not None and own.inherited:
                graph.must_run(action).after(self.droppers[heir])
