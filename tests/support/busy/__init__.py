"""A database in use while its schema changes: pgbench's own tables and a shop, the change, and clients that are timed.

pgbench drives the clients, so that their times are not ours; it speaks the simple protocol, which keeps no plans. A
transaction that PostgreSQL ended for a deadlock or could not serialise is tried again, and counted.
https://www.postgresql.org/docs/current/pgbench.html
"""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

HERE = Path(__file__).parent
BEFORE, AFTER, ROWS = (
    (HERE / name).read_text(encoding="utf-8") for name in ("before.sql", "after.sql", "rows.sql")
)
TRIES = 10
READS = "select count(*) from customer where id < 100; select count(*) from sale where id < 100"
NAME = "busy"
CLIENTS = (
    "select count(*) from pg_stat_activity where datname = current_database() and application_name = 'busy'"
)
END = (
    "select pg_terminate_backend(pid) from pg_stat_activity "
    "where datname = current_database() and application_name = 'busy'"
)


@dataclass(frozen=True, slots=True)
class Transaction:
    """One transaction of a client: when it ended (as time.time() has it), how many seconds it took with all its
    tries, and how many of these were in vain. ``failed`` is why it never came to its end, or empty."""

    ended: float
    seconds: float
    retries: int
    failed: str = ""


@dataclass(slots=True)
class Clients:
    """A run of pgbench; once it has ended, its transactions."""

    asked: int
    connected: int = 0
    """How many were at work to the end."""
    said: str = ""
    transactions: list[Transaction] = field(default_factory=list)

    def during(self, since: float, until: float) -> list[Transaction]:
        """Those that were under way at some time between two of time.time()."""
        return [t for t in self.transactions if t.ended >= since and t.ended - t.seconds <= until]


def fill(url: str, scale: int) -> None:
    """Makes the tables as they are before the change: 100,000 accounts, 20,000 customers and 50,000 sales for each
    unit of ``scale``."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(BEFORE.encode())
        connection.execute(ROWS.replace(":scale", str(scale)).encode())


@contextmanager
def clients(pgbench: Path, url: str, folder: Path, *, count: int, scale: int) -> Iterator[Clients]:
    """Clients that work while the block runs: the transaction of TPC-B, and one that touches each other table."""
    found = Clients(count)
    command = [pgbench, "--no-vacuum", "--client", str(count), "--jobs", "2", "--time", "3600"]
    command += ["--protocol", "simple", "--max-tries", str(TRIES), "--log", "--log-prefix", folder / NAME]
    command += ["--scale", str(scale), "--builtin", "tpcb-like@1", "--file", f"{HERE / 'touch.pgbench'}@1"]
    with (
        subprocess.Popen(
            [*map(str, command), psycopg.conninfo.make_conninfo(url, application_name=NAME)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as running,
        psycopg.connect(url, autocommit=True) as connection,
    ):
        try:
            _until_connected(connection, count, running)
            yield found
            row = connection.execute(CLIENTS.encode()).fetchone()
            found.connected = row[0] if row else 0
        finally:
            connection.execute(END.encode())  # so that pgbench ends by itself, and writes all of its log
            found.said, _ = running.communicate(timeout=60)
    for log in folder.glob(f"{NAME}.*"):
        found.transactions += map(_transaction, log.read_text().splitlines())


@contextmanager
def reading(url: str, *, seconds: float, pause: float) -> Iterator[None]:
    """Somebody who reads for longer than the others, again and again, and has locks for as long."""
    ended = threading.Event()

    def read() -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            while not ended.wait(pause):
                with connection.transaction():
                    connection.execute(READS.encode())
                    ended.wait(seconds)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        yield
    finally:
        ended.set()
        reader.join(60)


def _until_connected(connection: psycopg.Connection, count: int, running: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and running.poll() is None:
        if connection.execute(CLIENTS.encode()).fetchone() == (count,):
            return
        time.sleep(0.05)
    raise AssertionError("the clients do not start")


def _transaction(line: str) -> Transaction:
    """A line of pgbench's log: client, number, microseconds or what failed, script, seconds and microseconds of the
    day it ended, retries."""
    _, _, took, _, seconds, micro, retries = line.split()
    ended = int(seconds) + int(micro) / 1e6
    if not took.isdecimal():
        return Transaction(ended, 0.0, int(retries), took)
    return Transaction(ended, int(took) / 1e6, int(retries))
