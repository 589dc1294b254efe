"""Snapshots: the schema compiled once per PostgreSQL major, so that a check needs no scratch server."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from io import BufferedReader, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from . import catalog, scratch
from ._edges import Numbered
from ._memory import give_back
from .errors import SourceError, UsageError
from .sources import Reader, digest_of, source

if TYPE_CHECKING:
    from .model import Catalog

MAJORS = (14, 15, 16, 17, 18)


def compiled(schema: str, folder: Path, spec: str | None = None) -> list[tuple[int, Path]]:
    """Compiles a schema for every major that has binaries here, into files in a folder, which are the snapshots; ``spec``
    says whether in a sandbox.

    The same schema and server version give the same bytes. Raises what loading a source raises."""
    from ._compile import compile_script

    if source(schema).kind != "script":
        raise UsageError(f"{schema}: snapshots are compiled from a .sql file or folder")
    script = Reader(spec).files(source(schema)).read()
    found = []
    for major in at_hand():
        path = path_of(str(folder), major)
        with scratch.scratch_server(spec, major=major) as server, path.open("w", encoding="utf-8") as file:
            file.writelines(catalog.written(compile_script(script, server), script.digest()))
        found.append((major, path))
        give_back()
    return found


def at_hand() -> list[int]:
    """The majors with binaries on this machine, the embedded one among them."""
    from .scratch import binaries
    from .scratch.processes import server_user

    user = server_user()
    found = {major for major in MAJORS if binaries.of_major(major, user) is not None}
    own = binaries.version_of(binaries.embedded(user).bin)
    return sorted(found | ({own} if own else set()))


def path_of(folder: str, major: int) -> Path:
    """Where the snapshot of a major lies."""
    return Path(folder) / f"{major}.json"


def is_current(path: Path, made: Path) -> bool:
    """Whether a file holds the snapshot that another one holds, made on whichever minor version of the server."""
    try:
        with path.open(encoding="utf-8") as file:
            old, old_digest = catalog.made_of(file, str(path))
    except (OSError, SourceError):
        return False
    with made.open(encoding="utf-8") as file:
        new, new_digest = catalog.made_of(file, str(made), old)
    return old_digest == new_digest and _are_alike(old, new)


def _are_alike(old: Catalog, new: Catalog) -> bool:
    """Whether catalogs are equal but for their servers; no fact and no edge is made for that."""
    if not old.facts.equal(new.facts):
        return False
    numbers = Numbered.of(new.facts)
    if old.content(numbers)[:2] != new.content(numbers)[:2]:
        return False
    return replace(old, server=new.server, facts=new.facts, edges=new.edges, order=new.order) == new


def digest(folder: str, major: int) -> str:
    """Stands for the bytes of the file of a major. Raises SourceError where there is none."""
    with _opened(folder, major) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _opened(folder: str, major: int) -> BufferedReader:
    path = path_of(folder, major)
    try:
        return path.open("rb")
    except OSError:
        raise SourceError(
            f"{path}: no snapshot for PostgreSQL {major}; make it with 'schemadiff snapshot' where binaries of "
            f"{major} are ('schemadiff scratch install {major}' fetches them)"
        ) from None


def read(folder: str, major: int, schema: str, like: Catalog | None = None) -> Catalog:
    """The snapshot of a major, which shares memory with a catalog that it is ``like``. Raises SourceError where there is
    none, or the schema has changed since."""
    path = path_of(folder, major)
    with TextIOWrapper(_opened(folder, major), encoding="utf-8") as file:
        found, digest = catalog.made_of(file, str(path), like)
    if digest != digest_of(source(schema)):
        raise SourceError(f"{path}: made of another state of {schema}; run 'schemadiff snapshot'")
    return found
