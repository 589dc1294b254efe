"""Migration tools as far as they read and run files: Alembic itself, the others as their documentation says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg

from schemadiff.script.lexer import TOKEN, token_end

from .programs import Programs

MARK = re.compile(r"^--\s*migrate:(up|down)[ \t]*(\S.*)?$", re.M)
ENV = """
from alembic import context
from sqlalchemy import create_engine
url = context.config.get_main_option("sqlalchemy.url")
if context.is_offline_mode():
    context.configure(url=url, dialect_opts={"paramstyle": "named"})
    with context.begin_transaction():
        context.run_migrations()
else:
    with create_engine(url).connect() as connection:
        context.configure(connection=connection)
        with context.begin_transaction():
            context.run_migrations()
"""


def connect(url: str) -> psycopg.Connection[Any]:
    return psycopg.connect(url, autocommit=True)


def dbmate(folder: Path, url: str, way: str) -> None:
    """A block runs as one message, in a transaction with what is noted of it unless it says otherwise."""
    with connect(url) as connection:
        connection.execute("create table if not exists schema_migrations (version text primary key)")
        for path in sorted(folder.glob("*.sql"), reverse=way == "down"):
            text = path.read_text()
            marks = list(MARK.finditer(text))
            assert [m[1] for m in marks] == ["up", "down"], "a line of a statement is taken for a mark"
            ends = {"up": (marks[0].start(), marks[1].start()), "down": (marks[1].start(), len(text))}
            begin, end = ends[way]
            mark = marks[0] if way == "up" else marks[1]
            version = path.name.partition("_")[0]
            if mark[2] == "transaction:false":
                connection.execute(text[begin:end].encode())
                note(connection, way, version)
                continue
            with connection.transaction():
                connection.execute(text[begin:end].encode())
                note(connection, way, version)
        connection.execute("drop table schema_migrations") if way == "down" else None


def note(connection: psycopg.Connection[Any], way: str, version: str) -> None:
    query = "insert into schema_migrations values (%s)"
    connection.execute(
        query if way == "up" else "delete from schema_migrations where version = %s", [version]
    )


def golang_migrate(folder: Path, url: str, way: str) -> None:
    """A file is one message, in no transaction but PostgreSQL's own."""
    with connect(url) as connection:
        for path in sorted(folder.glob(f"*.{way}.sql"), reverse=way == "down"):
            connection.execute(path.read_bytes())


def flyway(folder: Path, url: str, way: str) -> None:
    """A file is taken apart into statements, and runs in a transaction unless its configuration says otherwise."""
    with connect(url) as connection:
        for path in sorted(folder.glob("V*.sql" if way == "up" else "U*.sql"), reverse=way == "down"):
            conf = path.with_name(f"{path.name}.conf")
            settings = conf.read_text() if conf.exists() else ""
            text = path.read_text()
            if "placeholderReplacement=false" not in settings:
                assert "${" not in text, "no value for a placeholder"
            if "executeInTransaction=false" in settings:
                run_apart(connection, text)
            else:
                with connection.transaction():
                    run_apart(connection, text)


def run_apart(connection: psycopg.Connection[Any], text: str) -> None:
    position = begin = 0
    while found := TOKEN.match(text, position):
        position = token_end(text, found)
        if found.lastgroup == "end":
            connection.execute(text[begin : position - 1].encode())
            begin = position


def alembic(folder: Path, url: str, way: str) -> None:
    """Alembic itself, in a process of its own."""
    ini(folder, url)
    run_alembic(folder, *(["upgrade", "head"] if way == "up" else ["downgrade", "base"]))
    if way == "down":
        with connect(url) as connection:
            connection.execute("drop table alembic_version")


def alembic_offline(folder: Path, url: str, way: str, programs: Programs) -> None:
    """What it writes for somebody else to run."""
    ini(folder, url)
    arguments = ["upgrade", "head", "--sql"] if way == "up" else ["downgrade", "head:base", "--sql"]
    programs.psql(url, run_alembic(folder, *arguments))
    if way == "down":
        with connect(url) as connection:
            connection.execute("drop table if exists alembic_version")


def ini(folder: Path, url: str) -> None:
    """The files of an Alembic project whose versions are in a folder's ``versions``."""
    (folder / "env.py").write_text(ENV)
    at = url.replace("postgresql://", "postgresql+psycopg://").replace("%", "%%")
    text = f"[alembic]\nscript_location = {folder}\nsqlalchemy.url = {at}\npath_separator = os\n"
    (folder / "alembic.ini").write_text(text)


def run_alembic(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "alembic", "-c", str(folder / "alembic.ini"), *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
