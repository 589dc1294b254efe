"""Checks: a database against a source, or against the snapshot of its own major.

What reads and compares catalogs is loaded only where no verdict that was kept holds: a check in CI that finds all as it
was is over before that would be there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from . import _cache, _snapshots
from ._early import Early
from ._lazy import nothing
from ._memory import uncollected
from ._scope import EVERYTHING, Scope
from ._verdicts import Aim, checked
from .sources import Reader, Source, source

if TYPE_CHECKING:
    from ._drift import Drift
    from ._pair import Pair
    from .model import Catalog


@uncollected()
def check(
    database: str,
    target: str,
    *,
    scratch: str | None = None,
    scope: Scope = EVERYTHING,
    meanwhile: Callable[[], object] = nothing,
) -> Drift:
    """How a database (or any source) differs from the schema that it should have. ``meanwhile`` is called while a
    server works, if it comes to that."""
    live, wanted, reader = source(database), source(target), Reader(scratch)
    if live.live and wanted.kind == "script":
        return checked(live, _at_script(wanted, reader, scope), scope, meanwhile)
    from ._check import drift
    from ._pair import pair

    return drift(pair(live, wanted, reader, scope), (str(live), str(wanted)))


@uncollected()
def check_snapshot(
    database: str,
    folder: str,
    schema: str,
    scope: Scope = EVERYTHING,
    meanwhile: Callable[[], object] = nothing,
) -> Drift:
    """The same against the snapshot of the database's own major, which starts no server."""
    live = source(database)
    if live.live and source(schema).kind == "script":
        return checked(live, _at_snapshot(folder, schema, scope), scope, meanwhile)
    from ._check import drift

    found = compared(database, folder, schema, scope)
    return drift(found, (str(live), str(_snapshots.path_of(folder, found.live.server.major))))


def compared(database: str, folder: str, schema: str, scope: Scope = EVERYTHING) -> Pair:
    """A database and the snapshot of its own major, as they compare."""
    return _with_snapshot(Reader().read(source(database)), folder, schema, scope)


def _with_snapshot(live: Catalog, folder: str, schema: str, scope: Scope) -> Pair:
    from ._pair import settle

    return settle(live, _snapshots.read(folder, live.server.major, schema, live), Reader(), scope)


def _with_script(live: Catalog, early: Early, scope: Scope) -> Pair:
    from ._pair import settle

    return settle(live, early.beside(live), early.reader, scope)


def _at_script(wanted: Source, reader: Reader, scope: Scope) -> Aim:
    files, early = reader.files(wanted), Early(wanted, reader)
    return Aim(
        files,
        name=lambda major: str(wanted),
        identity=lambda major: reader.name(files, major),
        make=early.make,
        compared=lambda live: _with_script(live, early, scope),
        seen=lambda major: _cache.seen(reader.name(files, major)),
    )


def _at_snapshot(folder: str, schema: str, scope: Scope) -> Aim:
    files = Reader().files(source(schema))
    return Aim(
        files,
        name=lambda major: str(_snapshots.path_of(folder, major)),
        identity=lambda major: _snapshots.digest(folder, major),
        make=lambda connection: False,
        compared=lambda live: _with_snapshot(live, folder, schema, scope),
        seen=lambda major: files.read().seen,
    )
