"""Identities, facts, and many facts as rows: what is only compared is never made an object.

Owns how facts are held in memory. What a fact means is its kind's (``kinds``).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Hashable, Iterable, Iterator, KeysView, Mapping, Set
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple, cast, overload


class Id(NamedTuple):
    """What an object is called: its kind and its path, such as ``("public", "users", "email")``.

    Satellites (comment, owner, privilege) carry the kind and path of their target in their path.
    """

    kind: str
    path: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.kind.replace('_', ' ')} {'.'.join(self.path)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing of a catalog. Kinds add the attributes that describe it.

    ``parent`` is the fact without which it cannot exist; ``inherited`` names the facts of a parent
    table that it came from, ``local`` that it has a definition of its own beside. A field declared
    with ``compare=False`` is no part of equality.
    """

    id: Id
    parent: Id | None = None
    inherited: tuple[Id, ...] = field(default=(), compare=False)
    local: bool = field(default=True, compare=False)


class Attributes(NamedTuple):
    """The names of the attributes that a kind adds to Fact: those of its equality, and the others."""

    compared: tuple[str, ...]
    others: tuple[str, ...]


def attribute_names(kind: type[Fact]) -> Attributes:
    """The attributes that a class of facts adds to Fact."""
    return _attribute_names(cast(Hashable, kind))


@cache
def _attribute_names(kind: Any) -> Attributes:
    own = [f for f in dataclasses.fields(kind) if f.name not in Fact.__dataclass_fields__]
    return Attributes(tuple(f.name for f in own if f.compare), tuple(f.name for f in own if not f.compare))


type Row = tuple[tuple[Any, ...], tuple[Id, ...], bool, tuple[Any, ...]]
"""A fact without its identity: parent and compared values, ``inherited``, ``local``, the other values.
The values stand in the order of Attributes."""


@cache
def _setters(kind: Any) -> tuple[Callable[[Any, Any], None], ...]:
    """What sets the attributes of a class of facts, in the order of a row, which its ``__init__`` does too, and takes
    three times as long for."""
    names = attribute_names(kind)
    every = ("id", "inherited", "local", "parent", *names.compared, *names.others)
    return tuple(getattr(kind, name).__set__ for name in every)


def row_of(fact: Fact) -> Row:
    """The row of a fact."""
    names = attribute_names(type(fact))
    compared = (fact.parent, *(getattr(fact, name) for name in names.compared))
    return compared, fact.inherited, fact.local, tuple(getattr(fact, name) for name in names.others)


