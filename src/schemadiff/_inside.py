"""What a scope leaves out of a catalog. What it means for a plan that something is left out is ``_limited``'s."""

from __future__ import annotations

from collections import Counter
from fnmatch import fnmatchcase
from functools import cache

from ._scope import Scope
from ._trash import dropped_on, has_trash, is_trash
from .kinds import kinds
from .model import Catalog, Id


def outside(catalog: Catalog, scope: Scope) -> frozenset[Id]:
    """The facts that are left out, with all that stands on them."""
    if scope.everything and not has_trash(catalog):
        return frozenset()
    looks, rows = _Looks(scope, catalog), catalog.facts.rows
    found: dict[Id, bool] = {}

    def left_out(i: Id) -> bool:
        if i not in found:
            parent = rows[i][0][0]
            found[i] = looks.past(i) or (parent in rows and parent is not None and left_out(parent))
        return found[i]

    return frozenset(i for i in rows if left_out(i))


class _Looks:
    """What a scope says of the names in a catalog."""

    def __init__(self, scope: Scope, catalog: Catalog) -> None:
        self._catalog, self._ignored, self._off = catalog, scope.ignored, scope.off
        self._past_schema = cache(lambda schema: leaves_out(schema, scope))

    def past(self, i: Id) -> bool:
        """Whether it is left out by its own name, its schema's or its kind's."""
        schema = schema_of(i, self._catalog)
        return (
            i.kind in self._off
            or is_trash(i)
            or (schema is not None and self._past_schema(schema))
            or any(fnmatchcase(called(i), pattern) for pattern in self._ignored)
        )


def leaves_out(schema: str, scope: Scope) -> bool:
    """Whether a schema, with all in it, is not looked at."""
    looked_at = not scope.schemas or any(fnmatchcase(schema, pattern) for pattern in scope.schemas)
    left_out = any(fnmatchcase(schema, pattern) for pattern in scope.excluded)
    return not looked_at or left_out or dropped_on(schema) is not None


def schema_of(i: Id, catalog: Catalog) -> str | None:
    """The schema that a fact is in, or is; what has a parent goes by that."""
    if i.kind == "default_privilege":
        return i.path[1] or None
    schema = Id("schema", i.path[:1])
    return i.path[0] if i == schema or schema in catalog.references.get(i, ()) else None


def called(i: Id) -> str:
    """What patterns match: satellites are called by what they stand on."""
    path = i.path[1:] if kinds()[i.kind].satellite else i.path
    return f"{i.kind}:{'.'.join(path)}"


def inside(catalog: Catalog, scope: Scope) -> Catalog:
    """The catalog with only what is looked at."""
    left = outside(catalog, scope)
    return catalog.but((), left) if left else catalog


def beside(catalog: Catalog, known: Catalog, scope: Scope) -> Catalog:
    """The catalog where of what is left out there is only what another one has too, as that has it: what a view
    is made of may change under it."""
    left = outside(catalog, scope)
    both = left & known.facts.keys()
    return catalog.but((known.facts[i] for i in both), left - both) if left else catalog


def left_out(catalog: Catalog, scope: Scope) -> tuple[tuple[str, int], ...]:
    """How many objects of each kind are left out, by the title of the kind; what stands on one is not counted."""
    left, rows = outside(catalog, scope), catalog.facts.rows
    counts = Counter(i.kind for i in left if rows[i][0][0] not in left)
    return tuple((kind.title, counts[name]) for name, kind in kinds().items() if counts[name])
