"""One schema for each tenant: a target that describes one schema → a pair for every schema of a database that must
be like it.

The database is read once for all of them, and ``_shapes`` gives the target under their names. Only what is in the schema of a tenant is
looked at; what it needs outside must be there.

https://www.postgresql.org/docs/current/sql-alterschema.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from glob import escape

from ._inside import schema_of
from ._pair import Pair, settle
from ._parts import Parts
from ._scope import Scope
from ._shapes import shapes
from ._trash import dropped_on
from .config import Tenants
from .errors import PlanError, UsageError
from .model import Catalog
from .scratch import scratch_server
from .sources import Reader, Source

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
    parts, outside = Parts.of(there, names), _nowhere(there, said)
    with scratch_server(reader.spec, major=said.server.major) as server:
        for name, renamed in shapes(said, server, wanted.schema, names):
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
