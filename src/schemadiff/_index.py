"""Where to find facts in a catalog: by parent, by kind, by neighbour. Made when first asked for, and shared by catalogs
that differ little, since most of what is found in one is found in the other too. No kind is named here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from ._edges import Content, Gathered, Groups, Numbered, Pairs, grouped
from ._facts import Facts, Id


class Index:
    """The facts below each parent, and those of each kind."""

    __slots__ = ("_below", "_kinds", "_more", "_parents", "_sorted", "facts")

    def __init__(
        self, facts: Facts, like: Index | None = None, more: Iterable[Id] = (), parents: Pairs | None = None
    ) -> None:
        """``like`` is of facts that are the same, but for those in ``more`` and some that are not there any more.
        ``parents`` are all facts that have one, with it, where that is known."""
        self.facts = facts
        self._more: tuple[Id, ...] | None = None if like is None else (*(like._more or ()), *more)
        self._parents: Pairs = like._parents if like else parents or Gathered(lambda: _with_parents(facts))
        self._kinds: _Kinds = like._kinds if like else _Kinds(facts)
        self._below: Groups | None = None
        self._sorted: dict[str, Sequence[Id]] = {}

    def content(self, facts: Numbered) -> Content:
        """All facts that have a parent, with it, as ``Packed.content``."""
        return self._parents.content(facts) if self._more is None else facts.packed(_with_parents(self.facts))

    def below(self, parent: Id) -> Iterable[Id]:
        """The facts below one."""
        found = self._parents.backward(parent)
        if self._more is None:
            return found
        rows = self.facts.rows
        if self._below is None:
            self._below = grouped((rows[i][0][0], i) for i in self._more if i in rows)
        return [i for i in (*found, *self._below.get(parent, ())) if i in rows and rows[i][0][0] == parent]

    def of_kind(self, kind: str) -> Sequence[Id]:
        """The facts of one kind, sorted."""
        if kind not in self._sorted:
            self._sorted[kind] = sorted(self._of_kind(kind))
        return self._sorted[kind]

    def _of_kind(self, kind: str) -> Iterable[Id]:
        found = self._kinds.of(kind)
        if self._more is None:
            return found
        rows = self.facts.rows
        more = {i for i in self._more if i.kind == kind}
        return more.union(found) & rows.keys() if more else [i for i in found if i in rows]


class _Kinds:
    """The facts of each kind, as they come."""

    __slots__ = ("_facts", "_found")

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._found: dict[str, list[Id]] | None = None

    def of(self, kind: str) -> Sequence[Id]:
        if self._found is None:
            self._found = {}
            for name, ids in groupby(self._facts.rows, itemgetter(0)):
                self._found.setdefault(name, []).extend(ids)
        return self._found.get(kind, ())


def _with_parents(facts: Facts) -> Iterator[tuple[Id, Id]]:
    return ((i, row[0][0]) for i, row in facts.rows.items() if row[0][0] is not None)


class Lookup(Mapping[Id, tuple[Id, ...]]):
    """What stands beside each of some facts, as ``find`` says, sorted and each once; found when it is asked for."""

    __slots__ = ("_facts", "_find", "_found")

    def __init__(self, facts: Facts, find: Callable[[Id], Iterable[Id]]) -> None:
        self._facts, self._find = facts, find
        self._found: dict[Id, tuple[Id, ...]] = {}

    def get(self, key: Id, default: tuple[Id, ...] = ()) -> tuple[Id, ...]:  # type: ignore[override]
        found = self._found.get(key)
        if found is None:
            found = tuple(self._find(key))
            if len(found) > 1:
                found = tuple(sorted(set(found)))
            self._found[key] = found
        return found or default

    def __getitem__(self, key: Id) -> tuple[Id, ...]:
        if found := self.get(key):
            return found
        raise KeyError(key)

    def __iter__(self) -> Iterator[Id]:
        return (i for i in self._facts if self.get(i))

    def __len__(self) -> int:
        return sum(1 for _ in self)
