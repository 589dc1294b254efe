"""A line to a database: a connection of libpq, and that of psycopg around it where more is asked than one question.

Owns how a line is opened and one message sent over it; what is asked is not its business.
https://www.postgresql.org/docs/current/libpq-async.html
"""

from __future__ import annotations

import select
import socket
from collections.abc import Callable
from dataclasses import dataclass

from psycopg import pq
from psycopg.errors import Error
from psycopg.pq import ConnStatus, ExecStatus, PollingStatus

from .._lazy import nothing
from ._connect import APPLICATION, Connection, PGconn, connect, ensure_readable, parameters

PATIENCE = 10.0
"""Seconds without a word from a server that is being connected to."""
USUAL = {
    "connect_timeout": "",
    "hostaddr": "",
    "load_balance_hosts": "disable",
    "service": "",
    "target_session_attrs": "any",
}
"""Where a connection string says something else of these, it is psycopg's to deal with."""

type Row = tuple[str | None, ...]


@dataclass(slots=True)
class Line:
    """An open connection. Closing it ends a transaction that is open without a round trip."""

    pgconn: PGconn
    _connection: Connection | None = None

    @property
    def connection(self) -> Connection:
        """The same as psycopg has it, in autocommit mode, in the transaction that is open."""
        if self._connection is None:
            from ._adopted import adopted

            self._connection = adopted(self.pgconn)
        return self._connection

    def close(self) -> None:
        self.pgconn.finish()


def line(url: str) -> Line:
    """A line to a libpq URL or connection string. Raises what ``connect`` does."""
    ensure_readable(url)
    if (found := _dialled(url)) is not None:
        return Line(found)
    connection = connect(url)
    return Line(connection.pgconn, connection)


def _dialled(url: str) -> PGconn | None:
    """None where the server is not there, has several hosts, or does not answer: psycopg knows what to do then and how
    to say it."""
    try:
        said = parameters(url, defaults=True)
        if any(said.get(name, usual) != usual for name, usual in USUAL.items()) or "," in said.get(
            "host", ""
        ):
            return None
        # libpq would look the host up itself, and hold up all threads meanwhile.
        asked = {"fallback_application_name": APPLICATION, **parameters(url), **_address(said)}
        return _opened(pq.PGconn.connect_start(" ".join(map(_parameter, asked.items())).encode()))
    except (Error, OSError):
        return None


def _address(said: dict[str, str]) -> dict[str, str]:
    host = said.get("host", "")
    if not host or host.startswith("/"):
        return {}
    (_, _, _, _, (address, *_)), *_ = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return {"hostaddr": str(address)}


def _parameter(said: tuple[str, str]) -> str:
    name, value = said
    quoted = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"{name}='{quoted}'"


def _opened(pgconn: PGconn) -> PGconn | None:
    wants: int = PollingStatus.WRITING
    while pgconn.status != ConnStatus.BAD and _ready(pgconn, wants, PATIENCE):
        wants = pgconn.connect_poll()
        if wants == PollingStatus.OK:
            pgconn.nonblocking = 1
            return pgconn
        if wants == PollingStatus.FAILED:
            break
    pgconn.finish()
    return None


def ask(pgconn: PGconn, text: str, meanwhile: Callable[[], object] = nothing) -> list[list[Row]] | None:
    """The rows of each statement of a message, as text; None where one of them fails. ``meanwhile`` is called while the
    server works. Raises psycopg.Error where the connection is lost."""
    pgconn.send_query(text.encode())
    while pgconn.flush():
        _ready(pgconn, PollingStatus.WRITING)
        if _ready(pgconn, PollingStatus.READING, 0):
            pgconn.consume_input()
    meanwhile()
    found: list[list[Row]] | None = []
    while (result := _next(pgconn)) is not None:
        if result.status not in (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK):
            found = None
        elif found is not None:
            found.append(_rows(result))
    return found


def _next(pgconn: PGconn) -> pq.abc.PGresult | None:
    while pgconn.is_busy():
        _ready(pgconn, PollingStatus.READING)
        pgconn.consume_input()
    return pgconn.get_result()


def _rows(result: pq.abc.PGresult) -> list[Row]:
    columns = range(result.nfields)
    return [
        tuple(_text(result.get_value(row, column)) for column in columns) for row in range(result.ntuples)
    ]


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode(errors="backslashreplace")


def _ready(pgconn: PGconn, wants: int, seconds: float | None = None) -> bool:
    """Waits until the socket can be read from or written to, no longer than so many seconds."""
    poll = select.poll()
    poll.register(pgconn.socket, select.POLLIN if wants == PollingStatus.READING else select.POLLOUT)
    return bool(poll.poll(None if seconds is None else seconds * 1000))
