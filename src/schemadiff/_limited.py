"""Two catalogs → the same within a scope: a plan sees what it must not touch, and does not touch it.

What the scope leaves out is no difference: in the target it is as the origin has it. What stands in a
dependency with objects inside stays in both catalogs, so that a plan sees it and leaves it as it is; all else
goes. Never may a plan break what it does not look at: a target that lacks what something left out needs is an
error, and so is one that needs something left out that the database does not have.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Set

from ._inside import outside
from ._scope import Scope
from ._trash import is_in_trash, passed_on
from .engine import initial
from .errors import PlanError
from .model import Catalog, Edge, Id


def limited(
    origin: Catalog, target: Catalog, scope: Scope, leaving: Set[Id] = frozenset()
) -> tuple[Catalog, Catalog]:
    """Both catalogs with what is looked at, and beside it what that stands in a dependency with, which is in
    the target as it is in the origin; of that, only ``leaving`` is not, nor what needs it. Both must have been read
    on one server version.

    Raises PlanError where the target cannot be reached without touching what is left out."""
    mine, theirs = outside(origin, scope), outside(target, scope)
    if scope.everything and not mine and not theirs:
        return origin, target
    needed = _needed(origin, mine, _wanted(target, theirs) | leaving)
    start = origin.but((), mine - needed)
    frozen = needed - _closure(origin, mine, leaving, origin.dependents, whole=False)
    return start, passed_on(_frozen(start, target.but((), theirs), target, frozen, scope))


def orders(origin: Catalog, target: Catalog) -> tuple[str, ...]:
    """Notes on the tables that have their columns in another order than the target."""
    mine, theirs = _columns(origin), _columns(target)
    notes = []
    for table in sorted(mine.keys() & theirs.keys()):
        both = set(mine[table]) & set(theirs[table])
        there, wanted = ([c for c in of[table] if c in both] for of in (mine, theirs))
        if there != wanted:
            notes.append(
                f"{table}: its columns stand as {', '.join(there)}; the target has {', '.join(wanted)}"
            )
    return tuple(notes)


def _columns(catalog: Catalog) -> dict[Id, list[str]]:
    found: dict[Id, list[str]] = {}
    for column in sorted(catalog.of_kind("column"), key=lambda c: getattr(c, "position", 0)):
        if column.parent is not None:
            found.setdefault(column.parent, []).append(column.id.path[-1])
    return found


def _wanted(target: Catalog, left: Set[Id]) -> set[Id]:
    """What the target needs of what is left out."""
    return {r for i in target.facts if i not in left for r in target.references.get(i, ()) if r in left}


def _needed(origin: Catalog, left: Set[Id], wanted: Iterable[Id]) -> set[Id]:
    """What is left out and stands in a dependency with what is not: what needs it, and what it needs."""
    needs = {d for i in origin.facts if i not in left for d in origin.dependents.get(i, ()) if d in left}
    above = _closure(origin, left, needs, origin.dependents)
    inner = {r for i in origin.facts if i not in left for r in origin.references.get(i, ()) if r in left}
    wanted = {i for i in wanted if i in origin.facts}
    return _closure(origin, left, above | inner | wanted, origin.references)


def _closure(
    origin: Catalog,
    left: Set[Id],
    start: Iterable[Id],
    leads: Mapping[Id, tuple[Id, ...]],
    *,
    whole: bool = True,
) -> set[Id]:
    """Objects, whole ones unless told otherwise, with all that stands on them, and where these lead to of what is
    left out."""
    found: set[Id] = set()
    queue = list(start)
    while queue:
        i = queue.pop()
        i = _whole(origin, left, i) if whole else i
        for part in {i, *origin.descendants(i)} - found:
            found.add(part)
            queue += (other for other in leads.get(part, ()) if other in left and other not in found)
    return found


def _whole(origin: Catalog, left: Set[Id], i: Id) -> Id:
    """The object that a fact is part of."""
    parent = origin.facts.rows[i][0][0]
    return i if parent is None or parent not in left else _whole(origin, left, parent)


def _frozen(origin: Catalog, bare: Catalog, target: Catalog, needed: Set[Id], scope: Scope) -> Catalog:
    """The target with what is left out as the origin has it."""
    kept = sorted(i for i in needed if _stands(i, origin, bare, needed))
    made = target.but(
        (origin.facts[i] for i in kept), (i for i in target.facts if i not in bare.facts and i not in kept)
    )
    edges = frozenset(e for e in origin.edges if e.dependent in needed and e.dependent in made.facts)
    _ensure_whole(edges, made, scope)
    _ensure_known(target, made)
    made = dataclasses.replace(made, edges=frozenset(made.edges) | edges)
    if scope.privileges:
        return made
    created = [made.facts[i] for i in bare.facts if i not in origin.facts]
    grants = initial("privilege", created, origin, made)
    return made.but(grants)


def _stands(i: Id, origin: Catalog, bare: Catalog, needed: Set[Id]) -> bool:
    """Whether what it stands on is still there; if not, it goes with that."""
    parent = origin.facts.rows[i][0][0]
    if parent is None or parent in bare.facts:
        return True
    return parent in needed and _stands(parent, origin, bare, needed)


def _ensure_whole(edges: Iterable[Edge], made: Catalog, scope: Scope) -> None:
    """What the trash needs, a soft drop puts there."""
    broken = sorted(e for e in edges if e.referenced not in made.facts)
    broken = [e for e in broken if not (scope.soft_drop and is_in_trash(e.dependent))]
    if broken:
        raise PlanError("\n".join(_broken(*edge) for edge in broken[:20]))


def _broken(dependent: Id, referenced: Id) -> str:
    if is_in_trash(dependent):
        return (
            f"{dependent} lies in the trash and needs {referenced}, which the target does not have; keep that, plan "
            "with --soft-drop, which puts it into the trash too where PostgreSQL can move it, or delete the trash "
            "first with 'schemadiff purge'"
        )
    return (
        f"{dependent} is left out by the scope and needs {referenced}, which the target does not have; "
        f"keep that, drop {dependent} by hand first, or take it into the scope"
    )


def _ensure_known(target: Catalog, made: Catalog) -> None:
    missing = sorted(_missing(target, made))
    if missing:
        raise PlanError(
            "\n".join(
                f"{dependent} needs {referenced}, which the scope leaves out and the database does not have; "
                "create that first, or take it into the scope"
                for dependent, referenced in missing[:20]
            )
        )


def _missing(target: Catalog, made: Catalog) -> Iterator[tuple[Id, Id]]:
    for i in made.facts:
        for other in target.references.get(i, ()):
            if other not in made.facts:
                yield i, other
