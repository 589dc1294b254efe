"""A source string → a source; a source → a catalog.

    postgresql://… postgres://…   a database (libpq URL; PG* variables, service and password files apply)
    PATH.sql, a folder            statements, compiled on a scratch server
    git:REV:PATH                  the same from a revision
    PATH.json                     a snapshot
    MODULE:NAME                   a SQLAlchemy MetaData
    alembic:PATH                  an Alembic history, upgraded to its heads on a scratch server
    dbmate:FOLDER, golang-migrate:FOLDER, flyway:FOLDER    the migrations of another tool, as they go up
    empty                         a new database

What a ``.sql`` source leaves open (``Catalog.open``) is decided by ``_resolve`` against the live database.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from psycopg.errors import Error

from . import _cache, catalog, scratch, script
from ._memory import give_back
from ._presets import HISTORIES
from .catalog import masked
from .errors import SourceError, UsageError

if TYPE_CHECKING:
    from .model import Catalog, Id
    from .scratch import ScratchServer
    from .script import Files, Location

FOLDERS = ("dbmate", "golang-migrate", "flyway")
"""The tools whose folders of migrations are sources, and the kinds of these; what they hold is ``_migrations``'."""


@dataclass(frozen=True, slots=True)
class Source:
    """A source by its kind: database, script, git, snapshot, metadata, empty, or one of HISTORIES."""

    kind: str
    text: str = field(repr=False)

    def __str__(self) -> str:
        return masked(self.text) if self.kind == "database" else self.text

    @property
    def live(self) -> bool:
        return self.kind == "database"

    @property
    def in_files(self) -> bool:
        """Whether its statements stand in files."""
        return self.kind in ("script", "git", *FOLDERS)

    @property
    def compiled(self) -> bool:
        """Whether it is compiled from files, and so can be kept."""
        return self.in_files or self.kind == "metadata"


def source(text: str) -> Source:
    """What a source string means. Raises UsageError where it can mean nothing, SourceError for a missing file."""
    if scratch.is_given(text) or _is_conninfo(text):
        return Source("database", text)
    if text.startswith(("postgresql+", "postgres+")):
        return Source("database", "postgresql://" + text.partition("://")[2])
    if text == "empty":
        return Source("empty", text)
    if text.startswith("git:"):
        if text.count(":") < 2:
            raise UsageError(f"{text}: a git source reads git:REV:PATH")
        return Source("git", text)
    if text.partition(":")[0] in HISTORIES and ":" in text:
        return Source(text.partition(":")[0], text)
    path = Path(text)
    if path.is_dir() or text.endswith(".sql") or (path.exists() and not text.endswith(".json")):
        return Source("script", text)
    if text.endswith(".json"):
        return Source("snapshot", text)
    module, _, name = text.partition(":")
    if name.replace(".", "").isidentifier() and module.replace(".", "").isidentifier():
        return Source("metadata", text)
    if path.suffix or os.sep in text:
        raise SourceError(f"{text}: no such file or folder")
    raise UsageError(
        f"{text}: no source; give a database URL, a .sql file or folder, git:REV:PATH, a snapshot, "
        "a SQLAlchemy module:metadata, alembic:PATH, dbmate:FOLDER, golang-migrate:FOLDER, flyway:FOLDER, or 'empty'"
    )


