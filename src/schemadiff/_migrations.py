"""A folder of migrations of another tool as a source: what they do upward, file by file in the order of their versions.

    dbmate:FOLDER            the part of each file behind ``-- migrate:up``
    golang-migrate:FOLDER    the files ``VERSION_NAME.up.sql``
    flyway:FOLDER            the versioned files, from the last baseline on, then the repeatable ones

What a file says is read like any ``.sql`` source, and each line keeps its number.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from .errors import SourceError
from .script import Files, script_files

type Version = tuple[int, ...]
PLACEHOLDER, KEPT = "${", "placeholderReplacement=false"


def migration_files(tool: str, folder: str) -> Files:
    """The files of a folder, in the order in which a tool runs them. Raises SourceError where there is no such folder, or
    something in it only the tool knows."""
    if not os.path.isdir(folder):
        raise SourceError(f"{tool}:{folder}: no such folder; give the one that the migrations are in")
    found = script_files(folder)
    order, text = TOOLS[tool]

    def read(path: str) -> bytes:
        return text(path, found.reader.read(path))

    paths = tuple(order([path for path in found.paths if os.path.isfile(path)]))
    return Files(paths, replace(found.reader, read=read))


def _version(path: str, end: str = "_") -> Version | None:
    """The version that a name begins with, None for a name that begins with none."""
    parts = os.path.basename(path).partition(end)[0].replace("_", ".").split(".")
    return tuple(map(int, parts)) if all(p.isascii() and p.isdigit() for p in parts) else None


def _in_order(paths: Iterable[str]) -> list[str]:
    found = [(version, path) for path in paths if (version := _version(path)) is not None]
    return [path for _, path in sorted(found)]


def _only_up(paths: Iterable[str]) -> list[str]:
    return _in_order(path for path in paths if path.endswith(".up.sql"))


def _flyway(paths: Iterable[str]) -> list[str]:
    """A baseline stands for all versions up to its own."""
    named: dict[str, list[tuple[Version, str]]] = {"V": [], "B": []}
    repeatable = []
    for path in paths:
        name = os.path.basename(path)
        if name[:1] in named and (version := _version(name[1:], "__")) is not None:
            named[name[0]].append((version, path))
        elif name.startswith("R__"):
            repeatable.append((name, path))
    baseline = sorted(named["B"])[-1:]
    later = [each for each in sorted(named["V"]) if not baseline or each[0] > baseline[0][0]]
    return [path for _, path in (*baseline, *later, *sorted(repeatable))]


def _as_it_is(path: str, content: bytes) -> bytes:
    return content


def _of_dbmate(path: str, content: bytes) -> bytes:
    """Only the part that goes up; each line keeps its number."""
    part, kept = "", []
    for line in content.split(b"\n"):
        said = line.strip()
        mark = said[2:].strip() if said.startswith(b"--") else b""
        if mark.startswith(b"migrate:"):
            part = mark.removeprefix(b"migrate:").split(b" ")[0].decode(errors="replace")
        kept.append(line if part == "up" else b"")
    if not part:
        raise SourceError(f"{path}: has no line '-- migrate:up', so it is no migration of dbmate")
    return b"\n".join(kept)


def _of_flyway(path: str, content: bytes) -> bytes:
    """Raises SourceError for a file with placeholders, unless its configuration says that they are none."""
    conf = Path(f"{path}.conf")
    kept = conf.is_file() and KEPT in conf.read_text(encoding="utf-8").replace(" ", "")
    if PLACEHOLDER.encode() in content and not kept:
        raise SourceError(
            f"{path}: has '{PLACEHOLDER}' in it, which Flyway replaces by what only its configuration knows; write it out, "
            f"or set {KEPT} in {conf.name}"
        )
    return content


TOOLS: Mapping[str, tuple[Callable[[Iterable[str]], list[str]], Callable[[str, bytes], bytes]]] = {
    "dbmate": (_in_order, _of_dbmate),
    "golang-migrate": (_only_up, _as_it_is),
    "flyway": (_flyway, _of_flyway),
}
"""By the name of the tool, the order of its files and what is read of one."""
