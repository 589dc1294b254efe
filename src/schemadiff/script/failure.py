"""From an error of PostgreSQL's to the ``LoadError`` that names the file, the line and the cure.

Owns the wording. Does not own when a load fails (``run``).
"""

from __future__ import annotations

from collections.abc import Sequence

import psycopg

from schemadiff.errors import LoadError
from schemadiff.script.classify import extension, holds_secrets, is_create_public, is_setting
from schemadiff.script.lexer import tokens
from schemadiff.script.model import Statement
from schemadiff.sqltext import without

_WIDTH = 100
_MISSING_RELATION_OR_FUNCTION = ("42P01", "42883")
_UNDEFINED_OBJECT = "42704"
_NO_EXTENSION = ("58P01", "0A000")
_NO_DEFAULT = 'invalid value for parameter "default_tablespace"'
_DUPLICATE_OBJECT = "42710"


def failure(statement: Statement, error: psycopg.Error) -> LoadError:
    """The error of a statement, in PostgreSQL's words, with the place that it points to."""
    position = int(error.diag.statement_position or 0)
    secretive = holds_secrets(statement.text)
    line = statement.line + (statement.text.count("\n", 0, position - 1) if position else 0)
    lines = [error.diag.message_primary or str(error).strip()]
    lines += [] if secretive else pointed(statement.text, position)
    for label, said in (("DETAIL", error.diag.message_detail), ("HINT", error.diag.message_hint)):
        lines += [f"{label}: {said}"] if said else []
    if error.diag.context and not position:
        lines.append(f"CONTEXT: {error.diag.context}")
    if secretive:
        lines = [_without_strings(said, statement.text) for said in lines]
    lines += [f"hint: {said}" for said in [cure(statement, error)] if said]
    return LoadError(
        "\n".join([f"{statement.file}:{line}: {lines[0]}", *lines[1:]]),
        file=statement.file,
        line=line,
        statement="" if secretive else statement.text,
        sqlstate=error.sqlstate or "",
    )


def _without_strings(message: str, text: str) -> str:
    """A message about a statement that may hold a password: with none of its strings, nor of their words."""
    strings = [token.text.strip("'") for token in tokens(text) if token.text.endswith("'")]
    return without(message, strings)


def quotable(statement: Statement, error: psycopg.Error) -> psycopg.Error | None:
    """The error as the cause that a traceback shows; it quotes the statement, so none where that has a secret."""
    return None if holds_secrets(statement.text) else error


def lost(statements: Sequence[Statement], error: psycopg.Error) -> LoadError:
    """The error of a connection that ended while several statements were on their way."""
    first, last = statements[0], statements[-1]
    reason = error.diag.message_primary or str(error).strip()
    return LoadError(
        f"{first.file}:{first.line}: the server closed the connection while it ran the statements from here "
        f"to {last.file}:{last.line}: {reason}",
        file=first.file,
        line=first.line,
        statement="" if holds_secrets(first.text) else first.text,
        sqlstate=error.sqlstate or "",
    )


def pointed(text: str, position: int) -> list[str]:
    """The line that a 1-based position in characters points to, and a caret below; of a long line, a part."""
    if not position:
        return []
    index = min(position - 1, len(text))
    start = text.rfind("\n", 0, index) + 1
    end = text.find("\n", start)
    line = text[start : end if end >= 0 else len(text)].rstrip("\r").replace("\t", " ")
    column = index - start
    cut = max(0, column - _WIDTH * 2 // 3) if len(line) > _WIDTH else 0
    return ["    " + line[cut : cut + _WIDTH], "    " + " " * (column - cut) + "^"]


def cure(statement: Statement, error: psycopg.Error) -> str:
    """What to do about it, where that is known."""
    message = error.diag.message_primary or ""
    wanted = extension(statement.text)
    if wanted and (error.sqlstate in _NO_EXTENSION or message.startswith("could not load library")):
        return (
            f'the scratch server does not have extension "{wanted}": point --scratch at a server that has '
            "it (a URL, or the bin folder of its PostgreSQL)"
        )
    if place := missing_tablespace(error):
        return (
            f'the scratch server has no tablespace "{place}", and only servers that schemadiff has started get '
            "those that a source names: leave --scratch out, or create it there"
        )
    if error.sqlstate in _MISSING_RELATION_OR_FUNCTION or (
        error.sqlstate == _UNDEFINED_OBJECT and message.startswith("type ")
    ):
        return (
            "is it defined later in the file, or does an extension that "
            f"{statement.file} does not create provide it?"
        )
    if error.sqlstate == _DUPLICATE_OBJECT and message.startswith('role "'):
        return (
            "roles outlive a scratch database: create the role with a plain CREATE ROLE, or if it is missing"
        )
    return ""


def missing_role(error: psycopg.Error) -> str:
    """The role that a statement failed for the lack of, else nothing."""
    known = error.sqlstate in (_UNDEFINED_OBJECT, "22023")
    return _between('role "', error.diag.message_primary or "", '" does not exist') if known else ""


def missing_tablespace(error: psycopg.Error) -> str:
    """The same of a tablespace; of a setting, the detail of the error says it."""
    message, detail = error.diag.message_primary or "", error.diag.message_detail or ""
    if error.sqlstate == "22023" and message.startswith(_NO_DEFAULT):
        return _between('Tablespace "', detail, '" does not exist.')
    return (
        _between('tablespace "', message, '" does not exist') if error.sqlstate == _UNDEFINED_OBJECT else ""
    )


def _between(start: str, text: str, end: str) -> str:
    found = text.startswith(start) and text.endswith(end)
    return text[len(start) : -len(end)] if found else ""


def is_dispensable(statement: Statement, error: psycopg.Error) -> bool:
    """Whether a schema can do without the statement that failed: a setting of a newer PostgreSQL, and the schema
    ``public``, which is there."""
    message = error.diag.message_primary or ""
    if error.sqlstate == "42P06":
        return is_create_public(statement.text)
    unknown = error.sqlstate == "42704" and message.startswith("unrecognized configuration parameter")
    return is_setting(statement.text) and unknown
