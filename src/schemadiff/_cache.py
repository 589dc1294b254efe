"""The cache: files in the user's cache folder, of compiled scripts and what else is kept for this state of the tool.

A kept catalog holds as long as every file that was read for it is as it was, and so is this tool. Owns
where it lies and when it holds; the bytes are ``catalog``'s.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from . import catalog, script
from .errors import SourceError
from .scratch.locks import try_lock
from .scratch.places import cache_folder

if TYPE_CHECKING:
    from .model import Catalog, Id
    from .script import Files, Location

COMPILED, LOCATED = "compiled", "located"

type Seen = Sequence[tuple[str, str]]
"""``Script.seen``: the files that a script was read from, as they were."""
PATIENCE = 300.0
"""Seconds to wait for who compiles the same."""


def get(name: str, files: Files, like: Catalog | None = None) -> Catalog | None:
    """The catalog that was kept under a name, if these files still are what it was made of; ``like`` another one,
    with which it shares memory."""
    try:
        with opened(COMPILED, name) as (seen, file):
            return catalog.unpack(file, like) if _are_as(files, seen) else None
    except (OSError, ValueError, SourceError):
        return None


def holds(name: str, files: Files) -> bool:
    """Whether a catalog is kept under a name that these files still are what it was made of."""
    try:
        return _are_as(files, head(COMPILED, name))
    except (OSError, ValueError):
        return False


def put(name: str, seen: Seen, made: Catalog) -> None:
    """Keeps the catalog that was made of a script."""
    _keep(COMPILED, name, seen, catalog.pack(made))


@contextmanager
def alone(name: str) -> Iterator[None]:
    """Lets one at a time make the catalog that is kept under a name, of all threads and processes; after PATIENCE, or
    where nothing can be kept, the others too."""
    path = _path(COMPILED, name).with_suffix(".lock")
    held = _lock(path)
    try:
        yield
    finally:
        if held is not None:
            path.unlink(missing_ok=True)
            os.close(held)


def _lock(path: Path) -> int | None:
    deadline = time.monotonic() + PATIENCE
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        while (held := try_lock(path)) is None and time.monotonic() < deadline:
            time.sleep(0.01)
        return held
    except OSError:
        return None


def get_locations(name: str, files: Files) -> Mapping[Id, Location] | None:
    """Where objects stand in these files, as it was kept."""
    from .model import Id

    try:
        with opened(LOCATED, name) as (seen, file):
            rows = json.load(file) if _are_as(files, seen) else None
        if rows is None:
            return None
        return {Id(kind, tuple(path)): script.Location(*at) for kind, path, at in rows}
    except (OSError, ValueError, TypeError):
        return None


def put_locations(name: str, seen: Seen, found: Mapping[Id, Location]) -> None:
    """Keeps where objects stand in the files of a script."""
    rows = [[i.kind, i.path, at] for i, at in found.items()]
    _keep(LOCATED, name, seen, [json.dumps(rows).encode()])


def _are_as(files: Files, seen: bytes) -> bool:
    """Whether these files are what something that is kept was made of. Raises ValueError."""
    return files.are_as(map(tuple, json.loads(seen)))


def _keep(folder: str, name: str, seen: Seen, content: Iterable[bytes]) -> None:
    write(folder, name, json.dumps(seen).encode(), content)


def seen(name: str) -> Seen | None:
    """What ``Script.seen`` was of the script whose catalog was kept under a name; None where none was."""
    try:
        return [(path, content) for path, content in json.loads(head(COMPILED, name))]
    except (OSError, ValueError):
        return None


@contextmanager
def opened(folder: str, name: str) -> Iterator[tuple[bytes, BinaryIO]]:
    """What this state of the tool wrote under a name: its head, and the file that the rest is to be read from. Raises
    OSError where there is nothing."""
    with open(_path(folder, name), "rb") as file:
        yield file.readline(), file


def head(folder: str, name: str) -> bytes:
    """The head alone."""
    with opened(folder, name) as (found, _):
        return found


def write(folder: str, name: str, head: bytes, content: Iterable[bytes] = ()) -> None:
    """Keeps something for ``opened``; a cache that cannot be written is only slower."""
    path = _path(folder, name)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("wb", dir=path.parent, delete=False) as file:
            file.write(head + b"\n")
            file.writelines(content)
        os.replace(file.name, path)
    except OSError:
        return


def prune(folder: str, most: int) -> None:
    """Leaves only so many of what is kept in a folder, those that were written last."""
    try:
        found = [(path.stat().st_mtime_ns, path) for path in _path(folder, "").parent.iterdir()]
        for _, path in sorted(found)[: max(0, len(found) - most)]:
            path.unlink(missing_ok=True)
    except OSError:
        return


def _path(folder: str, name: str) -> Path:
    python = ".".join(map(str, sys.version_info[:3]))
    named = f"{name}\0{python}\0{_code_digest()}".encode(errors="surrogateescape")
    key = hashlib.sha256(named).hexdigest()
    return cache_folder() / folder / key[:40]


@cache
def _code_digest() -> str:
    """Stands for this version of the tool: what it reads and how."""
    here = Path(__file__).parent
    parts = [
        *here.glob("*.py"),
        *(f for d in ("kinds", "catalog", "script", "scratch", "engine") for f in here.glob(f"{d}/*.py")),
    ]
    digest = hashlib.sha256()
    for file in sorted(parts):
        digest.update(file.read_bytes())
    return digest.hexdigest()
