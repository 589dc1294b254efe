"""A project with a database at its schema, and one that has drifted from it; and the judges of files."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from support.command import on_path

from schemadiff.scratch import ScratchServer

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = "create table course (id integer primary key, title text);\n"
type Judge = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Project:
    """The folder, the URLs of its databases, and the environment that its commands run in."""

    folder: Path
    same: str
    drifted: str
    environment: dict[str, str]

    def run(self, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=self.folder, env=self.environment | more, capture_output=True, text=True, check=False
        )


@pytest.fixture
def project(tmp_path: Path, server: ScratchServer) -> Iterator[Project]:
    folder, programs = tmp_path / "project", tmp_path / "programs"
    (folder / "schema").mkdir(parents=True)
    programs.mkdir()
    (folder / "schema" / "schema.sql").write_text(SCHEMA)
    (folder / "schemadiff.toml").write_text(
        '[targets.same]\nurl_env = "SAME_URL"\n[targets.drifted]\nurl_env = "DRIFTED_URL"\n'
    )
    with server.database() as same, server.database() as drifted:
        for url, sql in ((same, SCHEMA), (drifted, "create table course (id integer primary key);")):
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(sql.encode())
        known = {"SAME_URL": same, "DRIFTED_URL": drifted}
        yield Project(folder, same, drifted, on_path(programs) | known)


@pytest.fixture
def judge() -> Judge:
    """Runs a program of the development environment on a file or a text, and returns what it finds fault with."""

    def judged(program: str, *arguments: str, text: str | None = None) -> str:
        found = shutil.which(program, path=str(Path(sys.executable).parent)) or shutil.which(program)
        if found is None:
            pytest.skip(f"{program} is not installed here: no package of it for this platform")
        done = subprocess.run([found, *arguments], input=text, capture_output=True, text=True, check=False)
        return "" if done.returncode == 0 else done.stdout + done.stderr or f"exit {done.returncode}"

    return judged
