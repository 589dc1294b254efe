"""The databases of the comparison, on a server of its own that is gone at the end."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))
from support.dumps import entries
from support.own_server import OwnServer, own_server

HOST = "127.0.0.1"
ROLES = ("owner", "reader", "writer")
COUNTED = """
select format('%I.%I', n.nspname, c.relname), c.relispopulated
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'm') and n.nspname !~ '^(pg_|information_schema)'
"""


@dataclass(frozen=True)
class Server:
    """Makes, copies, fills and dumps databases."""

    own: OwnServer
    port: str

    @property
    def bin(self) -> Path:
        return self.own.bin

    @property
    def version(self) -> str:
        with psycopg.connect(self.own.url()) as connection:
            return connection.info.parameter_status("server_version") or ""

    def url(self, name: str) -> str:
        """A URL that every tool takes: not all know of sockets."""
        return f"postgresql://postgres@{HOST}:{self.port}/{name}"

    def make(self, name: str, template: str = "template0") -> None:
        """A database of this name, in place of the one that is there; nobody stays connected to the template."""
        with psycopg.connect(self.own.url(), autocommit=True) as connection:
            connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [template]
            )
            connection.execute(f'drop database if exists "{name}" with (force)'.encode())
            connection.execute(f'create database "{name}" template "{template}"'.encode())

    def drop(self, *names: str) -> None:
        with psycopg.connect(self.own.url(), autocommit=True) as connection:
            for name in names:
                connection.execute(f'drop database if exists "{name}" with (force)'.encode())

    def psql(self, name: str, script: Path) -> str:
        """Run a script statement by statement; what psql says of the first that fails, or ''."""
        command = [str(self.bin / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", self.url(name)]
        quiet = os.environ | {"PGOPTIONS": "-c client_min_messages=error"}
        done = subprocess.run(
            [*command, "-f", str(script)], capture_output=True, text=True, check=False, env=quiet
        )
        return done.stderr.strip() if done.returncode else ""

    def entries(self, name: str) -> list[str]:
        """What pg_dump writes of the schema, without an order."""
        command = [str(self.bin / "pg_dump"), "--schema-only", "-d", self.url(name)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return entries(done.stdout)

    def rows(self, name: str) -> dict[str, int]:
        """How many rows each table has; a materialized view that nothing has filled has none."""
        with psycopg.connect(self.url(name)) as connection:
            found = connection.execute(COUNTED).fetchall()
            counts = {
                table: connection.execute(f"select count(*) from {table}".encode()).fetchall()[0][0]
                for table, populated in found
                if populated
            }
            return {table: counts.get(table, 0) for table, _ in found}


@contextmanager
def server() -> Iterator[Server]:
    """A server with the roles that the pairs name; while it runs, it is the one of libpq's PGPORT."""
    port = _free_port()
    before = os.environ.get("PGPORT")
    os.environ["PGPORT"] = port
    try:
        with own_server(f"listen_addresses={HOST}", f"port={port}", "max_locks_per_transaction=1024") as own:
            with psycopg.connect(own.url(), autocommit=True) as connection:
                for role in ROLES:
                    connection.execute(f"create role app_{role}".encode())
            yield Server(own, port)
    finally:
        os.environ.pop("PGPORT")
        if before is not None:
            os.environ["PGPORT"] = before


def _free_port() -> str:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        return str(taken.getsockname()[1])
