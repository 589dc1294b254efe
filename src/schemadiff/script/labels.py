"""Security labels on a scratch server that lacks their provider, which is a library of the live server's.

PostgreSQL takes SECURITY LABEL only with the provider loaded. Where it is not, the object is found by COMMENT,
which names objects in the same words, and the label is written down as the provider would have it; whether the
provider accepts it, nobody can say there.
https://www.postgresql.org/docs/current/sql-security-label.html
"""

from __future__ import annotations

from itertools import islice
from secrets import token_hex
from typing import Any, NamedTuple

import psycopg

from .lexer import Token, tokens

type Connection = psycopg.Connection[Any]

FIND = "select classoid, objoid, objsubid from pg_catalog.pg_description where description = %s"
FORGET = "delete from pg_catalog.pg_seclabel where (classoid, objoid, objsubid, provider) = (%s, %s, %s, %s)"
WRITE = "insert into pg_catalog.pg_seclabel (classoid, objoid, objsubid, provider, label) values (%s, %s, %s, %s, "


class Label(NamedTuple):
    """A SECURITY LABEL statement: its provider, and what it says of the object and of the label, as written."""

    provider: str
    target: str
    label: str


def parsed(text: str) -> Label | None:
    """The label of a statement; None where it is another statement, or names no provider."""
    first = [t.word for t in islice(tokens(text), 3)]
    if first != ["security", "label", "for"]:
        return None
    _, _, _, provider, on, *rest = tokens(text)
    ends = [n for n, t in enumerate(rest) if t.word == "is"]
    if not ends or ends[-1] + 1 >= len(rest):
        return None
    end, value = rest[ends[-1]], rest[ends[-1] + 1 :]
    return Label(_provider(provider), text[on.end : end.start], text[value[0].start : value[-1].end])


def _provider(token: Token) -> str:
    return token.name or token.text[1:-1].replace("''", "'")


def execute(connection: Connection, text: str) -> str:
    """Runs a statement. The provider of a label that the server has no provider for, else ''."""
    label = parsed(text)
    if label is None:
        connection.execute(text.encode())
        return ""
    try:
        with connection.transaction():
            connection.execute(text.encode())
    except psycopg.Error as error:
        if not stood_in(connection, text, error):
            raise
        return label.provider
    return ""


def stood_in(connection: Connection, text: str, error: psycopg.Error) -> bool:
    """Writes a label down in the place of a provider that is not loaded. False where the error is another one,
    or the role has no right to."""
    label = parsed(text)
    if label is None or "security label provider" not in str(error):
        return False
    try:
        with connection.transaction():
            _write(connection, label)
    except psycopg.Error:
        return False
    return True


def _write(connection: Connection, label: Label) -> None:
    token = token_hex(16)
    with connection.transaction(force_rollback=True):
        connection.execute(f"comment on {label.target} is '{token}'".encode())
        address = connection.execute(FIND, [token]).fetchone()
    if address is None:  # of the server, not of this database
        return
    connection.execute("set local allow_system_table_mods = on")
    connection.execute(FORGET, [*address, label.provider])
    if label.label.lower() != "null":
        at = psycopg.sql.SQL(WRITE) + psycopg.sql.SQL(label.label.replace("%", "%%")) + psycopg.sql.SQL(")")
        connection.execute(at, [*address, label.provider])
