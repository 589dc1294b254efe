"""Making the plan of one database, with what is under way on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._output import working
from ._targets import Named

if TYPE_CHECKING:
    from .._plan import Plan


def planned(database: Named, target: str, scratch: str | None, *, prove: bool = True) -> Plan:
    """The plan of one database, proven unless told otherwise."""
    from .._api import plan_pair
    from .._pair import pair
    from ..sources import Reader, source

    with working(f"reading {database.name}"):
        found = pair(source(database.text), source(target), Reader(scratch))
    with working("proving the plan"):
        return plan_pair(found, (database.name, str(source(target))), prove=prove, scratch=scratch)
