"""Where ``.sql`` sources come from: a file, a folder, a git revision, a text.

Owns paths and their order. Does not own how a file is read as psql does (``psql``).
"""

from __future__ import annotations

import errno
import hashlib
import os
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from schemadiff.errors import LoadError, SourceError
from schemadiff.script.reader import Outside, Reader

if TYPE_CHECKING:
    from schemadiff.script.model import Script

_DIGITS = re.compile(r"([0-9]+)")


@dataclass(frozen=True, slots=True)
class Files:
    """A script that has not been read: the paths that it starts with, and where files come from."""

    paths: tuple[str, ...]
    reader: Reader

    def read(self) -> Script:
        """What the files say, as psql reads them. ``SourceError`` where one cannot be read, ``LoadError``
        where one makes no sense."""
        # What is only looked at needs no reader of SQL.
        from schemadiff.script.psql import read_file
        from schemadiff.script.session import Session

        session = Session(self.reader)
        for path in self.paths:
            with _failures(path):
                read_file(session, path)
        return session.script()

    def digest(self) -> str:
        """SHA-256 in hex over the names and contents of the files that it starts with."""
        found = hashlib.sha256()
        for path in self.paths:
            with _failures(path):
                line = f"{self.reader.name(path)}\0{_digest(self.reader.read(path))}\0"
                found.update(line.encode(errors="surrogateescape"))
        return found.hexdigest()

    def are_as(self, seen: Iterable[tuple[str, str]]) -> bool:
        """Whether every path is as it was, in the words of ``Script.seen``."""
        return all(self._content(path) == content for path, content in seen)

    def _content(self, path: str) -> str:
        try:
            return _digest(self.reader.read(path))
        except OSError:
            return ""


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def read_script(path: str | Path) -> Script:
    """What a ``.sql`` file or a folder says, as ``script_files`` finds it."""
    return script_files(path).read()


def script_files(path: str | Path) -> Files:
    """A ``.sql`` file, or all ``.sql`` files of a folder and its folders in natural order.

    Natural order: ``2.sql`` before ``10.sql``, folders and files by name alike. Hidden files and folders
    are left out. In a folder each file is read for itself, so that files that include one another belong
    outside of it, or in a file that is named instead. ``SourceError`` where there is no such file.
    """
    root = os.fspath(path)
    if os.path.isdir(root):
        paths = [os.path.join(root, inside) for inside in natural(_sql_files(root))]
        base = root
    else:
        paths, base = [root], os.path.dirname(root)
    return Files(tuple(paths), _disk(base or "."))


def parse_script(text: str, name: str, *, include: Callable[[str], str] | None = None) -> Script:
    """What a text says, as ``text_files`` finds it."""
    return text_files(text, name, include=include).read()


def text_files(text: str, name: str, *, include: Callable[[str], str] | None = None) -> Files:
    """A text; ``name`` stands for its file in errors, and included paths are relative to it.

    ``include`` gives the text of a path and raises ``FileNotFoundError`` where there is none; without it,
    a text that includes a file is an error.
    """

    def read(path: str) -> bytes:
        if path == name:
            return text.encode()
        if include is None:
            raise FileNotFoundError(path)
        return include(path).encode()

    return Files((name,), Reader(read))


def read_git(rev: str, path: str, repo: str | Path = ".") -> Script:
    """What a file or a folder of a git revision says, as ``git_files`` finds it."""
    return git_files(rev, path, repo).read()


