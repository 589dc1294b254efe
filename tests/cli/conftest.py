"""A working folder with a schema and a configuration, and two databases at the state before the change."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from schemadiff.cli import run
from schemadiff.cli._targets import LIBPQ
from schemadiff.scratch import ScratchServer

BEFORE = """
    create table course (id integer primary key, title text);
    insert into course values (1, 'Weaving');
"""
AFTER = """
create table course (id integer primary key, title text);
create table video (id integer primary key, course_id integer not null references course (id));
create index video_course on video (course_id);
"""
CONFIG = """
schema = "schema.sql"
[targets.main]
url = "{main}"
[targets.test]
url_env = "TEST_URL"
"""


@dataclass(frozen=True, slots=True)
class Said:
    """What a command ended with and printed."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Shop:
    """The working folder, and the URLs of the two databases."""

    folder: Path
    main: str
    test: str

    def schema(self, text: str) -> None:
        (self.folder / "schema.sql").write_text(text)


type Call = Callable[..., Said]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    def called(*arguments: str) -> Said:
        code = run(arguments)
        printed = capsys.readouterr()
        return Said(code, printed.out, printed.err)

    return called


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder; nothing of the environment names a database."""
    for name in (*LIBPQ, "DATABASE_URL", "PGPASSWORD", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def shop(folder: Path, server: ScratchServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    with server.database() as main, server.database() as test:
        for url in (main, test):
            execute(url, BEFORE)
        (folder / "schema.sql").write_text(AFTER)
        (folder / "schemadiff.toml").write_text(CONFIG.format(main=main))
        monkeypatch.setenv("TEST_URL", test)
        yield Shop(folder, main, test)


def execute(url: str, sql: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.encode())


def value(url: str, query: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None


def exists(url: str, table: str) -> bool:
    return value(url, f"select to_regclass('{table}') is not null") is True


def environment() -> dict[str, str]:
    """For a command in a process of its own, run from this checkout."""
    source = Path(__file__).parents[2] / "src"
    return {**os.environ, "PYTHONPATH": str(source), "NO_COLOR": "1"}
