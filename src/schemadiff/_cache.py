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
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from .catalog import pack, unpack
from .errors import SourceError
from .model import Catalog
from .script import Files, Script

COMPILED = "compiled"


def get(name: str, files: Files) -> Catalog | None:
    """The catalog that was kept under a name, if these files still are what it was made of."""
    try:
        seen, _, packed = read(COMPILED, name).partition(b"\n")
        return unpack(packed) if files.are_as(map(tuple, json.loads(seen))) else None
    except (OSError, ValueError, SourceError):
        return None


def put(name: str, script: Script, made: Catalog) -> None:
    """Keeps the catalog that was made of a script."""
    write(COMPILED, name, json.dumps(script.seen).encode() + b"\n" + pack(made))


def seen(name: str) -> Sequence[tuple[str, str]] | None:
    """What ``Script.seen`` was of the script whose catalog was kept under a name; None where none was."""
    try:
        with open(_path(COMPILED, name), "rb") as file:
            return [(path, content) for path, content in json.loads(file.readline())]
    except (OSError, ValueError):
        return None


def read(folder: str, name: str) -> bytes:
    """What this state of the tool wrote under a name. Raises OSError where there is nothing."""
    return _path(folder, name).read_bytes()


def write(folder: str, name: str, content: bytes) -> None:
    """Keeps something for ``read``; a cache that cannot be written is only slower."""
    path = _path(folder, name)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("wb", dir=path.parent, delete=False) as file:
            file.write(content)
        os.replace(file.name, path)
    except OSError:
        return


def _path(folder: str, name: str) -> Path:
    from .scratch.places import cache_folder

    python = ".".join(map(str, sys.version_info[:3]))
    key = hashlib.sha256(f"{name}\0{python}\0{_code_digest()}".encode()).hexdigest()
    return cache_folder() / folder / key[:40]


@cache
def _code_digest() -> str:
    """Stands for this version of the tool: what it reads and how."""
    here = Path(__file__).parent
    parts = [*here.glob("*.py"), *(f for d in ("kinds", "catalog", "script") for f in here.glob(f"{d}/*.py"))]
    digest = hashlib.sha256()
    for file in sorted(parts):
        digest.update(file.read_bytes())
    return digest.hexdigest()
