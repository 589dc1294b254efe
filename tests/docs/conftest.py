"""The project that the pages are about: the example of this repository, with two databases on a server at localhost.

The branch ``main`` has the schema before the change, the working tree the one after it; the databases are before it.
"""

from __future__ import annotations

import io
import os
import shlex
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from support.command import on_path
from support.own_server import own_server

import schemadiff.demo
from schemadiff.cli import run

from .pages import ROOT, Command

BEFORE = (Path(schemadiff.demo.__file__).parent / "before.sql").read_text()
DATABASES = ("shop", "shop_test")
CONFIG = """
[targets.main]
url_env = "MAIN_URL"
[targets.test]
url = "postgresql://localhost/shop_test"
"""
ENV = """
from alembic import context
from sqlalchemy import create_engine

with create_engine("postgresql+psycopg://localhost/shop").connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
"""
REVISION = """
from alembic import op

revision = "1"
down_revision = None


def upgrade():
    op.get_bind().exec_driver_sql({!r})
"""
QUERY = "select title from courses where id = :id;\n"
SHELL = frozenset("$|&;<>{}`*")
"""What only a shell understands."""


@dataclass(frozen=True, slots=True)
class Project:
    """Its folder, and what its commands are to find in the environment."""

    folder: Path
    environment: Mapping[str, str]

    def run(self, command: Command, capture: pytest.CaptureFixture[str]) -> tuple[int, str]:
        """What a command ends with, and what it says. Most run in this process, which saves Python's start."""
        if command.mode:
            with (self.folder / command.to).open(command.mode) as file:
                file.write(command.text)
            return 0, ""
        if command.language == "python":
            exec(compile(command.text, command.page, "exec"), {})
            return 0, ""
        said, _, _ = command.text.partition(" #")
        if command.program == "schemadiff" and not SHELL & set(said):
            capture.readouterr()
            code = run(shlex.split(said)[1:])
            printed = capture.readouterr()
            return code, printed.out + printed.err
        return self.shell(command.text)

    def shell(self, text: str) -> tuple[int, str]:
        done = subprocess.run(
            ["bash", "-eo", "pipefail", "-c", text],
            cwd=self.folder,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def local() -> Iterator[dict[str, str]]:
    """A server that ``postgresql://localhost/NAME`` leads to, with databases to copy; libpq's variables for it."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
    known = {"PGPORT": port, "PGUSER": "postgres"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in known.items():
            patch.setenv(name, value)
        with own_server("listen_addresses=127.0.0.1", f"port={port}") as server:
            with psycopg.connect(server.url(), autocommit=True) as connection:
                connection.execute("create database before")
            with psycopg.connect(server.url("before"), autocommit=True) as connection:
                connection.execute(BEFORE.encode())
                connection.execute(
                    "insert into users (email, password_hash, full_name) values ('a@b.c', 'x', 'Ada')"
                )
            yield known | {"bin": str(server.bin)}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder, as it is before a page."""
    folder = tmp_path_factory.mktemp("repository")
    for part in ("schema", "queries"):
        (folder / part).mkdir()
    (folder / "schema" / "schema.sql").write_text(BEFORE)
    (folder / "queries" / "course.sql").write_text(QUERY)
    (folder / "schemadiff.toml").write_text(CONFIG)
    for command in (
        ["init", "-q", "-b", "main"],
        ["config", "user.name", "a"],  # of the project itself: a machine may know nobody
        ["config", "user.email", "a@b.invalid"],
        ["add", "-A"],
        ["commit", "-qm", "before"],
        ["update-ref", "refs/remotes/origin/main", "main"],
        ["switch", "-qc", "videos"],
    ):
        subprocess.run(["git", *command], cwd=folder, check=True)
    shutil.copy(ROOT / "schema" / "schema.sql", folder / "schema")
    shutil.copytree(ROOT / "snapshots", folder / "snapshots")
    for command in (["add", "-A"], ["commit", "-qm", "after"]):
        subprocess.run(["git", *command], cwd=folder, check=True)
    return folder


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a project that uses Alembic has besides, with one revision, to before the change."""
    folder = tmp_path_factory.mktemp("alembic")
    (folder / "migrations" / "versions").mkdir(parents=True)
    (folder / "alembic.ini").write_text("[alembic]\nscript_location = %(here)s/migrations\n")
    (folder / "migrations" / "env.py").write_text(ENV)
    (folder / "migrations" / "versions" / "1.py").write_text(REVISION.format(BEFORE))
    return folder


@pytest.fixture
def project(
    repository: Path, history: Path, local: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Project]:
    folder, loaded = tmp_path / "project", set(sys.modules)
    shutil.copytree(repository, folder)
    with psycopg.connect(f"postgresql://localhost:{local['PGPORT']}/postgres", autocommit=True) as connection:
        for name in DATABASES:
            connection.execute(f"drop database if exists {name} with (force)".encode())
            connection.execute(f"create database {name} template before".encode())
    said = {
        "PGPORT": local["PGPORT"],
        "PGUSER": local["PGUSER"],
        "DATABASE_URL": "postgresql://localhost/shop",
        "MAIN_URL": "postgresql://localhost/shop",
        "ALEMBIC": str(history),
        "GITHUB_BASE_REF": "main",
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
    }
    monkeypatch.chdir(folder)
    # The reader sits at a terminal, and says yes.
    monkeypatch.setattr("schemadiff.cli._running.can_ask", lambda: True)
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n" * 9))
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    environment = on_path(tmp_path) | said
    path = f"{environment['PATH']}{os.pathsep}{local['bin']}"
    yield Project(folder, environment | {"PATH": path})
    for name in sys.modules.keys() - loaded:
        # Models that a page has imported go with its folder.
        if (getattr(sys.modules[name], "__file__", None) or "").startswith(str(folder)):
            del sys.modules[name]
