"""The values that everything speaks of: Id, Fact, Edge, Catalog, Delta. No kind is known here.

Owns identity and equality; reading (``catalog``) and meaning (``kinds``) live elsewhere.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ._edges import Content, Edge, Edges, Numbered
from ._facts import Attributes, Fact, Facts, Id, Row, attribute_names, row_of
from ._index import Index, Lookup

__all__ = [
    "Added",
    "Attributes",
    "Catalog",
    "Changed",
    "Delta",
    "Difference",
    "Edge",
    "Edges",
    "Fact",
    "Facts",
    "Id",
    "Linked",
    "LintIgnore",
    "Removed",
    "Row",
    "Server",
    "Unlinked",
    "attribute_names",
    "row_of",
]


MANY = 50_000
"""Facts from which on a catalog is large."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where a catalog was read: ``server_version_num``, the role that read it, and the casts that it has:
    type, type and the letter of pg_cast.castcontext (i implicit, a on assignment, e where written).
    ``default_tablespace`` is the database's; ``roles`` are those of the server, None where it was a
    scratch server."""

    version: int
    role: str
    casts: frozenset[tuple[str, str, str]] = frozenset()
    default_tablespace: str = "pg_default"
    roles: frozenset[str] | None = field(default=None, compare=False)

    @property
    def major(self) -> int:
        return self.version // 10000


@dataclass(frozen=True, slots=True)
class Rename:
    """What a source says of ``id``: it was called ``old`` before, or its enum label ``label`` was.

    ``file`` and ``line`` are where it says so."""

    id: Id
    old: str
    file: str
    line: int
    label: str | None = None


@dataclass(frozen=True, slots=True)
class LabelMap:
    """What a source says of an enum: rows with the label ``old``, which goes away, get ``new``."""

    id: Id
    old: str
    new: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class LintIgnore:
    """What a source says of ``id`` and all below it: a rule of ``lint`` is not meant there, with the reason."""

    id: Id
    rule: str
    reason: str
    file: str
    line: int


@dataclass(frozen=True)
class Catalog:
    """What a source contains: facts by identity, the edges between them, and the count by name of
    what no kind models (``unmodelled``, pairs of a description and the objects)."""

    facts: Facts
    edges: Set[Edge]
    server: Server
    unmodelled: tuple[tuple[str, tuple[str, ...]], ...] = ()
    order: Set[Edge] = frozenset()
    """Edges that hold only between two creations."""
    open: frozenset[Id] = frozenset()
    """Facts that the source does not decide: an owner that no statement names, what a new database has."""
    renames: tuple[Rename, ...] = ()
    """What the source says that objects were called before."""
    label_maps: tuple[LabelMap, ...] = ()
    lint_ignores: tuple[LintIgnore, ...] = ()
    notes: tuple[str, ...] = ()
    """What the source says and no catalog can hold."""
    index: Index | None = field(default=None, compare=False, repr=False)
    """Where to find ``facts``, where that is known from a catalog that has most of them too."""

    @cached_property
    def _index(self) -> Index:
        known = self.index
        return known if known is not None and known.facts is self.facts else Index(self.facts)

    @cached_property
    def children(self) -> Mapping[Id, tuple[Id, ...]]:
        """The facts below each parent, sorted."""
        return Lookup(self.facts, self._index.below)

    @cached_property
    def dependents(self) -> Mapping[Id, tuple[Id, ...]]:
        """Who depends on each fact, sorted; a child depends on its parent."""
        edges, index = Edges.of(self.edges), self._index
        return Lookup(self.facts, lambda i: (*edges.needed_by(i), *index.below(i)))

    @cached_property
    def references(self) -> Mapping[Id, tuple[Id, ...]]:
        """What each fact depends on, sorted; a child depends on its parent."""
        edges, rows = Edges.of(self.edges), self.facts.rows

        def found(i: Id) -> Iterable[Id]:
            parent = rows[i][0][0] if i in rows else None
            return edges.needs(i) if parent is None else (*edges.needs(i), parent)

        return Lookup(self.facts, found)

    def upwards(self, i: Id) -> Iterator[Id]:
        """A fact and what it is part of, from near to far; nothing where it is not there."""
        rows, found = self.facts.rows, i if i in self.facts else None
        while found is not None:
            yield found
            parent = rows[found][0][0]
            found = parent if parent in rows else None

    def root(self, i: Id) -> Id:
        """The whole object that a fact is part of."""
        *_, top = self.upwards(i)
        return top

    def descendants(self, root: Id) -> Iterator[Id]:
        """Everything below a fact, children before grandchildren."""
        for child in self.children.get(root, ()):
            yield child
            yield from self.descendants(child)

    def ids_of(self, kind: str) -> Sequence[Id]:
        """What the facts of one kind are called, sorted."""
        return self._index.of_kind(kind)

    def of_kind(self, kind: str) -> Iterator[Fact]:
        """The facts of one kind, in order of identity."""
        return map(self.facts.__getitem__, self.ids_of(kind))

    @cached_property
    def _values(self) -> dict[tuple[str, str], Mapping[Any, tuple[Id, ...]]]:
        return {}

    def having(self, kind: str, attribute: str, value: Any) -> tuple[Id, ...]:
        """The facts of one kind whose attribute has a value, sorted. Asked again, it looks no more."""
        key = (kind, attribute)
        if key not in self._values:
            self._values[key] = _Groups((getattr(f, attribute), f.id) for f in self.of_kind(kind))
        return self._values[key].get(value, ())

    @cached_property
    def _known(self) -> dict[object, Any]:
        return {}

    def known[T](self, make: Callable[[Catalog], T]) -> T:
        """What a function makes of this catalog. Asked again, it is not made again."""
        if make not in self._known:
            self._known[make] = make(self)
        found: T = self._known[make]
        return found

    def becoming(self, found: Iterable[tuple[Fact, Fact | None]]) -> Catalog:
        """The same catalog where each of some facts is what is given with it: itself, another one with its
        identity, or None where it is no more."""
        changed = [(old.id, new) for old, new in found if new is not old]
        gone = [i for i, new in changed if new is None]
        return self.but([new for _, new in changed if new is not None], gone) if changed else self

    def but(self, facts: Iterable[Fact] = (), without: Iterable[Id] = ()) -> Catalog:
        """The same catalog without some facts, and with some added or exchanged; edges that lose an end go."""
        without, rows = list(without), self.facts.rows
        facts = [fact for fact in facts if rows.get(fact.id) != row_of(fact)]
        gone = frozenset(i for i in without if i in rows)
        if not (facts or gone):
            return self
        kept = self.facts.but(facts, without)
        moved = [f.id for f in facts if f.id in kept and (f.id not in rows or rows[f.id][0][0] != f.parent)]
        return dataclasses.replace(
            self,
            facts=kept,
            edges=Edges.of(self.edges).without(gone),
            order=Edges.of(self.order).without(gone),
            index=Index(kept, self._index, moved),
        )

    @property
    def is_large(self) -> bool:
        """Whether it matters what it takes of memory."""
        return len(self.facts) > MANY

    def condense(self) -> None:
        """Finds its edges now: what they are made of takes more memory."""
        self.content(Numbered.of(self.facts))

    def content(self, facts: Numbered) -> tuple[Content, Content, Content]:
        """The edges, the order, and the facts that have a parent, with it, by the numbers of all facts."""
        return (
            Edges.of(self.edges).content(facts),
            Edges.of(self.order).content(facts),
            self._index.content(facts),
        )

    def like(self, other: Catalog) -> Catalog:
        """The same catalog, which shares with another one what is the same in both."""
        facts = self.facts.like(other.facts)
        if facts is self.facts:
            return self
        return dataclasses.replace(self, facts=facts, index=Index(facts, self._index))

    def only(self, wanted: Set[Id]) -> Catalog:
        """The same catalog with nothing but some of its facts, and the edges between these."""
        kept = self.facts.only(sorted(wanted))
        return dataclasses.replace(
            self,
            facts=kept,
            edges=Edges.of(self.edges).within(kept.keys()),
            order=Edges.of(self.order).within(kept.keys()),
            index=None,
        )


class _Groups[K](Mapping[K, tuple[Id, ...]]):
    """Values by key, each group sorted when somebody asks for it."""

    __slots__ = ("_found",)

    def __init__(self, pairs: Iterable[tuple[K, Id]]) -> None:
        self._found: dict[K, list[Id] | tuple[Id, ...]] = {}
        for key, value in pairs:
            group = self._found.get(key)
            if group is None:
                self._found[key] = [value]
            else:
                group.append(value)  # type: ignore[union-attr]  # no group is a tuple before all are made

    def __getitem__(self, key: K) -> tuple[Id, ...]:
        group = self._found[key]
        if isinstance(group, list):
            group = self._found[key] = tuple(sorted(set(group)))
        return group

    def __iter__(self) -> Iterator[K]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __contains__(self, key: object) -> bool:
        return key in self._found


@dataclass(frozen=True, slots=True)
class Added:
    """A fact that only the target has."""

    fact: Fact

    @property
    def id(self) -> Id:
        return self.fact.id


@dataclass(frozen=True, slots=True)
class Removed:
    """A fact that only the origin has."""

    fact: Fact

    @property
    def id(self) -> Id:
        return self.fact.id


@dataclass(frozen=True, slots=True)
class Changed:
    """A fact that both have, with the names of the attributes that differ."""

    before: Fact
    after: Fact
    attributes: tuple[str, ...]

    @property
    def id(self) -> Id:
        return self.after.id

    def values(self) -> Iterator[tuple[str, Any, Any]]:
        """Each attribute with its value before and after."""
        for name in self.attributes:
            yield name, getattr(self.before, name), getattr(self.after, name)


@dataclass(frozen=True, slots=True)
class Linked:
    """An edge that only the target has, between facts that both have."""

    edge: Edge


@dataclass(frozen=True, slots=True)
class Unlinked:
    """An edge that only the origin has; its dependent is in both."""

    edge: Edge


type Difference = Added | Removed | Changed
"""What differs in a fact."""

type Delta = Difference | Linked | Unlinked
