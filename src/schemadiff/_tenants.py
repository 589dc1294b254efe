"""One schema for each tenant: a target that describes one schema → a pair for every schema of a database that must
be like it.

PostgreSQL itself rewrites the definitions: the target is made once in a scratch database, and its schema gets the name
of one tenant after the other. The database is read once for all of them. Only what is in the schema of a tenant is
looked at; what it needs outside must be there.

https://www.postgresql.org/docs/current/sql-alterschema.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from glob import escape
from typing import Any

from ._inside import schema_of
from ._pair import Pair, settle
from ._scope import Scope
from ._trash import dropped_on
from .catalog import read_from
from .config import Tenants
from .errors import PlanError, UsageError
from .kinds import kinds
from .model import Catalog, Edge, Id
from .prove import Connection, clone
from .scratch import ScratchServer, scratch_server
from .sources import Reader, Source
from .sqltext import ident

OURS = ("information_schema", "schemadiff")
PRIVILEGES = "default_privilege"
"""Those of all schemas stand beside those of one."""


@dataclass(frozen=True, slots=True)
class Tenant:
    """A schema that must be like the target's: the database as far as it bears on it, and the target under its name."""

    name: str
    live: Catalog
    target: Catalog
    reader: Reader
    scope: Scope

    def pair(self) -> Pair:
        """Both ends, so that they compare. Raises what ``settle`` raises."""
        return settle(self.live, self.target, self.reader, self.scope)


def tenants(live: Source, target: Source, reader: Reader, wanted: Tenants, scope: Scope) -> Iterator[Tenant]:
    """The tenants of a database, sorted by name.

    Raises UsageError for a pattern that no schema matches, PlanError for a target that says nothing of a tenant's
    schema or has an extension in it, and what reading raises."""
    there = reader.read(live)
    names = _names(there, wanted.pattern)
    if not names:
        raise UsageError(
            f"{live}: no schema matches schema_per_tenant = {wanted.pattern!r}; create that of a new tenant first"
        )
    said = reader.read(target, there.server.major)
    _ensure_tenant(said, wanted.schema, str(target))
    parts, outside = _Parts.of(there, names), _nowhere(there, said)
    with scratch_server(reader.spec, major=said.server.major) as server, _copy(said, server) as copy:
        called = wanted.schema
        for name in names:
            renamed = _called(copy, said, called, name, wanted.schema)
            called = name
            yield Tenant(name, parts.of_tenant(name), renamed, reader, _within(scope, name, outside))


def _names(live: Catalog, pattern: str) -> list[str]:
    """Schemas by a glob; the trash and our own are nobody's."""
    found = (i.path[0] for i in live.facts if i.kind == "schema" and fnmatchcase(i.path[0], pattern))
    return sorted(n for n in found if n not in OURS and dropped_on(n) is None)


def _ensure_tenant(said: Catalog, schema: str, name: str) -> None:
    if not any(i.path[0] == schema for i in said.facts if i.kind != "schema" and len(i.path) > 1):
        raise PlanError(
            f"{name}: has nothing in schema {schema}, which stands for a tenant's; say with tenant_schema what it is called"
        )
    inside = [f.id for f in said.of_kind("extension") if getattr(f, "schema", None) == schema]
    if inside:
        raise PlanError(
            f"{name}: {', '.join(map(str, inside))} lies in schema {schema}, which stands for a tenant's, and a database "
            "has each extension once; create it in a schema of its own"
        )


def _nowhere(*catalogs: Catalog) -> tuple[str, ...]:
    """Patterns of what lies in no schema."""
    roots = [(i, c) for c in catalogs for i, row in c.facts.rows.items() if row[0][0] is None]
    kinds_of_all = {i.kind for i, c in roots if i.kind != PRIVILEGES and schema_of(i, c) is None}
    return (*(f"{kind}:*" for kind in sorted(kinds_of_all)), f"{PRIVILEGES}:*..*")


def _within(scope: Scope, name: str, outside: tuple[str, ...]) -> Scope:
    """Only what is in the schema of a tenant."""
    return replace(scope, schemas=(escape(name),), ignore=(*scope.ignore, *outside))


# The target under the name of a tenant


@contextmanager
def _copy(said: Catalog, server: ScratchServer) -> Iterator[Connection]:
    with clone(said, server, said.server.role) as connection:
        yield connection


def _called(copy: Connection, said: Catalog, before: str, name: str, schema: str) -> Catalog:
    """The target as PostgreSQL has it once its schema is called like a tenant's."""
    if name == schema and before == schema:
        return said
    if _holds(said, name) and name != schema:
        raise PlanError(
            f"the target has a schema {name} beside the one that stands for a tenant's, and so is one called"
        )
    copy.execute(f"alter schema {ident(before)} rename to {ident(name)}".encode())
    found = read_from(copy)

    def renamed(i: Id) -> Id:
        at = 1 if kinds()[i.kind].satellite else 0
        other = Id(i.kind, (*i.path[:at], name, *i.path[at + 1 :])) if i.path[at : at + 1] == (schema,) else i
        return other if other in found.facts else i

    return replace(
        said,
        facts=found.facts,
        edges=found.edges,
        order=found.order,
        open=frozenset(map(renamed, said.open)) & found.facts.keys(),
        renames=tuple(replace(r, id=renamed(r.id)) for r in said.renames),
        label_maps=tuple(replace(m, id=renamed(m.id)) for m in said.label_maps),
        notes=(*said.notes, *_texts(found, schema, name)),
    )


def _holds(said: Catalog, name: str) -> bool:
    return Id("schema", (name,)) in said.facts


def _texts(found: Catalog, schema: str, name: str) -> Iterator[str]:
    """Notes on functions that still say the name of the target's schema: PostgreSQL keeps a body in quotes as text."""
    for fact in found.of_kind("function") if name != schema else ():
        if fact.id.path[0] == name and schema in _words(getattr(fact, "definition", "")):
            yield (
                f"{fact.id}: its text says {schema}, which PostgreSQL does not rename: it is the same for every tenant; "
                "write the body without the schema's name, or as one that PostgreSQL parses (begin atomic … end)"
            )


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() or c in "_$" else " " for c in text).split()


# The database, tenant by tenant


@dataclass(frozen=True, slots=True)
class _Parts:
    """The facts and edges of each tenant, of nobody (``""``), and of those that cannot be told apart."""

    live: Catalog
    rows: Mapping[str, dict[Id, Any]]
    edges: Mapping[str, list[Edge]]
    order: Mapping[str, list[Edge]]
    entangled: frozenset[str]

    @classmethod
    def of(cls, live: Catalog, names: Iterable[str]) -> _Parts:
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
