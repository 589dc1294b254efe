"""What PostgreSQL looks at beyond a table before it changes a column: its heirs, and whether rows are stored."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Catalog, Id
from ._kind import Context

JOINING = frozenset({"inheritance", "partition"})
HOLDING = frozenset({"attribute", *JOINING})
"""What stands below something whose values hold the row, or are stored as it: a type, an heir."""
NAMING = frozenset({"domain", "range_type"})


def is_stored(row: Id, ctx: Context) -> bool:
    """Whether ALTER TYPE and rewrites are refused since a column holds the row of a table or composite type."""
    return any(True for _ in holders(row, ctx))


def holders(row: Id, ctx: Context) -> Iterator[Id]:
    """The columns of other tables that are of the row type of a table or composite type, of that of an heir, or of a
    type that holds it (``find_composite_type_dependencies`` in PostgreSQL). What the plan drops, or gives another
    type, holds none by then."""
    catalog = ctx.before
    seen, queue = {row}, [row]
    while queue:
        current = queue.pop()
        for other in catalog.dependents.get(current, ()):
            if other.kind == "column" and other.path[:-1] == current.path:
                continue
            parent = catalog.facts[other].parent
            if parent == current or other in seen or current not in ctx.after.references.get(other, ()):
                continue
            if other.kind == "column":
                yield other
                continue
            following = parent if other.kind in HOLDING else other if other.kind in NAMING else None
            if following is not None and following not in seen:
                seen.add(following)
                queue.append(following)


def heirs(table: Id, catalog: Catalog) -> Iterator[Id]:
    """The tables that inherit from a table, partitions included, and those that inherit from them."""
    for join in [i for i in catalog.dependents.get(table, ()) if i.kind in JOINING]:
        heir = catalog.facts[join].parent
        if heir is not None and heir != table:
            yield heir
            yield from heirs(heir, catalog)
