"""Building an index while its table is written to: what indexes and the constraints that rest on one share.

https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY
"""

from __future__ import annotations

from collections.abc import Sequence

from ..sqltext import ident
from ._kind import Statement

LONGEST_NAME = 63


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


def aside(name: str, mark: str) -> str:
    """A name for what stands beside something for a while, cut as PostgreSQL cuts names: by bytes."""
    return name.encode()[: LONGEST_NAME - len(mark)].decode(errors="ignore") + mark
