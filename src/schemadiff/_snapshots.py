"""Snapshots: the schema compiled once per PostgreSQL major, so that a check needs no scratch server."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ._check import Drift, drift
from ._pair import Pair, settle
from ._scope import EVERYTHING, Scope
from ._verdicts import Aim, checked
from .catalog import made_of, to_json
from .errors import SourceError, UsageError
from .model import Catalog
from .scratch import binaries, scratch_server
from .scratch.processes import server_user
from .sources import Reader, compile_script, digest_of, source

MAJORS = (14, 15, 16, 17, 18)


def compiled(schema: str, spec: str | None = None) -> Iterator[tuple[int, str]]:
    """The snapshot of a schema for every major that has binaries here, as major and text; ``spec`` says whether it
    is compiled in a sandbox.

    The same schema and server version give the same bytes. Raises what loading a source raises."""
    if source(schema).kind != "script":
        raise UsageError(f"{schema}: snapshots are compiled from a .sql file or folder")
    script = Reader(spec).files(source(schema)).read()
    for major in at_hand():
        with scratch_server(spec, major=major) as server:
            yield major, to_json(compile_script(script, server), script.digest())


def at_hand() -> list[int]:
    """The majors with binaries on this machine, the embedded one among them."""
    user = server_user()
    found = {major for major in MAJORS if binaries.of_major(major, user) is not None}
    own = binaries.version_of(binaries.embedded(user).bin)
    return sorted(found | ({own} if own else set()))


def path_of(folder: str, major: int) -> Path:
    """Where the snapshot of a major lies."""
    return Path(folder) / f"{major}.json"


def is_current(path: Path, text: str) -> bool:
    """Whether a file holds the snapshot ``text``, made on whichever minor version of the server."""
    try:
        old, old_digest = made_of(path.read_text(encoding="utf-8"), str(path))
    except (OSError, SourceError):
        return False
    new, new_digest = made_of(text)
    return old_digest == new_digest and replace(old, server=new.server) == new


def _text(folder: str, major: int) -> str:
    path = path_of(folder, major)
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        raise SourceError(
            f"{path}: no snapshot for PostgreSQL {major}; make it with 'schemadiff snapshot' where binaries of "
            f"{major} are ('schemadiff scratch install {major}' fetches them)"
        ) from None


def read(folder: str, major: int, schema: str) -> Catalog:
    """The snapshot of a major. Raises SourceError where there is none, or the schema has changed since."""
    path = path_of(folder, major)
    catalog, digest = made_of(_text(folder, major), str(path))
    if digest != digest_of(source(schema)):
        raise SourceError(f"{path}: made of another state of {schema}; run 'schemadiff snapshot'")
    return catalog


def check(database: str, folder: str, schema: str, scope: Scope = EVERYTHING) -> Drift:
    """Like ``_api.check``, against the snapshot of the database's own major."""
    wanted, reader = source(database), Reader()
    files = reader.files(source(schema)) if source(schema).kind == "script" else None
    if not wanted.live or files is None:
        found = compared(database, folder, schema, scope)
        return drift(found, (str(wanted), str(path_of(folder, found.live.server.major))))
    aim = Aim(
        files,
        name=lambda major: str(path_of(folder, major)),
        identity=lambda major: hashlib.sha256(_text(folder, major).encode()).hexdigest(),
        catalog=lambda major: read(folder, major, schema),
        seen=lambda major: files.read().seen,
    )
    return checked(wanted, aim, reader, scope)


def compared(database: str, folder: str, schema: str, scope: Scope = EVERYTHING) -> Pair:
    """A database and the snapshot of its own major, as they compare."""
    live = Reader().read(source(database))
    return settle(live, read(folder, live.server.major, schema), Reader(), scope)
