"""The layout of golang-migrate: two files for each version. A file is sent as one message, which PostgreSQL runs in a
transaction of its own where several statements are in it.

https://github.com/golang-migrate/migrate/tree/master/database/postgres
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ..._plan import Plan, Script
from ._written import NOTHING, Group, There, Written, block, head, numbered, parts, statements, versions

UP, DOWN = ".up.sql", ".down.sql"


def files(plan: Plan, name: str, there: There, now: datetime) -> tuple[Written, ...]:
    """The files of a plan."""
    found = parts(plan)
    taken = (text.partition("_")[0] for text in there if text.endswith((UP, DOWN)))
    made = []
    for n, (version, part) in enumerate(zip(versions(taken, len(found), now), found, strict=True), 1):
        base = f"{version}_{numbered(name, n, len(found))}"
        made.append(_file(base + UP, part.up, plan.forward if n == 1 else None))
        made.append(_file(base + DOWN, part.down, plan.reverse if n == len(found) else None))
    return tuple(made)


def _file(name: str, group: Group, script: Script | None) -> Written:
    lines: Iterable[str] = (f"{sql};" for sql in statements(group)) if group else [f"-- {NOTHING}"]
    return Written(name, block([*(head(script) if script else ()), *lines]), any(s.shown for s in group))
