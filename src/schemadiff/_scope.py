"""Scope: which objects a comparison looks at. A value and what it leaves out of a catalog; opens nothing.

What it means for a plan that something is left out is ``_limited``'s.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property

from ._presets import PRESETS
from ._trash import dropped_on, has_trash, is_trash
from .kinds import kinds
from .model import Catalog, Id

SWITCHES = {
    "owners": ("owner",),
    "privileges": ("privilege", "default_privilege", "member_privilege"),
    "comments": ("comment",),
    "tablespaces": ("tablespace",),
}
"""The kinds that each switch turns off."""


@dataclass(frozen=True)
class Scope:
    """What is looked at: by default everything but the trash. All patterns are globs, and ``*`` matches dots too.

    ``schemas`` are the schemas looked at, none for all; ``exclude`` schemas left out; ``ignore`` objects left
    out, as ``kind:schema.name``. What stands on an object that is left out is left out with it. ``presets``
    name what hosted offerings put into a database."""

    schemas: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    presets: tuple[str, ...] = ()
    owners: bool = True
    privileges: bool = True
    comments: bool = True
    tablespaces: bool = True
    column_order: bool = False
    """Whether notes say where columns stand in another order; no plan moves one."""
    manage_roles: bool = False
    """Whether plans create the roles that the target's objects name and the server lacks."""
    soft_drop: bool = False
    """Whether plans put tables, columns and sequences into the trash that they would drop."""

    @property
    def everything(self) -> bool:
        """Whether nothing is left out but the trash."""
        return dataclasses.replace(self, column_order=False, manage_roles=False, soft_drop=False) == Scope()

    def including(self, preset: str) -> Scope:
        """The same with a preset."""
        return self if preset in self.presets else dataclasses.replace(self, presets=(*self.presets, preset))

    @cached_property
    def _excluded(self) -> tuple[str, ...]:
        return (*self.exclude, *(p for name in self.presets for p in PRESETS[name].exclude))

    @cached_property
    def ignored(self) -> tuple[str, ...]:
        """The patterns of what is left out, those of presets too."""
        return (*self.ignore, *(p for name in self.presets for p in PRESETS[name].ignore))

    @cached_property
    def _off(self) -> frozenset[str]:
        return frozenset(k for switch, off in SWITCHES.items() if not getattr(self, switch) for k in off)

    def outside(self, catalog: Catalog) -> frozenset[Id]:
        """The facts that are left out, with all that stands on them."""
        if self.everything and not has_trash(catalog):
            return frozenset()
        found: dict[Id, bool] = {}
        rows = catalog.facts.rows

        def outside(i: Id) -> bool:
            if i not in found:
                parent = rows[i][0][0]
                found[i] = self._names(i, catalog) or (
                    parent in rows and parent is not None and outside(parent)
                )
            return found[i]

        return frozenset(i for i in rows if outside(i))

    def _names(self, i: Id, catalog: Catalog) -> bool:
        schema = schema_of(i, catalog)
        return (
            i.kind in self._off
            or is_trash(i)
            or (schema is not None and self.leaves_out(schema))
            or any(fnmatchcase(called(i), pattern) for pattern in self.ignored)
        )

    def leaves_out(self, schema: str) -> bool:
        """Whether a schema, with all in it, is not looked at."""
        looked_at = not self.schemas or any(fnmatchcase(schema, pattern) for pattern in self.schemas)
        left_out = any(fnmatchcase(schema, pattern) for pattern in self._excluded)
        return not looked_at or left_out or dropped_on(schema) is not None


EVERYTHING = Scope()


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
    left = scope.outside(catalog)
    return catalog.but((), left) if left else catalog


def beside(catalog: Catalog, known: Catalog, scope: Scope) -> Catalog:
    """The catalog where of what is left out there is only what another one has too, as that has it: what a view
    is made of may change under it."""
    left = scope.outside(catalog)
    both = left & known.facts.keys()
    return catalog.but((known.facts[i] for i in both), left - both) if left else catalog


def left_out(catalog: Catalog, scope: Scope) -> tuple[tuple[str, int], ...]:
    """How many objects of each kind are left out, by the title of the kind; what stands on one is not counted."""
    left, rows = scope.outside(catalog), catalog.facts.rows
    counts = Counter(i.kind for i in left if rows[i][0][0] not in left)
    return tuple((kind.title, counts[name]) for name, kind in kinds().items() if counts[name])
