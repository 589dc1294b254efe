"""What a ``.sql`` source leaves open is taken from the database that it is compared with.

An owner that no statement names is the owner that the object has, or the role that will create it. A
source that grants nothing leaves privileges alone. What every new database has (the schema public, its
comment and grants) is as it is. A pure function of two catalogs.
"""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import chain
from typing import Any

from .engine import initial
from .kinds import kinds
from .model import Catalog, Fact, Facts, Id, Server

GRANTS = ("privilege", "default_privilege")


def resolve(target: Catalog, origin: Catalog, loader: str) -> tuple[Catalog, tuple[str, ...]]:
    """The target with nothing left open, and what was left alone, in words for the summary.

    ``loader`` is the role that stands for "nobody named one" in the target."""
    found = _without_requests(_here(target, origin.server), origin)
    if not target.open:
        return found, ()
    found = _taken_from_origin(found, origin)
    found = _renamed(found, loader, origin.server.role)
    notes = []
    if not any(i not in target.open for kind in GRANTS for i in target.ids_of(kind)):
        found = _without_grants(found, origin, target)
        notes.append("privileges are left alone: the target grants and revokes nothing")
    return replace(_whole(found, origin), open=frozenset()), tuple(notes)


def _here(target: Catalog, server: Server) -> Catalog:
    """The target without what says nothing on a server that it was not read on."""
    local = [(name, kind.here) for name, kind in kinds().items() if kind.here is not None]
    return target.becoming(
        (fact, here(fact, server)) for name, here in local for fact in target.of_kind(name)
    )


def _without_requests(target: Catalog, origin: Catalog) -> Catalog:
    """What a target must ask for, and does not, is as the origin has it."""
    silent = [name for name, kind in kinds().items() if kind.on_request and not any(target.of_kind(name))]
    kept = [
        f for name in silent for f in origin.of_kind(name) if f.parent is None or f.parent in target.facts
    ]
    return target.but(kept) if kept else target


def _taken_from_origin(target: Catalog, origin: Catalog) -> Catalog:
    theirs, mine = origin.facts, target.facts
    taken = [theirs[i] for i in target.open if i in theirs]
    left = [i for i in target.open if i not in theirs]
    taken += (_owned(mine[i], origin.server.role) for i in left if i.kind == "owner")
    left = [i for i in left if i.kind != "owner"]
    used = {e.referenced for e in target.edges} if left else set()
    taken += (
        theirs[i]
        for kind in ("comment", *GRANTS)
        for i in origin.ids_of(kind)
        if theirs.rows[i][0][0] in target.open and i not in mine
    )
    return target.but(taken, (i for i in left if i not in used))


def _owned(owner: Any, role: str) -> Fact:
    made: Fact = replace(owner, role=role)
    return made


def _renamed(found: Catalog, loader: str, role: str) -> Catalog:
    """The loader's name gives way to the role that will apply the plan; what an owner is granted, it has."""
    owners = {f.id.path: getattr(f, "role", None) for f in found.of_kind("owner")}
    naming = (f for name, kind in kinds().items() if kind.names_roles for f in found.of_kind(name))
    named = [f for f in naming if loader in kinds()[f.id.kind].roles(f)]
    held = {f.id for f in found.of_kind("privilege") if owners.get(f.id.path[:-1]) == f.id.path[-1]}
    exchanged = [_named(f, loader, role) for f in named if f.id not in held]
    return found.but(exchanged, held.union(f.id for f in named) - {f.id for f in exchanged})


def _named(fact: Fact, loader: str, role: str) -> Fact:
    """A fact that names the loader, as CURRENT_USER in a policy or a user mapping does, with the role's name.
    Names that are sorted stay so."""

    def named(value: Any) -> Any:
        return tuple(map(named, value)) if isinstance(value, tuple) else role if value == loader else value

    kept = ("id", "parent", "inherited")
    values = {f.name: getattr(fact, f.name) for f in fields(fact) if f.name not in kept}
    attributes = {n: _sorted_like(v, named(v)) for n, v in values.items()}
    return replace(fact, id=Id(fact.id.kind, named(fact.id.path)), **attributes)


def _sorted_like(before: Any, after: Any) -> Any:
    """The value ``after``, sorted where it is names and ``before`` was so."""
    if not isinstance(before, tuple) or not all(isinstance(v, str) for v in before):
        return after
    return tuple(sorted(after)) if list(before) == sorted(before) else after


def _without_grants(found: Catalog, origin: Catalog, target: Catalog) -> Catalog:
    """The privileges that objects have, and for new ones those that they will have from the start."""
    facts, there = found.facts, origin.facts.rows
    grants = [f for kind in GRANTS for f in origin.of_kind(kind) if _stands(f, facts)]
    if origin.ids_of("default_privilege"):
        new = (i for i in sorted(facts.unlike(origin.facts)) if i in facts and i not in there)
        created = [facts[i] for i in new if i.kind not in GRANTS]
        grants += initial("privilege", created, origin, target)
    kept = {f.id for f in grants}
    return found.but(grants, (i for kind in GRANTS for i in found.ids_of(kind) if i not in kept))


def _stands(grant: Fact, kept: Facts) -> bool:
    """Whether what an origin's grant is about is there: a schema of default privileges, or an object."""
    if grant.id.kind == "default_privilege":
        schema = grant.id.path[1:2]
        return schema == ("",) or Id("schema", schema) in kept
    return grant.parent in kept


def _whole(found: Catalog, origin: Catalog) -> Catalog:
    """Without the facts whose parent is gone. What is as the origin has it has its parent, unless that is not."""
    rows = found.facts.rows
    unlike = found.facts.unlike(origin.facts)
    below = (i for gone in unlike if gone not in rows for i in found.children.get(gone, ()))
    looked_at = (i for i in chain(unlike, below) if i in rows)
    orphans = {i for i in looked_at if rows[i][0][0] is not None and rows[i][0][0] not in rows}
    return found.but((), orphans) if orphans else found
