"""What a ``.sql`` source leaves open is taken from the database that it is compared with.

An owner that no statement names is the owner that the object has, or the role that will create it. A
source that grants nothing leaves privileges alone. What every new database has (the schema public, its
comment and grants) is as it is. A pure function of two catalogs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from typing import Any

from .engine import initial
from .kinds import kinds
from .model import Catalog, Fact, Id

GRANTS = ("privilege", "default_privilege")


def resolve(target: Catalog, origin: Catalog, loader: str) -> tuple[Catalog, tuple[str, ...]]:
    """The target with nothing left open, and what was left alone, in words for the summary.

    ``loader`` is the role that stands for "nobody named one" in the target."""
    if not target.open:
        return target, ()
    facts = dict(target.facts)
    _take_from_origin(facts, target, origin)
    facts = {f.id: f for f in _renamed(facts.values(), loader, origin.server.role)}
    notes = []
    if not any(i.kind in GRANTS for i in target.facts if i not in target.open):
        facts = _without_grants(facts, target, origin)
        notes.append("privileges are left alone: the target grants and revokes nothing")
    kept = {i: f for i, f in facts.items() if f.parent is None or f.parent in facts}
    return replace(target.with_facts(kept.values()), open=frozenset()), tuple(notes)


def _take_from_origin(facts: dict[Id, Fact], target: Catalog, origin: Catalog) -> None:
    used = {e.referenced for e in target.edges}
    for i in target.open:
        theirs = origin.facts.get(i)
        if theirs is not None:
            facts[i] = theirs
        elif i.kind == "owner":
            facts[i] = replace(facts[i], role=origin.server.role)  # type: ignore[call-arg]
        elif i not in used:
            facts.pop(i, None)
    for i, fact in origin.facts.items():
        if fact.parent in target.open and i.kind in ("comment", *GRANTS) and i not in target.facts:
            facts.setdefault(i, fact)


def _renamed(facts: Iterable[Fact], loader: str, role: str) -> Iterator[Fact]:
    """The loader's name gives way to the role that will apply the plan; what an owner is granted, it has."""
    found = list(facts)
    owners: dict[tuple[str, ...], Any] = {
        f.id.path: getattr(f, "role", None) for f in found if f.id.kind == "owner"
    }
    for fact in found:
        path = fact.id.path
        if fact.id.kind == "privilege" and owners.get(path[:-1]) == path[-1]:
            continue
        yield _named(fact, loader, role) if loader in kinds()[fact.id.kind].roles(fact) else fact


def _named(fact: Fact, loader: str, role: str) -> Fact:
    """A fact that names the loader, as CURRENT_USER in a policy or a user mapping does, with the role's name."""

    def named(value: Any) -> Any:
        return tuple(map(named, value)) if isinstance(value, tuple) else role if value == loader else value

    kept = ("id", "parent", "inherited")
    attributes = {f.name: named(getattr(fact, f.name)) for f in fields(fact) if f.name not in kept}
    return replace(fact, id=Id(fact.id.kind, named(fact.id.path)), **attributes)


def _without_grants(facts: dict[Id, Fact], target: Catalog, origin: Catalog) -> dict[Id, Fact]:
    """The privileges that objects have, and for new ones those that they will have from the start."""
    kept = {i: f for i, f in facts.items() if i.kind not in GRANTS}
    for i, fact in origin.facts.items():
        if i.kind == "default_privilege" and i.path[1] and Id("schema", i.path[1:2]) not in kept:
            continue
        if i.kind == "default_privilege" or (i.kind == "privilege" and fact.parent in kept):
            kept[i] = fact
    created = [f for i, f in kept.items() if i not in origin.facts]
    for fact in created:
        kept |= {f.id: f for f in initial(fact, origin, target) if f.id.kind == "privilege"}
    return kept
