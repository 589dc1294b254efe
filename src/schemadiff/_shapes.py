"""A target that describes one schema → the same under the name of each of many schemas.

PostgreSQL itself rewrites the definitions: the target is made in a scratch database, where its schema is renamed and
read again. Most of what reading takes is asked once, however much there is; so the schema is made there as often as it
can stand beside itself, up to ``MOST`` facts, and as many names are read at a time.
https://www.postgresql.org/docs/current/sql-alterschema.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import batched

from ._parts import Parts
from .catalog import read_from
from .errors import PlanError, ProofFailed
from .kinds import kinds
from .model import Catalog, Edges, Id
from .prove import Connection, clone, copying
from .scratch import ScratchServer
from .sqltext import ident

MOST = 2000


def shapes(
    said: Catalog, server: ScratchServer, schema: str, names: Sequence[str]
) -> Iterator[tuple[str, Catalog]]:
    """The target with its ``schema`` called by each of the names, in their order.

    Raises PlanError where the target has a schema of such a name beside it."""
    taken = [name for name in names if name != schema and Id("schema", (name,)) in said.facts]
    if taken:
        raise PlanError(
            f"the target has a schema {taken[0]} beside the one that stands for a tenant's, and so is one called"
        )
    with _copies(said, server, schema, len(names)) as (connection, there):
        for batch in batched(names, len(there)):
            for before, name in zip(there, batch, strict=False):
                _rename(connection, before, name)
            there = [*batch, *there[len(batch) :]]
            parts = Parts.of(read_from(connection), there)
            for name in batch:
                yield name, said if name == schema else _called(said, parts.of_tenant(name), schema, name)


@contextmanager
def _copies(
    said: Catalog, server: ScratchServer, schema: str, wanted: int
) -> Iterator[tuple[Connection, list[str]]]:
    """A scratch database with the target, and the names under which it has the schema."""
    inside = len(Parts.of(said, [schema]).rows.get(schema, ()))
    most = min(wanted, MOST // inside)
    with clone(said, server, said.server.role) as connection:
        if most < 2:
            yield connection, [schema]
            return
        try:
            there = _multiplied(connection, said, server, schema, most)
        except ProofFailed:
            there = []
        if there:
            yield connection, there
            return
    with clone(said, server, said.server.role) as connection:
        yield connection, [schema]


def _multiplied(
    connection: Connection, said: Catalog, server: ScratchServer, schema: str, most: int
) -> list[str]:
    """Makes the schema anew beside itself; the names of all, or of none where something outside of it goes with it.
    Raises ProofFailed where PostgreSQL refuses to."""
    there = [f"schemadiff copy {number}" for number in range(most)]
    _rename(connection, schema, there[0])
    found, own = read_from(connection), Parts.of(said, [schema]).rows[schema]
    rows = found.facts.rows
    if any(i in rows if i in own else rows.get(i, ((),))[0] != row[0] for i, row in said.facts.rows.items()):
        return []
    facts = found.facts.of_rows(rows | own)
    edges, order = (
        Edges.of(mine | {e for e in more if e.dependent in facts and e.referenced in facts})
        for mine, more in ((frozenset(found.edges), said.edges), (frozenset(found.order), said.order))
    )
    both = replace(found, facts=facts, edges=edges, order=order, index=None)
    make = copying(found, both, server, said.server.role)
    for name in there[1:]:
        make(connection)
        _rename(connection, schema, name)
    return there


def _rename(connection: Connection, before: str, name: str) -> None:
    if before != name:
        connection.execute(f"alter schema {ident(before)} rename to {ident(name)}".encode())


def _called(said: Catalog, found: Catalog, schema: str, name: str) -> Catalog:
    """The target as it was read with its schema called by a name."""

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
