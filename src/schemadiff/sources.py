"""A source string → a source; a source → a catalog.

    postgresql://… postgres://…   a database (libpq URL; PG* variables, service and password files apply)
    PATH.sql, a folder            statements, compiled on a scratch server
    git:REV:PATH                  the same from a revision
    PATH.json                     a snapshot
    MODULE:NAME                   a SQLAlchemy MetaData
    alembic:PATH                  an Alembic history, upgraded to its heads on a scratch server
    empty                         a new database

What a ``.sql`` source leaves open (``Catalog.open``) is decided by ``_resolve`` against the live database.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from psycopg import conninfo

from . import _alembic, _cache
from ._directives import CATALOGS, directives
from ._locations import ADDRESSED, locations
from ._metadata import metadata_files
from .catalog import connect, from_json, masked, read_addressed, read_catalog, read_from, without_secrets
from .errors import LoadError, SourceError, UsageError
from .model import Catalog, Id
from .scratch import ScratchServer, is_sandbox, scratch_server
from .script import (
    OF_ROLES,
    Files,
    LoadReport,
    Location,
    Script,
    confined,
    git_files,
    run_script,
    script_files,
    watch_script,
)

SCHEMES = ("postgresql://", "postgres://")
LOADER = "schemadiff_loader"
"""The role that runs a ``.sql`` source: what it owns nobody named an owner for."""

NO_RIGHT = "42501"
"""PostgreSQL's insufficient_privilege."""


@dataclass(frozen=True, slots=True)
class Source:
    """A source by its kind: database, script, git, snapshot, metadata, alembic or empty."""

    kind: str
    text: str = field(repr=False)

    def __str__(self) -> str:
        return masked(self.text) if self.kind == "database" else self.text

    @property
    def live(self) -> bool:
        return self.kind == "database"


def source(text: str) -> Source:
    """What a source string means. Raises UsageError where it can mean nothing, SourceError for a missing file."""
    if text.startswith(SCHEMES) or _is_conninfo(text):
        return Source("database", text)
    if text.startswith(("postgresql+", "postgres+")):
        return Source("database", "postgresql://" + text.partition("://")[2])
    if text == "empty":
        return Source("empty", text)
    if text.startswith("git:"):
        if text.count(":") < 2:
            raise UsageError(f"{text}: a git source reads git:REV:PATH")
        return Source("git", text)
    if text.startswith(_alembic.PREFIX):
        _alembic.configuration(text)
        return Source("alembic", text)
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
        "a SQLAlchemy module:metadata, alembic:PATH, or 'empty'"
    )