def _is_conninfo(text: str) -> bool:
    if "=" not in text or os.path.exists(text):
        return False
    try:
        return bool(catalog.parameters(text))
    except Error:
        return False


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads sources; ``spec`` says where scratch databases come from, ``cached`` whether compiled ones are kept."""

    spec: str | None = field(default=None, repr=False)
    cached: bool = True

    def read(self, wanted: Source, major: int | None = None, like: Catalog | None = None) -> Catalog:
        """The catalog of a source; one that must be compiled is compiled on ``major``, the embedded one by default. Where
        it is large, it shares memory with a catalog that it is ``like``.

        Raises SourceError and what it is the base of, with what to do."""
        match wanted.kind:
            case "database":
                from . import _live

                return _live.read(wanted.text, like) if self.cached else catalog.read_catalog(wanted.text)
            case "snapshot":
                with _opened(wanted.text) as file:
                    return catalog.made_of(file, wanted.text, like)[0]
            case "empty":
                from ._compile import empty

                with scratch.scratch_server(self.spec, major=major) as server:
                    return empty(server)
            case "alembic":
                self._ensure_trusted(wanted)
                from ._alembic import history

                with scratch.scratch_server(self.spec, major=major) as server:
                    return history(wanted.text, server)
            case _:
                return self.compiled(self.files(wanted), major, like)

    def files(self, wanted: Source) -> Files:
        """The files of a source that must be compiled. In a sandbox they include none outside of their folder.

        Raises UsageError for a source that is a program, where there is a sandbox."""
        sandboxed = scratch.is_sandbox(self.spec)
        match wanted.kind:
            case "script":
                found = script.script_files(wanted.text)
                return _confined(found, wanted.text) if sandboxed else found
            case tool if tool in FOLDERS:
                from ._migrations import migration_files

                folder = wanted.text.partition(":")[2]
                found = migration_files(tool, folder)
                return _confined(found, folder) if sandboxed else found
            case "git":
                _, revision, path = wanted.text.split(":", 2)
                return script.git_files(revision, path)
            case "metadata":
                from ._metadata import metadata_files

                self._ensure_trusted(wanted)
                return metadata_files(wanted.text)
            case _:
                raise UsageError(f"{wanted}: is a source without files")

    @contextmanager
    def standing(self, wanted: Source, server: ScratchServer) -> Iterator[str]:
        """The URL of a scratch database with what a source says that must be compiled, made by its loader."""
        from ._compile import load_script

        if wanted.kind == "alembic":
            from ._alembic import upgraded

            self._ensure_trusted(wanted)
            with upgraded(wanted.text, server) as url:
                yield url
            return
        with server.database() as url:
            if wanted.kind != "empty":
                load_script(self.files(wanted).read(), server, url)
            yield url

    def _ensure_trusted(self, wanted: Source) -> None:
        if scratch.is_sandbox(self.spec):
            raise UsageError(
                f"{wanted}: is read by running it, which no sandbox does; write it to a .sql file"
            )

    def name(self, files: Files, major: int | None) -> str:
        """What a compiled script is kept under: of two with different names, both may hold."""
        places = [files.reader.show(path) for path in files.paths]  # directives remember where they stand
        return "\0".join([files.digest(), self.spec or "", str(major), *places])

    def compiled(self, files: Files, major: int | None, like: Catalog | None = None) -> Catalog:
        """The catalog of a script, from the cache where its files, the server and this tool are the same."""
        if not self.cached:
            return self._compiled_anew(files, major, like)
        name = self.name(files, major)
        if (found := _cache.get(name, files, like)) is not None:
            return found
        with _cache.alone(name):
            # Whoever was first has made it meanwhile.
            if (found := _cache.get(name, files, like)) is not None:
                return found
            return self._compiled_anew(files, major, like)

    def _compiled_anew(self, files: Files, major: int | None, like: Catalog | None) -> Catalog:
        from ._compile import compile_script, statements_of

        if like is not None and like.is_large:
            like.condense()
        said = statements_of(files)
        with scratch.scratch_server(self.spec, major=major) as server:
            made = compile_script(said, server, like)
        seen = said.seen
        del said  # all statements, which nobody needs any more
        if made.is_large:
            give_back()
        if self.cached and catalog.without_secrets(made) is made:
            _cache.put(self.name(files, major), seen, made)
        return made

    def locations(self, wanted: Source, major: int | None = None) -> Mapping[Id, Location]:
        """Where what a script or a git source says stands, by file and line; of other sources nothing is known. For
        a git source the files are those of the repository. Compiles it once more, unless that was kept."""
        found = self.kept_locations(wanted, major)
        if found is not None or not wanted.in_files:
            return found or {}
        from ._compile import locate

        files = self.files(wanted)
        said = files.read()
        with scratch.scratch_server(self.spec, major=major) as server:
            found = _in_repository(locate(said, server), wanted)
        if self.cached:
            _cache.put_locations(self.name(files, major), said.seen, found)
        return found

    def kept_locations(self, wanted: Source, major: int | None = None) -> Mapping[Id, Location] | None:
        """The same where it was kept, else None; starts no server."""
        if not self.cached or not wanted.in_files:
            return None
        files = self.files(wanted)
        return _cache.get_locations(self.name(files, major), files)

    def first_file(self, wanted: Source) -> str:
        """The file that a script or a git source begins with, '' for other sources."""
        files = self.files(wanted) if wanted.in_files else None
        shown = files.reader.show(files.paths[0]) if files and files.paths else ""
        return _path_in_repository(shown, wanted)


def _confined(files: Files, path: str) -> Files:
    """The files of a folder, or beside a file. Where it is named from the working folder, no link of whoever wrote
    it leads out of that."""
    found = script.confined(files, path if os.path.isdir(path) else os.path.dirname(path) or ".")
    return found if os.path.isabs(path) or path.startswith(os.pardir) else script.confined(found, ".")


def digest_of(wanted: Source, spec: str | None = None) -> str:
    """The digest of the files of a script source, '' for other sources."""
    return Reader(spec).files(wanted).read().digest() if wanted.kind == "script" else ""


def _in_repository(found: Mapping[Id, Location], wanted: Source) -> Mapping[Id, Location]:
    """The same, with files of a git source called as the repository does."""
    return {i: script.Location(_path_in_repository(at.file, wanted), at.line) for i, at in found.items()}


def _path_in_repository(shown: str, wanted: Source) -> str:
    if wanted.kind != "git":
        return shown
    return shown.removeprefix(wanted.text[: wanted.text.index(":", len("git:")) + 1])


def _opened(path: str) -> TextIO:
    try:
        return Path(path).open(encoding="utf-8")
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}") from None
