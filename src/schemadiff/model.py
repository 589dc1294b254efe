"""The values that everything speaks of: Id, Fact, Edge, Catalog, Delta. No kind is known here.

Owns identity and equality; reading (``catalog``) and meaning (``kinds``) live elsewhere.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any, NamedTuple, cast


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


def attribute_names(kind: type[Fact], *, compared: bool) -> tuple[str, ...]:
    """The attributes that a kind adds to Fact; with ``compared`` only those that take part in equality."""
    return _attribute_names(cast(Hashable, kind), compared)


@cache
def _attribute_names(kind: Any, compared: bool) -> tuple[str, ...]:
    base = Fact.__dataclass_fields__
    return tuple(
        f.name for f in dataclasses.fields(kind) if f.name not in base and (f.compare or not compared)
    )


class Edge(NamedTuple):
    """``dependent`` needs ``referenced``, as ``pg_depend`` says."""

    dependent: Id
    referenced: Id


@dataclass(frozen=True, slots=True)
class Server:
    """Where a catalog was read: ``server_version_num``, the role that read it, and the casts that it has:
    type, type and the letter of pg_cast.castcontext (i implicit, a on assignment, e where written)."""

    version: int
    role: str
    casts: frozenset[tuple[str, str, str]] = frozenset()

    @property
    def major(self) -> int:
        return self.version // 10000


@dataclass(frozen=True)
class Catalog:
    """What a source contains: facts by identity, the edges between them, and the count by name of
    what no kind models (``unmodelled``, pairs of a description and the objects)."""

    facts: Mapping[Id, Fact]
    edges: frozenset[Edge]
    server: Server
    unmodelled: tuple[tuple[str, tuple[str, ...]], ...] = ()
    order: frozenset[Edge] = frozenset()
    """Edges that hold only between two creations."""
    open: frozenset[Id] = frozenset()
    """Facts that the source does not decide: an owner that no statement names, what a new database has."""

    @cached_property
    def children(self) -> Mapping[Id, tuple[Id, ...]]:
        """The facts below each parent, sorted."""
        found: dict[Id, list[Id]] = {}
        for fact in self.facts.values():
            if fact.parent is not None:
                found.setdefault(fact.parent, []).append(fact.id)
        return MappingProxyType({parent: tuple(sorted(ids)) for parent, ids in found.items()})

    @cached_property
    def dependents(self) -> Mapping[Id, tuple[Id, ...]]:
        """Who depends on each fact, sorted; a child depends on its parent."""
        return _grouped((referenced, dependent) for dependent, referenced in self._all_edges())

    @cached_property
    def references(self) -> Mapping[Id, tuple[Id, ...]]:
        """What each fact depends on, sorted; a child depends on its parent."""
        return _grouped(self._all_edges())

    def _all_edges(self) -> Iterator[tuple[Id, Id]]:
        yield from self.edges
        for fact in self.facts.values():
            if fact.parent is not None:
                yield fact.id, fact.parent

    def descendants(self, root: Id) -> Iterator[Id]:
        """Everything below a fact, children before grandchildren."""
        for child in self.children.get(root, ()):
            yield child
            yield from self.descendants(child)

    @cached_property
    def _by_kind(self) -> Mapping[str, tuple[Fact, ...]]:
        found: dict[str, list[Fact]] = {}
        for i in sorted(self.facts):
            found.setdefault(i.kind, []).append(self.facts[i])
        return MappingProxyType({kind: tuple(facts) for kind, facts in found.items()})

    def of_kind(self, kind: str) -> Iterator[Fact]:
        """The facts of one kind, in order of identity."""
        return iter(self._by_kind.get(kind, ()))

    def with_facts(self, facts: Iterable[Fact]) -> Catalog:
        """The same catalog with other facts; edges that lose an end go."""
        kept = {fact.id: fact for fact in facts}
        edges = frozenset(e for e in self.edges if e.dependent in kept and e.referenced in kept)
        order = frozenset(e for e in self.order if e.dependent in kept and e.referenced in kept)
        return dataclasses.replace(self, facts=kept, edges=edges, order=order)


def _grouped(pairs: Iterable[tuple[Id, Id]]) -> Mapping[Id, tuple[Id, ...]]:
    found: dict[Id, set[Id]] = {}
    for key, value in pairs:
        found.setdefault(key, set()).add(value)
    return MappingProxyType({key: tuple(sorted(values)) for key, values in found.items()})


@dataclass(frozen=True, slots=True)
class Added:
    """A fact that only the target has."""

    fact: Fact


@dataclass(frozen=True, slots=True)
class Removed:
    """A fact that only the origin has."""

    fact: Fact


@dataclass(frozen=True, slots=True)
class Changed:
    """A fact that both have, with the names of the attributes that differ."""

    before: Fact
    after: Fact
    attributes: tuple[str, ...]

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


type Delta = Added | Removed | Changed | Linked | Unlinked
