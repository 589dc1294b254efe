"""Making the plan of one database, with what is under way on the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .._findings import DEFAULT_ASKING, Asking, Preflight
from ..errors import SchemadiffError
from ._output import working
from ._targets import Named

if TYPE_CHECKING:
    from .._pair import Pair
    from .._plan import Plan
    from .._scope import Scope
    from ..catalog import Usage


@dataclass(frozen=True, slots=True)
class Failed:
    """A database whose turn ended in an error."""

    name: str
    error: SchemadiffError


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan for one database, and how large what it touches is there and what the rows say to it now. ``ends`` are the catalogs that it was made
    from, where it was made here."""

    database: Named
    plan: Plan
    scratch: str | None
    usage: tuple[Usage, ...]
    ends: Pair | None = None
    preflight: Preflight | None = None

    @property
    def now(self) -> Plan:
        """The plan with what the database says of it now."""
        return replace(self.plan, usage=self.usage, preflight=self.preflight)


def made_before(database: Named, plan: Plan, scratch: str | None, asking: Asking) -> Planned:
    """A plan from a file or the history. Raises ConnectError."""
    from .._gate import current
    from .._preflight import preflight

    url = database.text
    return Planned(database, plan, scratch, current(plan, url), preflight=preflight(plan, url, asking))


def each[T](
    found: Iterable[Named], make: Callable[[Named], T], *, keep_going: bool
) -> tuple[list[T], list[Failed]]:
    """What is made for each database, and the failures; the first is raised unless others are gone on with."""
    made: list[T] = []
    failed: list[Failed] = []
    for database in found:
        try:
            made.append(make(database))
        except SchemadiffError as error:
            if not keep_going:
                raise
            failed.append(Failed(database.name, error))
    return made, failed


def planned(
    database: Named,
    target: str,
    scratch: str | None,
    scope: Scope,
    *,
    prove: bool = True,
    strategy: str | None = None,
    asking: Asking = DEFAULT_ASKING,
) -> Planned:
    """The plan of one database within a scope, proven unless told otherwise."""
    from .._api import plan_pair
    from .._pair import pair
    from ..sources import Reader, source

    with working(f"reading {database.name}"):
        found = pair(source(database.text), source(target), Reader(scratch), scope)
    with working("proving the plan"):
        names = (database.name, str(source(target)))
        live = database.text if source(database.text).live else None
        made = plan_pair(
            found, names, prove=prove, scratch=scratch, strategy=strategy, database=live, asking=asking
        )
    return Planned(database, made, scratch, made.usage, found, made.preflight)
