"""A connection of psycopg around one of libpq that is open already."""

from __future__ import annotations

from typing import Any

import psycopg

from ._connect import Connection, PGconn


class _Adopted(psycopg.Connection[Any]):
    def __init__(self, pgconn: PGconn) -> None:
        super().__init__(pgconn)
        # To set the property is refused in a transaction, and one is open.
        self._autocommit = True


def adopted(pgconn: PGconn) -> Connection:
    """In autocommit mode; a transaction that is open stays so."""
    return _Adopted(pgconn)
