"""What a script says → a catalog: loaded into a scratch database, and read there.

What it leaves open (``Catalog.open``) is decided by ``_resolve`` against the live database.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import psycopg

from ._directives import CATALOGS, directives
from ._locations import ADDRESSED, locations
from .catalog import Addresses, connect, read_addressed, read_catalog, read_from
from .errors import LoadError, UsageError
from .model import Catalog, Id
from .scratch import ScratchServer
from .script import OF_ROLES, Files, LoadReport, Location, Script, run_script, watch_script

LOADER = "schemadiff_loader"
"""The role that runs a ``.sql`` source: what it owns nobody named an owner for."""

NO_RIGHT = "42501"
"""PostgreSQL's insufficient_privilege."""


def compile_script(script: Script, server: ScratchServer, like: Catalog | None = None) -> Catalog:
    """Loads a script into a scratch database and reads it; ``like`` another catalog, with which it shares memory. Raises
    LoadError for a statement that fails."""
    with server.database() as url:
        base = read_catalog(url)
        report, found, ids = _loaded(script, server, url, partial(run_script, catalogs=CATALOGS), like)
        made = opened(found, base)
    renames, label_maps, lint_ignores = directives(script, report.made, ids, found)
    server_role = replace(made.server, role=LOADER)
    return replace(
        made,
        server=server_role,
        renames=renames,
        label_maps=label_maps,
        lint_ignores=lint_ignores,
        notes=_left_to_server(report),
    )


def locate(script: Script, server: ScratchServer) -> Mapping[Id, Location]:
    """Where in its files what a script makes stands. Raises LoadError as ``compile_script`` does."""
    with server.database() as url:
        report, found, ids = _loaded(script, server, url, partial(watch_script, catalogs=ADDRESSED))
    return locations(script, report.made, ids, found)


def load_script(
    script: Script, server: ScratchServer, url: str, run: Callable[..., LoadReport] = run_script
) -> LoadReport:
    """Loads a script into a database of a scratch server, as ``LOADER``, and says what became of it. Raises LoadError
    for a statement that fails."""
    server.ensure_roles([LOADER])
    with psycopg.connect(url, autocommit=True) as connection:
        server.become(connection, LOADER)
        return _run(script, connection, server, run)


def _loaded(
    script: Script,
    server: ScratchServer,
    url: str,
    run: Callable[..., LoadReport],
    like: Catalog | None = None,
) -> tuple[LoadReport, Catalog, Addresses]:
    """What became of a script in a database, what that holds then, and the address of everything in it."""
    report = load_script(script, server, url, run)
    with connect(server.unloaded(url)) as connection:
        return report, *read_addressed(connection, like)


def _places(server: ScratchServer) -> Callable[[str], None] | None:
    """What makes tablespaces; on a server that is not ours nobody does."""
    return (lambda name: server.ensure_tablespaces([name])) if server.ours else None


def _left_to_server(report: LoadReport) -> tuple[str, ...]:
    """What statements about roles come to. They may hold passwords: none is quoted."""
    said = [i for i in report.ignored if i.reason == OF_ROLES]
    if not said:
        return ()
    first, more = said[0], f" and {len(said) - 1} more" if len(said) > 1 else ""
    return (
        f"{first.file}:{first.line}{more}: attributes and memberships of roles are the server's, no plan sets "
        "them; run these statements by hand",
    )


def _run(
    script: Script,
    connection: psycopg.Connection[Any],
    server: ScratchServer,
    run: Callable[..., LoadReport],
) -> LoadReport:
    """Runs a script; an error for the lack of a right says what the server grants nobody."""
    spelled = ((s, server.spelled(s.text)) for s in script.statements)
    statements = tuple(s if text == s.text else replace(s, text=text) for s, text in spelled)
    try:
        return run(
            replace(script, statements=statements),
            connection,
            on_missing_role=lambda name: server.ensure_roles([name]),
            on_missing_tablespace=_places(server),
        )
    except LoadError as error:
        if error.sqlstate != NO_RIGHT or not server.limits:
            raise
        said = f"{error}\nhint: {server.limits}"
        raise LoadError(
            said, file=error.file, line=error.line, statement=error.statement, sqlstate=error.sqlstate
        ) from error.__cause__


def empty(server: ScratchServer) -> Catalog:
    """A new database, which leaves open what every new database has."""
    found = fresh(server)
    return opened(found, found)


def fresh(server: ScratchServer) -> Catalog:
    """What a new database on a server holds."""
    with server.database() as url, psycopg.connect(url, autocommit=True) as connection:
        return read_from(connection)


def opened(catalog: Catalog, base: Catalog) -> Catalog:
    """What the loader made in a database, with what that leaves open: owners that nobody named, and what every new
    database has."""
    unnamed = {f.id for f in catalog.of_kind("owner") if getattr(f, "role", "") == LOADER}
    same = {i for i, fact in base.facts.items() if catalog.facts.get(i) == fact}
    server = replace(catalog.server, roles=None)
    return replace(catalog, open=frozenset(unnamed | same), server=server)


def statements_of(files: Files) -> Script:
    """What some files say. Raises UsageError where that is nothing: a file that was emptied by accident must not plan
    to drop everything."""
    script = files.read()
    if not script.statements:
        name = ", ".join(map(files.reader.show, files.paths)) or "the source"
        raise UsageError(
            f"{name}: no statement in it, so everything would be dropped; if you mean that, say --to empty"
        )
    return script
