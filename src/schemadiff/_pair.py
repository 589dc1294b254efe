"""Two sources → two catalogs that compare: read, brought to one server version, with nothing left open."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace

from ._compile import LOADER
from ._early import beside
from ._inside import inside, left_out, outside
from ._limited import limited, orders
from ._named import tablespaces, without
from ._presets import HISTORIES
from ._resolve import resolve
from ._scope import EVERYTHING, Scope
from ._versions import as_of
from .catalog import filled, left_open, read_from, spelled_alike
from .errors import PlanError, ProofFailed
from .model import Catalog, Id
from .prove import clone
from .scratch import ScratchServer, scratch_server
from .sources import Reader, Source


@dataclass(frozen=True, slots=True)
class Pair:
    """``origin`` and ``target`` compare; ``live`` is the origin as it was read. ``notes`` say in words what
    the target leaves to the origin. ``wanted`` is the target with that left open."""

    origin: Catalog
    target: Catalog
    live: Catalog
    wanted: Catalog
    notes: tuple[str, ...] = ()
    scope: Scope = EVERYTHING

    @property
    def compared(self) -> tuple[Catalog, Catalog]:
        """Both ends with only what the scope looks at."""
        return inside(self.origin, self.scope), inside(self.target, self.scope)

    @property
    def left_out(self) -> tuple[tuple[str, int], ...]:
        """What the scope leaves out of the origin, counted by kind."""
        return left_out(self.live, self.scope)


def pair(origin: Source, target: Source, reader: Reader, scope: Scope = EVERYTHING) -> Pair:
    """Reads both. A source that is compiled is compiled on the major of the other, where binaries of it
    are at hand; else both ends meet on the embedded server's. With the history of a tool, its preset is in the scope."""
    scope = beside_tools(scope, origin, target)
    if origin.live:
        mine, theirs = beside(origin, target, reader)
    elif target.live:
        theirs, mine = beside(target, origin, reader)
    else:
        mine = reader.read(origin)
        theirs = reader.read(target, mine.server.major, mine)
    return settle(mine, theirs, reader, scope)


def beside_tools(scope: Scope, *ends: Source) -> Scope:
    """The scope without the table in which a migration tool keeps what it has run, where an end is its history."""
    for each in ends:
        scope = scope.including(each.kind) if each.kind in HISTORIES else scope
    return scope


def settle(live: Catalog, target: Catalog, reader: Reader, scope: Scope = EVERYTHING) -> Pair:
    """Makes two catalogs compare. Raises PlanError where they cannot be brought to one major."""
    origin, wanted = live, target
    if origin.server.major != wanted.server.major:
        with scratch_server(reader.spec, major=max(live.server.major, target.server.major)) as server:
            origin, wanted = moved(live, server), moved(target, server)
        origin, wanted = (as_of(c, live.server.version) for c in (origin, wanted))
    wanted = _looked_at(wanted, scope)
    origin, resolved, notes = _met(origin, wanted, scope)
    return Pair(origin, resolved, live, wanted, notes, scope)


def _met(
    origin: Catalog, wanted: Catalog, scope: Scope, leaving: Set[Id] = frozenset()
) -> tuple[Catalog, Catalog, tuple[str, ...]]:
    """Both ends with nothing left open, within the scope, and the notes on it."""
    resolved, notes = resolve(wanted.like(origin), origin, LOADER)
    origin, resolved = filled(origin, resolved), filled(resolved, origin)
    origin, resolved = limited(origin, spelled_alike(resolved, origin), scope, leaving)
    ordered = orders(origin, resolved) if scope.column_order else ()
    return origin, resolved, (*notes, *wanted.notes, *_unset(resolved), *ordered)


def _looked_at(wanted: Catalog, scope: Scope) -> Catalog:
    """Without directives on what the scope leaves out."""
    left = outside(wanted, scope) if wanted.renames else frozenset()
    return replace(wanted, renames=tuple(r for r in wanted.renames if r.id not in left))


def _unset(target: Catalog) -> list[str]:
    """What to do about secrets that neither end knows."""
    return [
        f"{name}: the target leaves its secret open ('***'); set it by hand" for name in left_open(target)
    ]


def on_major(catalog: Catalog, major: int, reader: Reader) -> Catalog:
    """The same schema as a server of another major deparses it, or of the major that is at hand instead."""
    if catalog.server.major == major:
        return catalog
    with scratch_server(reader.spec, major=major) as server:
        return moved(catalog, server)


def on_server(found: Pair, server: ScratchServer) -> Pair:
    """Both ends as a scratch server deparses them. Raises PlanError where it is too old."""
    origin, wanted = (
        as_of(moved(c, server), found.live.server.version) for c in (found.origin, found.wanted)
    )
    origin, target, notes = _met(origin, wanted, found.scope)
    return replace(found, origin=origin, target=target, wanted=wanted, notes=notes)


def held_by(found: Pair, server: ScratchServer) -> tuple[Pair, list[str]]:
    """The pair without the tablespaces that a given server lacks, and these; a server of ours gets them."""
    named = tablespaces(found.origin) | tablespaces(found.target)
    lacking = [] if server.ours else server.lacking_tablespaces(named)
    if not lacking:
        return found, lacking
    return replace(
        found, origin=without(found.origin, lacking), target=without(found.target, lacking)
    ), lacking


def seen_from(found: Pair, renamed: Catalog, leaving: Set[Id] = frozenset()) -> tuple[Pair, Catalog]:
    """The pair with a target that leaves to the origin what it has once it is renamed, and that origin.
    ``leaving`` is what of the trash goes although the scope leaves it out."""
    seen, target, notes = _met(renamed, found.wanted, found.scope, leaving)
    return replace(found, target=target, notes=notes), seen


def moved(catalog: Catalog, server: ScratchServer) -> Catalog:
    """The same schema as a scratch server deparses it.

    Raises PlanError where that is older and may not know what the schema uses, or cannot copy it."""
    theirs, major = server.major, catalog.server.major
    if theirs == major:
        return catalog
    if theirs < major:
        raise PlanError(
            f"the scratch server is PostgreSQL {theirs}, the schema is of {major}, which an older server "
            f"cannot hold; {cure(major)}"
        )
    try:
        with clone(catalog, server, catalog.server.role) as connection:
            found = read_from(connection)
    except ProofFailed as error:
        raise ProofFailed(f"{error}\n{elsewhere(major, theirs)}") from None
    server_now = replace(
        found.server, default_tablespace=catalog.server.default_tablespace, roles=catalog.server.roles
    )
    return replace(catalog, facts=found.facts, edges=found.edges, server=server_now, order=found.order)


def elsewhere(live: int, scratch: int) -> str:
    """What to do where something failed on a scratch server of another major than the database's."""
    return (
        f"the database is PostgreSQL {live}, the scratch server {scratch}, where not all is the same; "
        f"{cure(live)}"
    )


def newer(live: int, scratch: int) -> str:
    """What a proof on a newer major than the database's leaves open."""
    return (
        f"proven on PostgreSQL {scratch}: what the database's {live} does not know would fail only there; "
        f"'schemadiff scratch install {live}' fetches binaries to prove it on {live}"
    )


def cure(major: int) -> str:
    """How to come by a scratch server of a major."""
    return (
        f"fetch binaries of {major} with 'schemadiff scratch install {major}', or say with --scratch "
        "where a server of it is"
    )
