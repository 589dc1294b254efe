"""Asking pg_dump: of the database, of the target on a scratch server, and where they differ once more of both.

Two dumps may differ in how PostgreSQL has stored an expression, which a dump that is loaded settles: so what differs
is loaded on the scratch server, both ends alike, and dumped again. The same makes ends of two majors compare.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from psycopg import conninfo

from .._compile import LOADER, load_script
from .._pair import beside_tools
from .._scope import Scope
from ..catalog import connect
from ..errors import LoadError, ScratchError, SourceError
from ..prove import clone
from ..scratch import ScratchServer, dumper, pg_dump, scratch_server
from ..script import parse_script
from ..sources import Reader, Source
from ._compare import Compared, Dump, compared
from ._entries import Entry, entries
from ._view import excluded

SECRET = ("USER MAPPING", "SUBSCRIPTION")
"""What holds passwords, is loaded nowhere again, and needed by nothing."""


@dataclass(frozen=True, slots=True)
class Text:
    """A dump as it was written, its entries, who asked for it, and the major of the server."""

    sql: str
    entries: tuple[Entry, ...]
    role: str
    major: int


def asked(database: Source, target: Source, reader: Reader, scope: Scope) -> Compared:
    """How a database and a target differ as pg_dump writes them, within a scope.

    Raises SourceError where pg_dump may not read what it must, ScratchError where there is none that can."""
    scope = beside_tools(scope, database, target)
    majors = [_major(s) for s in (database, target) if s.live]
    with scratch_server(reader.spec, major=max(majors)) as server:
        program = dumper(max(*majors, server.major), reader.spec)
        live = _dumped(program, database.text, scope, str(database))
        theirs = _of_target(program, target, reader, server, scope)
        loader = "" if target.live else LOADER
        first = _compared(live, theirs, loader, scope) if live.major == theirs.major else None
        if first is not None and not (first.differing or first.reordered):
            return first
        try:
            one, other = (_again(text, program, server, scope) for text in (live, theirs))
        except LoadError as error:
            if first is not None:
                return first
            raise SourceError(
                f"{database}: what pg_dump writes of PostgreSQL {live.major} does not load on {server.major}, where "
                f"the target is, so that the two do not compare; fetch binaries with 'schemadiff scratch install "
                f"{live.major}': {error}"
            ) from None
        return _compared(one, other, loader, scope)


def _compared(live: Text, target: Text, loader: str, scope: Scope) -> Compared:
    return compared(Dump(live.entries, live.role), Dump(target.entries, target.role, loader), scope)


def _major(wanted: Source) -> int:
    with connect(wanted.text) as connection:
        return connection.info.server_version // 10000


def _of_target(program: Path, target: Source, reader: Reader, server: ScratchServer, scope: Scope) -> Text:
    if target.live:
        return _dumped(program, target.text, scope, str(target))
    with _standing(target, reader, server) as url:
        return _dumped(program, url, scope, str(target))


@contextmanager
def _standing(target: Source, reader: Reader, server: ScratchServer) -> Iterator[str]:
    """The URL of a scratch database with the target in it."""
    if target.kind == "snapshot":
        with clone(reader.read(target), server, LOADER) as connection:
            info = connection.info
            password = {"password": info.password} if info.password else {}
            yield conninfo.make_conninfo(**info.get_parameters(), **password)
        return
    with reader.standing(target, server) as url:
        yield url


def _dumped(program: Path, url: str, scope: Scope, name: str) -> Text:
    with connect(url) as connection:
        row = connection.execute("select current_user").fetchone()
        role, major = (row[0] if row else ""), connection.info.server_version // 10000
    known = excluded((), scope)
    sql = _written(program, url, known, name)
    found = entries(sql)
    if (wanted := excluded(found, scope)) != known:
        sql = _written(program, url, wanted, name)
        found = entries(sql)
    return Text(sql, found, role, major)


def _written(program: Path, url: str, options: list[str], name: str) -> str:
    try:
        return pg_dump(program, url, options)
    except ScratchError as error:
        cure = ""
        if "permission denied" in str(error):
            cure = "; pg_dump locks every table against changes, for which the role must be allowed to read it: grant pg_read_all_data"
        raise SourceError(f"{name}: {error}{cure}") from None


def _again(text: Text, program: Path, server: ScratchServer, scope: Scope) -> Text:
    """The dump of what a dump loads as, with what holds secrets as it was."""
    apart = tuple(e for e in text.entries if e.type in SECRET)
    withheld = {statement for e in apart for statement in e.statements}
    script = parse_script(text.sql, "pg_dump")
    script = replace(script, statements=tuple(s for s in script.statements if s.text not in withheld))
    with server.database() as url:
        load_script(script, server, url)
        found = _dumped(program, url, scope, "the scratch database")
    return replace(found, entries=(*found.entries, *apart), role=text.role)
