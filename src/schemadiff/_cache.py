"""The cache of compiled scripts: one file each in the user's cache folder, and one more for where things stand in it.

What is kept holds as long as every file that was read for it is as it was, and so is this tool. Owns
where it lies and when it holds; the bytes of a catalog are ``catalog``'s.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from .catalog import pack, unpack
from .errors import SourceError
from .model import Catalog, Id
from .script import Files, Location, Script

LOCATIONS = "\0locations"


def get(name: str, files: Files) -> Catalog | None:
    """The catalog that was kept under a name, if these files still are what it was made of."""
    try:
        packed = _kept(name, files)
        return None if packed is None else unpack(packed)
    except (ValueError, SourceError):
        return None


def put(name: str, script: Script, made: Catalog) -> None:
    """Keeps the catalog that was made of a script; a cache that cannot be written is only slower."""
    _keep(name, script, pack(made))


def get_locations(name: str, files: Files) -> Mapping[Id, Location] | None:
    """The same for where things stand in the files."""
    try:
        found = _kept(f"{name}{LOCATIONS}", files)
        rows = None if found is None else json.loads(found)
        return None if rows is None else {Id(k, tuple(path)): Location(*at) for k, path, at in rows}
    except (ValueError, TypeError):
        return None


def put_locations(name: str, script: Script, found: Mapping[Id, Location]) -> None:
    """The same for where things stand in the files of a script."""
    rows = [[i.kind, i.path, at] for i, at in found.items()]
    _keep(f"{name}{LOCATIONS}", script, json.dumps(rows).encode())


def _kept(name: str, files: Files) -> bytes | None:
    try:
        seen, _, content = _path(name).read_bytes().partition(b"\n")
        return content if files.are_as(map(tuple, json.loads(seen))) else None
    except (OSError, ValueError):
        return None


def _keep(name: str, script: Script, content: bytes) -> None:
    path = _path(name)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("wb", dir=path.parent, delete=False) as file:
            file.write(json.dumps(script.seen).encode() + b"\n" + content)
        os.replace(file.name, path)
    except OSError:
        return


def _path(name: str) -> Path:
    from .scratch.places import cache_folder

    python = ".".join(map(str, sys.version_info[:3]))
    named = f"{name}\0{python}\0{_code_digest()}".encode(errors="surrogateescape")
    key = hashlib.sha256(named).hexdigest()
    return cache_folder() / "compiled" / key[:40]


@cache
def _code_digest() -> str:
    """Stands for this version of the tool: what it reads and how."""
    here = Path(__file__).parent
    parts = [*here.glob("*.py"), *(f for d in ("kinds", "catalog", "script") for f in here.glob(f"{d}/*.py"))]
    digest = hashlib.sha256()
    for file in sorted(parts):
        digest.update(file.read_bytes())
    return digest.hexdigest()
