"""Making the plan of one database, with what is under way on the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from .._findings import DEFAULT_ASKING, Asking, Preflight
from ..errors import SchemadiffError
from ..sqltext import ident
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
    """A plan for one database, and how large what it touches is there and what the rows say to it
    now. ``ends`` are the catalogs that it was made from, where it was made here, and ``compared`` the same once its renames are made."""

    database: Named
    plan: Plan
    scratch: str | None
    usage: tuple[Usage, ...]
    ends: Pair | None = None
    tenant: str | None = None
    preflight: Preflight | None = None
    compared: Pair | None = None

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


class Called(Protocol):
    """What messages call by a name."""

    @property
    def name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Turn:
    """A database, or what is one tenant's in it, that a command does something with; ``ends`` reads what compares."""

    database: Named
    ends: Callable[[], Pair]
    tenant: str | None = None

    @property
    def name(self) -> str:
        return self.database.name


def turns(
    found: Iterable[Named], target: str, scope: Scope, scratch: Callable[[Named], str | None]
) -> Iterator[Turn]:
    """The turns of databases, each tenant of one that has any for itself."""
    from .._pair import pair
    from .._tenants import tenants
    from ..sources import Reader, source

    for database in found:
        ends = source(database.text), source(target), Reader(scratch(database))
        if database.tenants is None:
            yield Turn(database, partial(pair, *ends, scope))
            continue
        for tenant in tenants(*ends, database.tenants, scope):
            yield Turn(
                replace(database, name=f"{database.name} {ident(tenant.name)}"), tenant.pair, tenant.name
            )


def each[N: Called, T](
    found: Iterable[N], make: Callable[[N], T], *, keep_going: bool
) -> tuple[list[T], list[Failed]]:
    """What is made for each of some databases, and the failures; the first is raised unless others are gone on with."""
    made: list[T] = []
    failed: list[Failed] = []
    for one in found:
        try:
            made.append(make(one))
        except SchemadiffError as error:
            if not keep_going:
                raise
            failed.append(Failed(one.name, error))
    return made, failed


def planned(
    turn: Turn,
    target: str,
    scratch: str | None,
    *,
    prove: bool = True,
    strategy: str | None = None,
    asking: Asking = DEFAULT_ASKING,
) -> Planned:
    """The plan of a turn, proven unless told otherwise."""
    from .._api import plan_ends
    from ..sources import source

    database = turn.database
    with working(f"reading {database.name}"):
        found = turn.ends()
    with working("proving the plan"):
        names = (database.name, str(source(target)))
        live = database.text if source(database.text).live else None
        made, compared = plan_ends(
            found, names, prove=prove, scratch=scratch, strategy=strategy, database=live, asking=asking
        )
    return Planned(database, made, scratch, made.usage, found, turn.tenant, made.preflight, compared)
