"""Building an index while its table is written to: what indexes and the constraints that rest on one share.

https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from ..model import Catalog, Id
from ..sqltext import ident, marked
from ._kind import Context, Statement

RELATIONS = (
    "index",
    "constraint_index",
    "table",
    "foreign_table",
    "view",
    "materialized_view",
    "sequence",
    "identity_sequence",
    "composite_type",
)
"""Kinds that share one space of names in a schema (``pg_class``)."""


def concurrently(definition: str, path: Sequence[str], name: str) -> Statement | None:
    """The statement that builds an index as ``name``, given its definition by pg_get_indexdef and its path;
    None for the index of a partitioned table, which is not built."""
    kind, rest = _parts(definition, path)
    if not rest or rest.startswith("ONLY "):
        return None
    sql = f"create {kind} concurrently {ident(name)} on {rest}"
    return Statement(sql, transactional=False, hazards=("INDEX_BUILD",), builds=(path[0], name))


def above_partitions(definition: str, path: Sequence[str], name: str) -> Statement | None:
    """The statement that makes the index of a partitioned table as ``name``, without those of its partitions; None
    for an index that holds rows."""
    kind, rest = _parts(definition, path)
    if not rest.startswith("ONLY "):
        return None
    return Statement(f"create {kind} {ident(name)} on only {rest.removeprefix('ONLY ')}")


def built_on(definition: str, path: Sequence[str], tables: tuple[str, str], name: str) -> Statement | None:
    """The statement that builds the same index as ``name`` on the second of two tables, which nobody uses; None where
    the definition, by pg_get_indexdef, may name the first once more."""
    old, new = tables
    kind, rest = _parts(definition, path)
    if not rest.startswith(f"{old} ") or ".*" in rest:
        return None
    return Statement(f"create {kind} {ident(name)} on {new} {rest.removeprefix(f'{old} ')}", apart=True)


def _parts(definition: str, path: Sequence[str]) -> tuple[str, str]:
    """Which kind of index a definition says, and what it says after the name."""
    for kind in ("INDEX", "UNIQUE INDEX"):
        head = f"CREATE {kind} {ident(path[-1])} ON "
        if definition.startswith(head):
            return kind.lower(), definition.removeprefix(head)
    return "", ""


def made_as(i: Id, ctx: Context) -> str:
    """The name under which something is made while what it takes the place of is still there: its own, where nobody
    has that."""
    if not ctx.created(i) or not _is_there(i, ctx.before):
        return i.path[-1]
    return aside(i, "__new", ctx)


def aside(i: Id, mark: str, ctx: Context) -> str:
    """A name for what stands beside something for a while, cut as PostgreSQL cuts names: by bytes. Another one
    than what an earlier plan that was stopped has left there."""
    for number in count(1):
        name = marked(i.path[-1], f"{mark}{number if number > 1 else ''}")
        beside = Id(i.kind, (*i.path[:-1], name))
        if not _is_there(beside, ctx.before) and not _is_there(beside, ctx.after):
            return name
    raise AssertionError  # there are more numbers than names


def _is_there(i: Id, end: Catalog) -> bool:
    kinds = RELATIONS if i.kind in RELATIONS else (i.kind,)
    return any(Id(kind, i.path) in end.facts for kind in kinds)
