"""Edges between facts, and who needs whom: made when first asked for, and shared by catalogs that differ little.

A catalog that is like another but for some facts has its edges too, without those that lost an end; so they are
grouped once for all of them, and those of a catalog that was kept are sorted already. No kind is known here.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from itertools import groupby
from typing import NamedTuple, Protocol

from ._facts import Deferred, Id

type Groups = dict[Id, list[Id]]


class Edge(NamedTuple):
    """``dependent`` needs ``referenced``, as ``pg_depend`` says."""

    dependent: Id
    referenced: Id


class Pairs(Protocol):
    """Pairs of facts, to be found by either end."""

    def all(self) -> Iterable[tuple[Id, Id]]: ...
    def forward(self, first: Id) -> Iterable[Id]: ...
    def backward(self, second: Id) -> Iterable[Id]: ...
    def content(self, facts: Numbered) -> Content: ...


class Gathered:
    """Pairs as they come, grouped by either end when somebody asks for it."""

    __slots__ = ("_backward", "_forward", "_found", "_make")

    def __init__(self, make: Callable[[], Iterable[tuple[Id, Id]]]) -> None:
        self._make = make
        self._found: list[tuple[Id, Id]] | Packed | None = None
        self._forward: Groups | None = None
        self._backward: Groups | None = None

    def content(self, facts: Numbered) -> Content:
        """``Packed.content`` by the numbers of these facts. If nobody has looked for them before, they are kept as such,
        which takes less memory than what they are made of."""
        if self._found is None:
            self._found = Packed(facts.ids, *facts.packed(self._make()))
            self._make = tuple
        found = self._found
        return found.content(facts) if isinstance(found, Packed) else facts.packed(found)

    def all(self) -> Iterable[tuple[Id, Id]]:
        if isinstance(self._found, Packed):
            return self._found.all()
        if self._found is None:
            self._found = list(self._make())
            self._make = tuple  # what they were made of is needed no more
        return self._found

    def forward(self, first: Id) -> Iterable[Id]:
        if isinstance(self._found, Packed):
            return self._found.forward(first)
        if self._forward is None:
            self._forward = grouped(self.all())
        return self._forward.get(first, ())

    def backward(self, second: Id) -> Iterable[Id]:
        if isinstance(self._found, Packed):
            return self._found.backward(second)
        if self._backward is None:
            self._backward = grouped((b, a) for a, b in self.all())
        return self._backward.get(second, ())


def grouped[K](pairs: Iterable[tuple[K, Id]]) -> dict[K, list[Id]]:
    """The second of each pair by the first."""
    found: dict[K, list[Id]] = {}
    for key, value in pairs:
        group = found.get(key)
        if group is None:
            found[key] = [value]
        else:
            group.append(value)
    return found


type Content = tuple[bytes, bytes]
"""Pairs of numbers of facts, sorted by the first, and by the second, which then comes first."""


class Numbered(NamedTuple):
    """Facts in order, and the number of each."""

    ids: list[Id]
    numbers: Mapping[Id, int]

    def packed(self, pairs: Iterable[tuple[Id, Id]]) -> Content:
        """Pairs of some of them; those with another one are left out."""
        of = self.numbers
        made = (of[a] << HALF | of[b] for a, b in pairs if a in of and b in of)
        every = sorted(array("Q", made))  # a set would take twice as much memory
        forward = array("Q", (both for both, _ in groupby(every)))
        return forward.tobytes(), turned(forward).tobytes()

    @classmethod
    def of(cls, facts: Iterable[Id]) -> Numbered:
        ids = sorted(facts)
        return cls(ids, {i: n for n, i in enumerate(ids)})


def turned(pairs: array[int]) -> array[int]:
    """Pairs of numbers, each in one, with the second of each first; sorted."""
    return array("Q", sorted((both & SECOND) << HALF | both >> HALF for both in pairs))


class Packed:
    """Pairs of numbers of facts, sorted by either end: looked up without grouping what nobody asks for."""

    __slots__ = ("_asked", "_backward", "_forward", "_ids", "_numbers")

    def __init__(self, ids: list[Id], forward: bytes, backward: bytes) -> None:
        """The facts in order, and what ``Numbered.packed`` makes of pairs of them."""
        self._ids = ids
        self._forward, self._backward = array("Q", forward), array("Q", backward)
        self._asked = 0
        self._numbers: dict[Id, int] | None = None

    def content(self, facts: Numbered) -> Content:
        """What it was made of, by the numbers of some facts."""
        if self._ids == facts.ids:
            return self._forward.tobytes(), self._backward.tobytes()
        return facts.packed(self.all())

    def all(self) -> Iterator[tuple[Id, Id]]:
        ids = self._ids
        return ((ids[both >> HALF], ids[both & SECOND]) for both in self._forward)

    def forward(self, first: Id) -> Iterable[Id]:
        return self._beside(first, self._forward)

    def backward(self, second: Id) -> Iterable[Id]:
        return self._beside(second, self._backward)

    def _beside(self, one: Id, pairs: array[int]) -> Iterable[Id]:
        number, ids = self._number(one), self._ids
        if number is None:
            return ()
        start = bisect_left(pairs, number << HALF)
        end = bisect_left(pairs, (number + 1) << HALF, start)
        return [ids[both & SECOND] for both in pairs[start:end]]

    def _number(self, one: Id) -> int | None:
        """Halving finds it. A dictionary of all numbers takes longer to make than most plans look for, and a tenth of the
        memory: it is made for one that asks after a good part of them."""
        ids = self._ids
        if self._numbers is not None:
            return self._numbers.get(one)
        self._asked += 1
        if self._asked * GOOD_PART > len(ids):
            self._numbers = {i: n for n, i in enumerate(ids)}
        number = bisect_left(ids, one)
        return number if number < len(ids) and ids[number] == one else None


GOOD_PART = 4
"""One fact in so many is a good part of them."""
HALF = 32
"""The bits of a number of a fact; a pair has both in one."""
SECOND = (1 << HALF) - 1


class Edges(Deferred[Edge]):
    """A set of edges: those of where they come from, without those that lost an end."""

    __slots__ = ("_gone", "_kept", "_pairs")

    def __init__(self, make: Callable[[], Iterable[Edge]]) -> None:
        self._hold(Gathered(make))

    def _hold(self, pairs: Pairs, gone: Set[Id] = frozenset(), kept: Set[Id] | None = None) -> None:
        self._pairs, self._gone, self._kept = pairs, gone, kept
        # No more than this is known to what makes the set: a circle of references is freed late.
        super().__init__(lambda: frozenset(_between(pairs, gone, kept)))

    @classmethod
    def of(cls, edges: Set[Edge]) -> Edges:
        """The same edges."""
        return edges if isinstance(edges, Edges) else Edges(lambda: edges)

    @classmethod
    def among(cls, pairs: Pairs, gone: Set[Id] = frozenset(), kept: Set[Id] | None = None) -> Edges:
        """The pairs of which no end is in ``gone``, and both in ``kept`` where that is given."""
        found = cls.__new__(cls)
        found._hold(pairs, gone, kept)
        return found

    def content(self, facts: Numbered) -> Content:
        """``Packed.content``: of all of them, by the numbers of these facts."""
        if self._kept is None and not self._gone:
            return self._pairs.content(facts)
        return facts.packed(self.each())

    def without(self, gone: Set[Id]) -> Edges:
        """Those that keep both ends."""
        if not gone:
            return self
        if self._kept is not None:
            return Edges.among(self._pairs, kept=self._kept - gone)
        return Edges.among(self._pairs, self._gone | gone)

    def within(self, kept: Set[Id]) -> Edges:
        """Those that have both ends in ``kept``."""
        there = kept - self._gone if self._kept is None else kept & self._kept
        return Edges.among(self._pairs, kept=there)

    def each(self) -> Iterator[Edge]:
        """All of them, some perhaps more than once: the set takes as much memory as they do."""
        return _between(self._pairs, self._gone, self._kept)

    def needs(self, i: Id) -> Iterable[Id]:
        """What a fact needs."""
        return self._left(self._pairs.forward(i), i)

    def needed_by(self, i: Id) -> Iterable[Id]:
        """What needs a fact."""
        return self._left(self._pairs.backward(i), i)

    def _left(self, found: Iterable[Id], i: Id) -> Iterable[Id]:
        gone, kept = self._gone, self._kept
        if kept is not None:
            return [other for other in found if other in kept] if i in kept else ()
        if not gone or not found:
            return found
        return () if i in gone else [other for other in found if other not in gone]


def _between(pairs: Pairs, gone: Set[Id], kept: Set[Id] | None) -> Iterator[Edge]:
    if kept is not None:
        return (Edge(i, other) for i in kept for other in pairs.forward(i) if other in kept)
    return (Edge(a, b) for a, b in pairs.all() if a not in gone and b not in gone)
