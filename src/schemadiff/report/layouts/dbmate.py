"""The layout of dbmate: a file for each version, with both ways in it.

https://github.com/amacneil/dbmate#migration-options
"""

from __future__ import annotations

from datetime import datetime

from ..._plan import Plan
from ...errors import UsageError
from ._written import Group, Side, There, Written, as_one_string, block, in_transaction, parts

ENDING = ".sql"


def files(plan: Plan, name: str, there: There, now: datetime) -> tuple[Written, ...]:
    """The files of a plan."""
    taken = (text.partition("_")[0] for text in there if text.endswith(ENDING))
    return tuple(
        Written(
            f"{part.version}_{part.called}{ENDING}",
            block([*_side("up", part.up), "", *_side("down", part.down)]),
            part.up.private or part.down.private,
        )
        for part in parts(plan, name, taken, now)
    )


def _side(which: str, side: Side) -> tuple[str, ...]:
    mode = "" if in_transaction(side.group) else " transaction:false"
    return (f"-- migrate:{which}{mode}", *side.lines(_unmarked))


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