class Facts(Mapping[Id, Fact]):
    """Facts by identity, each made of its row when it is first asked for."""

    __slots__ = ("_class_of", "_like", "_made", "rows")

    def __init__(self, rows: dict[Id, Row], class_of: Callable[[str], type[Fact]]) -> None:
        """``class_of`` gives the class of the facts of a kind. The rows are not copied."""
        self.rows = rows
        self._class_of = class_of
        self._made: dict[Id, Fact] = {}
        self._like: tuple[Facts, frozenset[Id]] | None = None
        """Others, and where these may not have the same row."""

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> Facts:
        """Facts that exist already."""
        return Facts({}, _unknown).but(facts)

    @classmethod
    def beside(
        cls, other: Facts, found: Iterable[tuple[Id, Row]], class_of: Callable[[str], type[Fact]]
    ) -> Facts:
        """Facts of rows as they come, which share with others what is the same in both, and know what is not."""
        theirs, rows, differ = other.rows, dict[Id, Row](), list[Id]()
        for i, row in found:
            there = theirs.get(i)
            if row == there:
                row = there
            else:
                differ.append(i)
            rows[i] = row
        differ += (i for i in theirs if i not in rows)
        made = cls(rows, class_of)
        made._like = (other, frozenset(differ))
        return made

    def but(self, facts: Iterable[Fact] = (), without: Iterable[Id] = ()) -> Facts:
        """The same without some, and with some added or exchanged."""
        given = {fact.id: fact for fact in facts}
        rows = self.rows | {i: row_of(fact) for i, fact in given.items()}
        gone = list(without)
        for i in gone:
            rows.pop(i, None)
        found = Facts(rows, self._class_of)
        found._made = {i: fact for i, fact in (self._made | given).items() if i in rows}
        if self._like is not None:
            other, differ = self._like
            theirs = other.rows
            rows |= {i: theirs[i] for i in given if i in rows and rows[i] == theirs.get(i)}
            found._like = (other, differ.union(given, gone))
        return found

    def only(self, wanted: Iterable[Id]) -> Facts:
        """Some of them."""
        mine, made = self.rows, self._made
        found = Facts({i: mine[i] for i in wanted if i in mine}, self._class_of)
        found._made = {i: made[i] for i in found.rows if i in made}
        return found

    def like(self, other: Facts) -> Facts:
        """The same, which shares with the other what is the same in both, and knows what is not."""
        if any(one._like is not None and one._like[0] is two for one, two in ((self, other), (other, self))):
            return self
        mine, rows, differ = self.rows.get, dict[Id, Row](), list[Id]()
        for i, there in other.rows.items():
            row = mine(i)
            if row == there:
                rows[i] = there
                continue
            differ.append(i)
            if row is not None:
                rows[i] = row
        if len(rows) < len(self.rows):
            added = {i: row for i, row in self.rows.items() if i not in rows}
            rows |= added
            differ += added
        found = Facts(rows, self._class_of)
        found._made = dict(self._made)
        found._like = (other, frozenset(differ))
        return found

    def unlike(self, other: Facts) -> Iterable[Id]:
        """All that only one of both has, or each in its own way; what is the same may be among it, or in neither."""
        for one, another in ((self, other), (other, self)):
            if one._like is not None and one._like[0] is another:
                return one._like[1]
        mine, theirs = self.rows, other.rows
        find = theirs.get
        found = [i for i, row in mine.items() if (there := find(i)) is not row and there != row]
        return [*found, *(i for i in theirs if i not in mine)]

    def of_rows(self, rows: dict[Id, Row]) -> Facts:
        """Facts of some of the rows."""
        return Facts(rows, self._class_of)

    def __getitem__(self, key: Id) -> Fact:
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._make(key, self.rows[key])
        return made

    @overload
    def get(self, key: Id, default: None = None) -> Fact | None: ...
    @overload
    def get[D](self, key: Id, default: D) -> Fact | D: ...
    def get(self, key: Id, default: object = None) -> object:
        return self._made.get(key) or (self[key] if key in self.rows else default)

    def _make(self, key: Id, row: Row) -> Fact:
        kind = self._class_of(key.kind)
        compared, inherited, local, others = row
        made = object.__new__(kind)
        values = (key, inherited, local, *compared, *others)
        for put, value in zip(_setters(cast(Hashable, kind)), values, strict=True):
            put(made, value)
        return made

    def equal(self, other: Facts) -> bool:
        """Whether both are equal, without making a fact."""
        theirs = other.rows
        return self.rows.keys() == theirs.keys() and all(
            (there := theirs[i]) is row or there[0] == row[0] for i, row in self.rows.items()
        )

    def __iter__(self) -> Iterator[Id]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, key: object) -> bool:
        return key in self.rows

    def keys(self) -> KeysView[Id]:
        return self.rows.keys()


def _unknown(kind: str) -> type[Fact]:
    raise KeyError(kind)


class Deferred[T: Hashable](Set[T]):
    """A set that is made when it is first looked into."""

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[], frozenset[T]]) -> None:
        self._make = make
        self._made: frozenset[T] | None = None

    def _elements(self) -> frozenset[T]:
        if self._made is None:
            self._made = self._make()
        return self._made

    def __contains__(self, key: object) -> bool:
        return key in self._elements()

    def __sub__(self, other: Set[Any]) -> frozenset[T]:
        return self._elements() - (other._elements() if isinstance(other, Deferred) else frozenset(other))

    def __iter__(self) -> Iterator[T]:
        return iter(self._elements())

    def __len__(self) -> int:
        return len(self._elements())

    @classmethod
    def _from_iterable(cls, it: Iterable[Any]) -> frozenset[Any]:
        return frozenset(it)