def git_files(rev: str, path: str, repo: str | Path = ".") -> Files:
    """A file or a folder of a git revision, as ``script_files`` has them; includes come from the
    same revision. The path is relative to the top of the repository, and to ``repo`` if it starts with a
    dot, as in ``git show REV:PATH``. ``SourceError`` where git, the revision or the path is missing.
    """
    source = f"git:{rev}:{path}"
    if rev.startswith("-") or not rev:
        raise SourceError(f"{source}: {rev!r} is no revision; write git:REV:PATH")
    commit = _git(repo, source, "rev-parse", "--verify", "--quiet", f"{rev}^{{commit}}").decode().strip()
    top = posixpath.normpath(path)
    if path.startswith("."):
        prefix = _git(repo, source, "rev-parse", "--show-prefix").decode().rstrip("\n")
        top = posixpath.normpath(posixpath.join(prefix, path))
    listing = _git(repo, source, "ls-tree", "-r", "-z", "--name-only", "--full-tree", commit)
    files = set(listing.decode(errors="surrogateescape").split("\0"))
    inside = [file for file in files if top == "." or file.startswith(top + "/")]
    if top not in files and not inside:
        raise SourceError(f"{source}: revision {rev} has no {top}")
    folder = "" if top == "." else top + "/"
    found = [top] if top in files else [folder + each for each in natural(_wanted(inside, folder))]
    base = posixpath.dirname(top) if top in files else top

    def read(file: str) -> bytes:
        if file not in files:
            raise FileNotFoundError(file)
        return _git(repo, source, "cat-file", "blob", f"{commit}:{file}")

    def relative(file: str) -> str:
        return posixpath.relpath(file, base or ".")

    return Files(tuple(found), Reader(read, lambda file: f"git:{rev}:{file}", relative))


def confined(files: Files, root: str | Path) -> Files:
    """The same files, which include none outside of a folder, nor a hidden one: who wrote them may read no more.

    Links are followed before that is looked at. What is out of bounds is as if it were not there."""
    top = os.path.realpath(root)

    def read(path: str) -> bytes:
        inside = os.path.relpath(os.path.realpath(path), top).split(os.sep)
        if inside[0] == os.pardir or any(part.startswith(".") and part != os.curdir for part in inside):
            raise Outside(
                errno.ENOENT, f"nothing is read outside of {root}, nor where a name begins with a dot"
            )
        return files.reader.read(path)

    return replace(files, reader=replace(files.reader, read=read))


def natural(paths: Iterable[str]) -> list[str]:
    """Paths in natural order: numbers inside names by their value."""

    def key(path: str) -> tuple[list[list[tuple[int, int, str]]], str]:
        parts = [[_piece(piece) for piece in _DIGITS.split(name) if piece] for name in path.split("/")]
        return parts, path

    return sorted(paths, key=key)


def _piece(piece: str) -> tuple[int, int, str]:
    return (0, int(piece), "") if piece[0] in "0123456789" else (1, 0, piece)


@contextmanager
def _failures(path: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        more = f"; {error.strerror}" if isinstance(error, Outside) else ""
        raise SourceError(f"{path}: there is no such file{more}") from None
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror or error}") from None
    except RecursionError:
        raise LoadError(f"{path}: files include one another too deep", file=path) from None


def _disk(base: str) -> Reader:
    def name(path: str) -> str:
        return os.path.relpath(path, base).replace(os.sep, "/")

    return Reader(lambda path: Path(path).read_bytes(), str, name)


def _sql_files(root: str) -> list[str]:
    found = []
    for folder, _, names in os.walk(root):
        found += [os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/") for name in names]
    return _wanted(found, "")


def _wanted(paths: Iterable[str], folder: str) -> list[str]:
    """The ``.sql`` files among paths, relative to their folder, none of them hidden."""
    inside = [path.removeprefix(folder) for path in paths]
    return [
        path
        for path in inside
        if path.lower().endswith(".sql") and not any(part.startswith(".") for part in path.split("/"))
    ]


def _git(repo: str | Path, source: str, *arguments: str) -> bytes:
    import subprocess

    try:
        done = subprocess.run(["git", "-C", os.fspath(repo), *arguments], capture_output=True, check=False)
    except FileNotFoundError:
        raise SourceError(f"{source}: git is not installed, and a git source needs it") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        raise SourceError(f"{source}: {said or 'git knows no such revision'}")
    return done.stdout
