"""A database in which many schemas are of one shape, schema by schema: what each has, and what is nobody's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from typing import Any

from ._inside import schema_of
from .model import Catalog, Edge, Id


@dataclass(frozen=True, slots=True)
class Parts:
    """The facts and edges of each tenant, of nobody (``""``), and of those that cannot be told apart."""

    live: Catalog
    rows: Mapping[str, dict[Id, Any]]
    edges: Mapping[str, list[Edge]]
    order: Mapping[str, list[Edge]]
    entangled: frozenset[str]

    @classmethod
    def of(cls, live: Catalog, names: Iterable[str]) -> Parts:
        known = frozenset(names)
        owner = {i: _tenant(i, live, known) for i in live.facts}
        entangled: set[str] = set()
        for edge in live.edges:
            mine, theirs = owner[edge.dependent], owner[edge.referenced]
            owner[edge.dependent] = mine or theirs
            if mine and theirs and mine != theirs:
                entangled |= {mine, theirs}
        rows: dict[str, dict[Id, Any]] = {}
        for i, row in live.facts.rows.items():
            rows.setdefault(_owner(i, owner, live), {})[i] = row
        edges, order = (_grouped(of, owner) for of in (live.edges, live.order))
        return cls(live, rows, edges, order, frozenset(entangled))

    def of_tenant(self, name: str) -> Catalog:
        """What one tenant has and what is nobody's; everything where another tenant's objects need its own."""
        if name in self.entangled:
            return self.live
        rows = self.rows.get("", {}) | self.rows.get(name, {})

        def between(edges: Mapping[str, list[Edge]]) -> frozenset[Edge]:
            found = (e for part in ("", name) for e in edges.get(part, ()))
            return frozenset(e for e in found if e.dependent in rows and e.referenced in rows)

        facts = self.live.facts.of_rows(rows)
        return replace(self.live, facts=facts, edges=between(self.edges), order=between(self.order))


def _grouped(edges: Iterable[Edge], owner: Mapping[Id, str]) -> dict[str, list[Edge]]:
    found: dict[str, list[Edge]] = {}
    for edge in edges:
        found.setdefault(owner[edge.dependent], []).append(edge)
    return found


def _owner(i: Id, owner: Mapping[Id, str], live: Catalog) -> str:
    """Whose a fact is, or what it stands on."""
    parent = live.facts.rows[i][0][0]
    return owner[i] or (_owner(parent, owner, live) if parent else "")


def _tenant(i: Id, live: Catalog, known: Set[str]) -> str:
    """Whose a fact is: that of the schema that it, or what it stands on, lies in."""
    schema = schema_of(live.root(i), live)
    return schema if schema is not None and schema in known else ""
