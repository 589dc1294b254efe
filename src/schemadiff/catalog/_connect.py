"""Connecting to a database, what it is asked under, and what it is called in messages: never with its password.

https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING
"""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.errors import Error
from psycopg.pq import Conninfo, abc

from ..errors import ConnectError

type Connection = psycopg.Connection[Any]
type PGconn = abc.PGconn
"""A connection of libpq, which one of psycopg is around."""

SNAPSHOT = "isolation level repeatable read, read only"
SETTINGS = (
    "set local search_path = ''",
    "set local statement_timeout = 0",
    "set local jit = off",
    "set local default_transaction_deferrable = off",
    "set local synchronize_seqscans = off",
)
"""What no answer may depend on; rows come in the order in which they are stored."""
UNREADABLE = "a database URL that cannot be read"
APPLICATION = "schemadiff"


def connect(url: str) -> Connection:
    """A connection in autocommit mode to a libpq URL or connection string.

    Raises ConnectError with the database and the server's own reason, or what ``ensure_readable`` does."""
    name = ensure_readable(url)
    try:
        return psycopg.connect(url, autocommit=True, fallback_application_name=APPLICATION)
    except Error as error:
        raise ConnectError(f"{name}: cannot connect: {str(error).strip()}") from None


def ensure_readable(url: str) -> str:
    """What a database is called in messages. Raises ConnectError for a URL that cannot be read, of which no part is
    shown: what was taken for a host or a port may be the end of a password."""
    name = masked(url)
    if name == UNREADABLE:
        raise ConnectError(
            f"{name}: write postgresql://USER:PASSWORD@HOST:PORT/DATABASE, and % @ / ? # : in a password as "
            "%25 %40 %2F %3F %23 %3A; or leave the password to PGPASSWORD or a password file"
        )
    return name


def parameters(url: str, *, defaults: bool = False) -> dict[str, str]:
    """What a libpq URL or connection string says, and with ``defaults`` what the environment and libpq say where it says
    nothing. Raises psycopg.Error where it is neither."""
    found = [*(Conninfo.get_defaults() if defaults else ()), *Conninfo.parse(url.encode())]
    return {option.keyword.decode(): option.val.decode() for option in found if option.val is not None}


def masked(url: str) -> str:
    """A URL without its password, for messages and files."""
    try:
        parts = parameters(url)
    except Error:
        return UNREADABLE
    host, port = parts.get("host", ""), parts.get("port", "")
    if "@" in host or (not port.replace(",", "").isdecimal() and port):
        return UNREADABLE
    where = f"{parts.get('user', '')}@" if parts.get("user") else ""
    named = parts.get("dbname") or parts.get("service") or ""
    return f"postgresql://{where}{'' if host.startswith('/') else host}{f':{port}' if port else ''}/{named}"
