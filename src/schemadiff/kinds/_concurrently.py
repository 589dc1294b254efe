"""Building an index while its table is written to: what indexes and the constraints that rest on one share.

https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from ..model import Id
from ..sqltext import LONGEST_NAME, cut, ident
from ._kind import Context, Statement


def concurrently(definition: str, path: Sequence[str], name: str) -> Statement | None:
    """The statement that builds an index as ``name``, given its definition by pg_get_indexdef and its path;
    None for the index of a partitioned table, which is not built."""
    schema, own = path
    for kind in ("INDEX", "UNIQUE INDEX"):
        head = f"CREATE {kind} {ident(own)} ON "
        if definition.startswith(head) and not definition.startswith(head + "ONLY "):
            sql = f"create {kind.lower()} concurrently {ident(name)} on {definition.removeprefix(head)}"
            return Statement(sql, transactional=False, hazards=("INDEX_BUILD",), builds=(schema, name))
    return None


def built_on(definition: str, path: Sequence[str], tables: tuple[str, str], name: str) -> Statement | None:
    """The statement that builds the same index as ``name`` on the second of two tables, which nobody uses; None where
    the definition, by pg_get_indexdef, may name the first once more."""
    old, new = tables
    for kind in ("INDEX", "UNIQUE INDEX"):
        head = f"CREATE {kind} {ident(path[-1])} ON {old} "
        if definition.startswith(head) and ".*" not in definition:
            sql = f"create {kind.lower()} {ident(name)} on {new} {definition.removeprefix(head)}"
            return Statement(sql, apart=True)
    return None


def aside(i: Id, mark: str, ctx: Context) -> str:
    """A name for what stands beside something for a while, cut as PostgreSQL cuts names: by bytes. Another one
    than what an earlier plan that was stopped has left there."""
    for number in count(1):
        end = f"{mark}{number if number > 1 else ''}"
        name = cut(i.path[-1], LONGEST_NAME - len(end)) + end
        beside = Id(i.kind, (*i.path[:-1], name))
        if beside not in ctx.before.facts and beside not in ctx.after.facts:
            return name
    raise AssertionError  # there are more numbers than names
