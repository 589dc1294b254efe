"""The layout of golang-migrate: two files for each version. A file is sent as one message, which PostgreSQL runs in a
transaction of its own where several statements are in it.

https://github.com/golang-migrate/migrate/tree/master/database/postgres
"""

from __future__ import annotations

from datetime import datetime

from ..._plan import Plan
from ._written import There, Written, block, parts

UP, DOWN = ".up.sql", ".down.sql"


def files(plan: Plan, name: str, there: There, now: datetime) -> tuple[Written, ...]:
    """The files of a plan."""
    taken = (text.partition("_")[0] for text in there if text.endswith((UP, DOWN)))
    return tuple(
        Written(f"{part.version}_{part.called}{ending}", block(side.lines()), side.private)
        for part in parts(plan, name, taken, now)
        for ending, side in ((UP, part.up), (DOWN, part.down))
    )