def _is_conninfo(text: str) -> bool:
    if "=" not in text or os.path.exists(text):
        return False
    try:
        return bool(conninfo.conninfo_to_dict(text))
    except psycopg.Error:
        return False


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads sources; ``spec`` says where scratch databases come from, ``cached`` whether compiled ones are kept."""

    spec: str | None = field(default=None, repr=False)
    cached: bool = True

    def read(self, wanted: Source, major: int | None = None) -> Catalog:
        """The catalog of a source; one that must be compiled is compiled on ``major``, the embedded one by default.

        Raises SourceError and what it is the base of, with what to do."""
        match wanted.kind:
            case "database":
                return read_catalog(wanted.text)
            case "snapshot":
                return from_json(_file(wanted.text), wanted.text)
            case "empty":
                with scratch_server(self.spec, major=major) as server:
                    return _opened(fresh(server), fresh(server))
            case "alembic":
                with scratch_server(self.spec, major=major) as server:
                    return self._upgraded(wanted, server)
            case _:
                return self.compiled(self.files(wanted), major)

    def _upgraded(self, wanted: Source, server: ScratchServer) -> Catalog:
        with self.standing(wanted, server) as url:
            made = _opened(read_catalog(url), fresh(server))
        return replace(made, server=replace(made.server, role=LOADER))

    @contextmanager
    def standing(self, wanted: Source, server: ScratchServer) -> Iterator[str]:
        """The URL of a scratch database with what a source says that must be compiled, made by its loader."""
        if wanted.kind == "alembic":
            self._ensure_trusted(wanted)
            with _alembic.upgraded(wanted.text, server, LOADER) as url:
                yield url
            return
        with server.database() as url:
            if wanted.kind != "empty":
                load(self.files(wanted).read(), server, url)
            yield url

    def _ensure_trusted(self, wanted: Source) -> None:
        if is_sandbox(self.spec):
            raise UsageError(
                f"{wanted}: is read by running it, which no sandbox does; write it to a .sql file"
            )

    def files(self, wanted: Source) -> Files:
        """The files of a source that must be compiled. In a sandbox they include none outside of their folder.

        Raises UsageError for a source that is a program, where there is a sandbox."""
        sandboxed = is_sandbox(self.spec)
        match wanted.kind:
            case "script":
                found = script_files(wanted.text)
                return _confined(found, wanted.text) if sandboxed else found
            case "git":
                _, revision, path = wanted.text.split(":", 2)
                return git_files(revision, path)
            case "metadata":
                self._ensure_trusted(wanted)
                return metadata_files(wanted.text)
            case _:
                raise UsageError(f"{wanted}: is a source without files")

    def name(self, files: Files, major: int | None) -> str:
        """What a compiled script is kept under: of two with different names, both may hold."""
        places = [files.reader.show(path) for path in files.paths]  # directives remember where they stand
        return "\0".join([files.digest(), self.spec or "", str(major), *places])

    def compiled(self, files: Files, major: int | None) -> Catalog:
        """The catalog of a script, from the cache where its files, the server and this tool are the same."""
        name = self.name(files, major)
        if self.cached and (found := _cache.get(name, files)) is not None:
            return found
        script = _not_empty(files)
        with scratch_server(self.spec, major=major) as server:
            made = compile_script(script, server)
        if self.cached and without_secrets(made) is made:
            _cache.put(name, script, made)
        return made

    def locations(self, wanted: Source, major: int | None = None) -> Mapping[Id, Location]:
        """Where what a script or a git source says stands, by file and line; of other sources nothing is known. For
        a git source the files are those of the repository. Compiles it once more, unless that was kept."""
        found = self.kept_locations(wanted, major)
        if found is not None or not _in_files(wanted):
            return found or {}
        files = self.files(wanted)
        script = files.read()
        with scratch_server(self.spec, major=major) as server:
            found = _in_repository(locate(script, server), wanted)
        if self.cached:
            _cache.put_locations(self.name(files, major), script, found)
        return found

    def kept_locations(self, wanted: Source, major: int | None = None) -> Mapping[Id, Location] | None:
        """The same where it was kept, else None; starts no server."""
        if not self.cached or not _in_files(wanted):
            return None
        files = self.files(wanted)
        return _cache.get_locations(self.name(files, major), files)

    def first_file(self, wanted: Source) -> str:
        """The file that a script or a git source begins with, '' for other sources."""
        files = self.files(wanted) if _in_files(wanted) else None
        shown = files.reader.show(files.paths[0]) if files and files.paths else ""
        return _path_in_repository(shown, wanted)


def _confined(files: Files, path: str) -> Files:
    """The files of a folder, or beside a file. Where it is named from the working folder, no link of whoever wrote
    it leads out of that."""
    found = confined(files, path if os.path.isdir(path) else os.path.dirname(path) or ".")
    return found if os.path.isabs(path) or path.startswith(os.pardir) else confined(found, ".")


def digest_of(wanted: Source, spec: str | None = None) -> str:
    """The digest of the files of a script source, '' for other sources."""
    return Reader(spec).files(wanted).read().digest() if wanted.kind == "script" else ""


def compile_script(script: Script, server: ScratchServer) -> Catalog:
    """Loads a script into a scratch database and reads it. Raises LoadError for a statement that fails."""
    server.ensure_roles([LOADER])
    with server.database() as url:
        base = read_catalog(url)
        report, found, ids = _loaded(script, server, url, partial(run_script, catalogs=CATALOGS))
        made = _opened(found, base)
    renames, label_maps, lint_ignores = directives(script, report.made, ids, found)
    server_role = replace(made.server, role=LOADER)
    return replace(
        made,
        server=server_role,
        renames=renames,
        label_maps=label_maps,
        lint_ignores=lint_ignores,
        notes=_left_to_server(report),
    )


def locate(script: Script, server: ScratchServer) -> Mapping[Id, Location]:
    """Where in its files what a script makes stands. Raises LoadError as ``compile_script`` does."""
    server.ensure_roles([LOADER])
    with server.database() as url:
        report, found, ids = _loaded(script, server, url, partial(watch_script, catalogs=ADDRESSED))
    return locations(script, report.made, ids, found)


def _in_files(wanted: Source) -> bool:
    return wanted.kind in ("script", "git")


def _in_repository(found: Mapping[Id, Location], wanted: Source) -> Mapping[Id, Location]:
    """The same, with files of a git source called as the repository does."""
    return {i: Location(_path_in_repository(at.file, wanted), at.line) for i, at in found.items()}


def _path_in_repository(shown: str, wanted: Source) -> str:
    if wanted.kind != "git":
        return shown
    return shown.removeprefix(wanted.text[: wanted.text.index(":", len("git:")) + 1])


def load(script: Script, server: ScratchServer, url: str) -> LoadReport:
    """Runs a script in a database of a scratch server, as its loader. Raises LoadError for a statement that fails."""
    server.ensure_roles([LOADER])
    with psycopg.connect(url, autocommit=True) as connection:
        server.become(connection, LOADER)
        return _run(script, connection, server, run_script)


def _loaded(
    script: Script, server: ScratchServer, url: str, run: Callable[..., LoadReport]
) -> tuple[LoadReport, Catalog, Mapping[tuple[int, int, int], Id]]:
    """What became of a script in a database, what that holds then, and the address of everything in it."""
    with psycopg.connect(url, autocommit=True) as connection:
        server.become(connection, LOADER)
        report = _run(script, connection, server, run)
    with connect(server.unloaded(url)) as connection:
        return report, *read_addressed(connection)


def _places(server: ScratchServer) -> Callable[[str], None] | None:
    """What makes tablespaces; on a server that is not ours nobody does."""
    return (lambda name: server.ensure_tablespaces([name])) if server.ours else None


def _left_to_server(report: LoadReport) -> tuple[str, ...]:
    """What statements about roles come to. They may hold passwords: none is quoted."""
    said = [i for i in report.ignored if i.reason == OF_ROLES]
    if not said:
        return ()
    first, more = said[0], f" and {len(said) - 1} more" if len(said) > 1 else ""
    return (
        f"{first.file}:{first.line}{more}: attributes and memberships of roles are the server's, no plan sets "
        "them; run these statements by hand",
    )


def _run(
    script: Script,
    connection: psycopg.Connection[Any],
    server: ScratchServer,
    run: Callable[..., LoadReport],
) -> LoadReport:
    """Runs a script; an error for the lack of a right says what the server grants nobody."""
    spelled = ((s, server.spelled(s.text)) for s in script.statements)
    statements = tuple(s if text == s.text else replace(s, text=text) for s, text in spelled)
    try:
        return run(
            replace(script, statements=statements),
            connection,
            on_missing_role=lambda name: server.ensure_roles([name]),
            on_missing_tablespace=_places(server),
        )
    except LoadError as error:
        if error.sqlstate != NO_RIGHT or not server.limits:
            raise
        said = f"{error}\nhint: {server.limits}"
        raise LoadError(
            said, file=error.file, line=error.line, statement=error.statement, sqlstate=error.sqlstate
        ) from error.__cause__


def fresh(server: ScratchServer) -> Catalog:
    """What a new database on a server holds."""
    with server.database() as url, psycopg.connect(url, autocommit=True) as connection:
        return read_from(connection)


def _opened(catalog: Catalog, base: Catalog) -> Catalog:
    """Marks what the source leaves open: owners that nobody named, and what every new database has."""
    unnamed = {
        f.id for f in catalog.facts.values() if f.id.kind == "owner" and getattr(f, "role", "") == LOADER
    }
    same = {i for i, fact in base.facts.items() if catalog.facts.get(i) == fact}
    server = replace(catalog.server, roles=None)
    return replace(catalog, open=frozenset(unnamed | same), server=server)


def _file(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}") from None


def _not_empty(files: Files) -> Script:
    """A file that was emptied by accident must not plan to drop everything."""
    script = files.read()
    if not script.statements:
        name = ", ".join(map(files.reader.show, files.paths)) or "the source"
        raise UsageError(
            f"{name}: no statement in it, so everything would be dropped; if you mean that, say --to empty"
        )
    return script
