"""The layout of dbmate: a file for each version, with both ways in it.

https://github.com/amacneil/dbmate#migration-options
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from ..._plan import Plan
from ...errors import UsageError
from ._written import (
    NOTHING,
    Group,
    There,
    Written,
    as_one_string,
    block,
    head,
    in_transaction,
    numbered,
    parts,
    statements,
    versions,
)

ENDING = ".sql"


def files(plan: Plan, name: str, there: There, now: datetime) -> tuple[Written, ...]:
    """The files of a plan."""
    found = parts(plan)
    taken = (text.partition("_")[0] for text in there if text.endswith(ENDING))
    made = []
    for n, (version, part) in enumerate(zip(versions(taken, len(found), now), found, strict=True), 1):
        up = [*(head(plan.forward) if n == 1 else ()), *_statements(part.up)]
        down = [*(head(plan.reverse) if n == len(found) else ()), *_statements(part.down)]
        lines = [_mark("up", part.up), *up, "", _mark("down", part.down), *down]
        made.append(Written(f"{version}_{numbered(name, n, len(found))}{ENDING}", block(lines), part.private))
    return tuple(made)


def _mark(which: str, group: Group) -> str:
    return f"-- migrate:{which}" + ("" if in_transaction(group) else " transaction:false")


def _statements(group: Group) -> Iterator[str]:
    for sql in statements(group):
        yield f"{_unmarked(sql, group)};"
    if not group:
        yield f"-- {NOTHING}"


def _unmarked(sql: str, group: Group) -> str:
    """The statement without a line that dbmate would take for a mark of its own."""
    if not any(_is_mark(line) for line in sql.split("\n")):
        return sql
    if not in_transaction(group):
        raise UsageError(
            f"dbmate would take a line of this for its own, and nothing can hide it: {group[0].line}"
        )
    return as_one_string(sql)


def _is_mark(line: str) -> bool:
    said = line.strip()
    return said.startswith("--") and said[2:].lstrip().startswith("migrate:")
