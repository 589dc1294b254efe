"""A database at a schema, made once and copied for whoever wants a fresh one (``create database … template …``).

Owns the template, its copies, and how one is connected to. Of the tests that want them it knows nothing.
https://www.postgresql.org/docs/current/manage-ag-templatedbs.html
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from .scratch import ScratchServer, scratch_server
from .scratch.server import connect

if TYPE_CHECKING:
    import psycopg
    from sqlalchemy import Engine

    from .sources import Reader


@dataclass(frozen=True)
class Database:
    """A fresh database. What it has opened is closed before it is dropped."""

    url: str = field(repr=False)
    """For libpq: psycopg, psql."""
    _opened: ExitStack = field(repr=False)

    @property
    def sqlalchemy_url(self) -> str:
        """The same for SQLAlchemy."""
        return f"postgresql+psycopg://{self.url.partition('://')[2]}"

    @cached_property
    def connection(self) -> psycopg.Connection:
        """A connection of psycopg, opened when it is first asked for. Others see what it has committed."""
        import psycopg

        return self._opened.enter_context(psycopg.connect(self.url))

    @cached_property
    def engine(self) -> Engine:
        """An engine of SQLAlchemy, made when it is first asked for."""
        from sqlalchemy import create_engine

        made = create_engine(self.sqlalchemy_url)
        self._opened.callback(made.dispose)
        return made


@dataclass(frozen=True, slots=True)
class Template:
    """A database that nobody is connected to, on a scratch server."""

    server: ScratchServer
    name: str
    _through: psycopg.Connection = field(repr=False)
    """What copies are made and dropped through: a new connection for each would take longer than the copy."""
    completion: tuple[str, ...] = ()
    """Statements for what PostgreSQL does not copy: the settings of a database."""

    @contextmanager
    def database(self) -> Iterator[Database]:
        """A copy, dropped at the end with whoever is connected. Takes some milliseconds, more with many rows."""
        with self.server.database(template=self.name, through=self._through) as url:
            _run(url, self.completion)
            with ExitStack() as opened:
                yield Database(url, opened)


@contextmanager
def template(schema: str, rows: str | None = None, scratch: str | None = None) -> Iterator[Template]:
    """A template with the schema of any source, and the rows that a ``.sql`` file inserts.

    ``scratch`` says where the server comes from, as everywhere. Raises what reading a source raises, and ScratchError.
    """
    from ._compile import load_script
    from .sources import Reader, source

    reader, wanted = Reader(scratch), source(schema)
    with scratch_server(scratch) as server, ExitStack() as made:
        if wanted.in_files or wanted.kind == "metadata":
            url = made.enter_context(server.database())
            load_script(reader.files(wanted).read(), server, url)
        else:
            url = made.enter_context(_copied(server, reader, schema))
        if rows is not None:
            load_script(reader.files(source(rows)).read(), server, url)
        through = made.enter_context(connect(server.url(server.maintenance)))
        bare = Template(server, _name(url), through)
        yield replace(bare, completion=_lacking(bare, url))


@contextmanager
def _copied(server: ScratchServer, reader: Reader, schema: str) -> Iterator[str]:
    """A database with the schema of a source that is no script, as its URL."""
    from ._pair import on_major
    from .prove import clone
    from .sources import source

    found = on_major(reader.read(source(schema), server.major), server.major, reader)
    with clone(found, server, found.server.role) as connection:
        url = server.url(connection.info.dbname)
        connection.close()
        yield url


def _name(url: str) -> str:
    from psycopg import conninfo

    return str(conninfo.conninfo_to_dict(url)["dbname"])


def _lacking(made: Template, url: str) -> tuple[str, ...]:
    """What makes a copy of the database like it: PostgreSQL leaves out its settings, if it has any."""
    import psycopg

    from .catalog import read_catalog
    from .engine import steps

    query = "select from pg_db_role_setting where setdatabase in (select oid from pg_database where datname = current_database())"
    with psycopg.connect(url) as connection:
        if connection.execute(query).fetchone() is None:
            return ()
    with made.database() as copy:
        return tuple(step.sql for step in steps(read_catalog(copy.url), read_catalog(url)))


def _run(url: str, statements: tuple[str, ...]) -> None:
    """Runs statements where there are any."""
    if not statements:
        return
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        for sql in statements:
            connection.execute(sql.encode())
