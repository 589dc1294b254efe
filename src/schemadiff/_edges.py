"""Edges between facts, and who needs whom: made when first asked for, and shared by catalogs that differ little.

A catalog that is like another but for some facts has its edges and the facts below each parent too, without those
that lost an end; so they are grouped once for all of them. No kind is known here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from typing import NamedTuple

from ._facts import Deferred, Facts, Id

type Groups = dict[Id, list[Id]]


class Edge(NamedTuple):
    """``dependent`` needs ``referenced``, as ``pg_depend`` says."""

    dependent: Id
    referenced: Id


class _Pairs:
    """All edges of where they come from, grouped by either end when somebody asks for it."""

    __slots__ = ("_backward", "_forward", "_found", "_make")

    def __init__(self, make: Callable[[], Iterable[Edge]]) -> None:
        self._make = make
        self._found: list[Edge] | None = None
        self._forward: Groups | None = None
        self._backward: Groups | None = None

    def all(self) -> list[Edge]:
        if self._found is None:
            self._found = list(self._make())
            self._make = tuple  # what they were made of is needed no more
        return self._found

    def forward(self) -> Groups:
        if self._forward is None:
            self._forward = _grouped(self.all())
        return self._forward

    def backward(self) -> Groups:
        if self._backward is None:
            self._backward = _grouped((referenced, dependent) for dependent, referenced in self.all())
        return self._backward


def _grouped(pairs: Iterable[tuple[Id, Id]]) -> Groups:
    found: Groups = {}
    for key, value in pairs:
        group = found.get(key)
        if group is None:
            found[key] = [value]
        else:
            group.append(value)
    return found


class Edges(Deferred[Edge]):
    """A set of edges."""

    __slots__ = ("_gone", "_pairs")

    def __init__(self, make: Callable[[], Iterable[Edge]]) -> None:
        self._pairs, self._gone = _Pairs(make), frozenset[Id]()
        super().__init__(lambda: frozenset(self._pairs.all()))

    @classmethod
    def of(cls, edges: Set[Edge]) -> Edges:
        """The same edges."""
        return edges if isinstance(edges, Edges) else Edges(lambda: edges)

    def without(self, gone: Set[Id]) -> Edges:
        """Those that keep both ends."""
        if not gone:
            return self
        found = Edges(lambda: ())
        found._pairs, found._gone = self._pairs, self._gone | gone
        found._make = found._kept
        return found

    def each(self) -> Iterable[Edge]:
        """All of them, some perhaps more than once: the set takes as much memory as they do."""
        gone = self._gone
        found = self._pairs.all()
        return (e for e in found if e[0] not in gone and e[1] not in gone) if gone else found

    def _kept(self) -> frozenset[Edge]:
        return frozenset(self.each())

    def needs(self, i: Id) -> Iterable[Id]:
        """What a fact needs."""
        return self._among(self._pairs.forward(), i)

    def needed_by(self, i: Id) -> Iterable[Id]:
        """What needs a fact."""
        return self._among(self._pairs.backward(), i)

    def _among(self, groups: Groups, i: Id) -> Iterable[Id]:
        found, gone = groups.get(i, ()), self._gone
        if not gone or not found:
            return found
        return () if i in gone else [other for other in found if other not in gone]


class Below:
    """The facts below each parent."""

    __slots__ = ("_more", "_root", "facts")

    def __init__(self, facts: Facts, like: Below | None = None, more: Iterable[Id] = ()) -> None:
        """``like`` is of facts that are the same, but for those in ``more`` and some that are not there any more."""
        self.facts = facts
        self._root: Below = like._root if like is not None else self
        self._more: Groups | None = None
        if like is not None:
            self._more = {parent: list(children) for parent, children in (like._more or {}).items()}
            for i in more:
                parent = facts.rows[i][0][0]
                if parent is not None:
                    self._more.setdefault(parent, []).append(i)

    def _all(self) -> Groups:
        """Of the root: all below each parent."""
        if self._more is None:
            rows = self.facts.rows
            self._more = _grouped((row[0][0], i) for i, row in rows.items() if row[0][0] is not None)
        return self._more

    def of(self, parent: Id) -> Iterable[Id]:
        """The facts below one."""
        found = self._root._all().get(parent, ())
        if self._root is self:
            return found
        rows = self.facts.rows
        return [
            i for i in (*found, *(self._more or {}).get(parent, ())) if i in rows and rows[i][0][0] == parent
        ]


class Lookup(Mapping[Id, tuple[Id, ...]]):
    """What stands beside each of some facts, as ``find`` says, sorted and each once; found when it is asked for."""

    __slots__ = ("_facts", "_find", "_found")

    def __init__(self, facts: Facts, find: Callable[[Id], Iterable[Id]]) -> None:
        self._facts, self._find = facts, find
        self._found: dict[Id, tuple[Id, ...]] = {}

    def get(self, key: Id, default: tuple[Id, ...] = ()) -> tuple[Id, ...]:  # type: ignore[override]
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = tuple(sorted(set(self._find(key))))
        return found or default

    def __getitem__(self, key: Id) -> tuple[Id, ...]:
        if found := self.get(key):
            return found
        raise KeyError(key)

    def __iter__(self) -> Iterator[Id]:
        return (i for i in self._facts if self.get(i))

    def __len__(self) -> int:
        return sum(1 for _ in self)
