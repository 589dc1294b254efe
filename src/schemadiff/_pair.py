"""Two sources → two catalogs that compare: read, brought to one server version, with nothing left open."""

from __future__ import annotations

from dataclasses import dataclass

from ._resolve import resolve
from .catalog import read_from
from .model import Catalog
from .prove import clone
from .scratch import scratch_server
from .sources import LOADER, Reader, Source


@dataclass(frozen=True, slots=True)
class Pair:
    """``origin`` and ``target`` compare; ``live`` is the origin as it was read. ``notes`` say in words what
    the target leaves to the origin."""

    origin: Catalog
    target: Catalog
    live: Catalog
    notes: tuple[str, ...] = ()


def pair(origin: Source, target: Source, reader: Reader) -> Pair:
    """Reads both. A source that is compiled is compiled on the major of the other, where binaries of it
    are at hand; else both ends meet on the embedded server's."""
    if not origin.live and target.live:
        theirs = reader.read(target)
        return settle(reader.read(origin, theirs.server.major), theirs, reader)
    mine = reader.read(origin)
    return settle(mine, reader.read(target, mine.server.major), reader)


def settle(live: Catalog, target: Catalog, reader: Reader) -> Pair:
    """Makes two catalogs compare."""
    origin, wanted = live, target
    if origin.server.major != wanted.server.major:
        major = max(origin.server.major, wanted.server.major)
        origin, wanted = (on_major(c, major, reader) for c in (origin, wanted))
    resolved, notes = resolve(wanted, origin, LOADER)
    return Pair(origin, resolved, live, notes)


def on_major(catalog: Catalog, major: int, reader: Reader) -> Catalog:
    """The same schema as a server of another major deparses it."""
    if catalog.server.major == major:
        return catalog
    with (
        scratch_server(reader.spec, major=major) as server,
        clone(catalog, server, catalog.server.role) as connection,
    ):
        found = read_from(connection)
    return Catalog(found.facts, found.edges, found.server, catalog.unmodelled, found.order, catalog.open)
