"""Whether PostgreSQL can make sense of a query: it is parsed and its names are looked up, and nothing is run.

https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY
"""

from __future__ import annotations

import psycopg
from psycopg.pq import ExecStatus

from schemadiff.script.failure import pointed
from schemadiff.script.lexer import tokens
from schemadiff.script.model import Statement
from schemadiff.script.parameters import readings

_LOOKED_INTO = frozenset(
    {"select", "with", "values", "table", "insert", "update", "delete", "merge", "explain", "declare"}
)
_UNKNOWN_TYPE = "42P18"
"""All names were found, and no type for a parameter; drivers say one."""
_OF_THE_READING = ("42601", "42P08")
"""The grammar, and one parameter of two types: errors that say less of the query than others do."""


def is_query(text: str) -> bool:
    """Whether PostgreSQL looks into a statement before it runs it. Of most others it looks at the grammar alone."""
    first = next(tokens(text), None)
    return first is not None and (first.kind == "open" or first.word in _LOOKED_INTO)


def refusal(connection: psycopg.Connection, query: Statement) -> str:
    """Why PostgreSQL cannot make sense of a query: its message, behind file and line; '' where it can."""
    errors: list[tuple[bool, str]] = []
    for text in readings(query.text):
        answer = connection.pgconn.prepare(b"", text.encode())
        if answer.status == ExecStatus.COMMAND_OK:
            return ""
        error = psycopg.errors.error_from_result(answer, encoding="utf-8")
        if error.sqlstate == _UNKNOWN_TYPE:
            return ""
        errors.append((error.sqlstate in _OF_THE_READING, _message(query, text, error)))
    return min(errors, key=lambda found: found[0])[1]


def _message(query: Statement, text: str, error: psycopg.Error) -> str:
    position = int(error.diag.statement_position or 0)
    line = query.line + (text.count("\n", 0, position - 1) if position else 0)
    lines = [
        f"{query.file}:{line}: {error.diag.message_primary or str(error).strip()}",
        *pointed(text, position),
    ]
    lines += [f"HINT: {said}" for said in [error.diag.message_hint] if said]
    return "\n".join(lines)
