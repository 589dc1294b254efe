"""The text of pg_dump → its entries: what stands below one of its headers. Pure; compares nothing.

Headers are comments, so only what stands between two statements can be one: a function's body with such lines in it
is one token of one statement.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from ..script import Statement, parse_script
from ..script.lexer import Token, tokens

HEADER, TYPE, SCHEMA, OWNER, PLACE = "-- Name: ", "; Type: ", "; Schema: ", "; Owner: ", "; Tablespace: "
PLACED = frozenset({"TABLE", "INDEX", "CONSTRAINT", "MATERIALIZED VIEW"})
METHOD = frozenset({"TABLE", "MATERIALIZED VIEW"})
SETTINGS = {"default_tablespace": "", "default_table_access_method": "heap"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its header, its statements, and where and how PostgreSQL is told to store it, as far as that is not
    the default. ``schema`` is ``-`` for what is in none; ``tag`` is its name, for some kinds with their table's."""

    type: str
    schema: str
    tag: str
    owner: str
    statements: tuple[str, ...] = ()
    tablespace: str = ""
    method: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        return self.type, self.schema, self.tag

    @property
    def called(self) -> str:
        """What messages call it: as pg_dump does, in small letters."""
        place = "" if self.schema in ("-", "") else f"{self.schema}."
        if self.type in ("COMMENT", "ACL", "SECURITY LABEL"):
            return f"{self.type.lower().replace('acl', 'privileges')} of {self.tag} in {self.schema}"
        return f"{self.type.lower()} {place}{self.tag}"


def entries(dump: str) -> tuple[Entry, ...]:
    """The entries of a dump, in its order. What stands before the first, settings of the session, is none."""
    found: list[Entry] = []
    settings = dict(SETTINGS)
    for head, statement in _headed(dump):
        first = _first(statement)
        if _is_setting(first):
            settings[first[1].word] = first[3].name or first[3].text.strip("'")
            continue
        if head is not None:
            found.append(_placed(head, settings))
        if found:
            last = found[-1]
            found[-1] = replace(last, statements=(*last.statements, statement.text))
    return tuple(found)


def _first(statement: Statement) -> tuple[Token, ...]:
    return tuple(islice(tokens(statement.text), 4))


def _is_setting(first: Sequence[Token]) -> bool:
    """``SET default_tablespace = …``, which stands below no header of its own, or below that of the entry before."""
    return len(first) == 4 and first[0].word == "set" and first[1].word in SETTINGS


def _placed(entry: Entry, settings: dict[str, str]) -> Entry:
    method = settings["default_table_access_method"]
    return replace(
        entry,
        tablespace=settings["default_tablespace"] if entry.type in PLACED else "",
        method=method if entry.type in METHOD and method != "heap" else "",
    )


def _headed(dump: str) -> Iterator[tuple[Entry | None, Statement]]:
    """The statements, each with the last header that stands between it and the one before."""
    lines = dump.split("\n")
    end, pending = 0, None
    for statement in parse_script(dump, "pg_dump").statements:
        between = [line for line in lines[end : statement.line - 1] if line.startswith(HEADER)]
        pending = _head(between[-1]) if between else pending
        end = statement.line + statement.text.count("\n")
        if _is_setting(_first(statement)):
            yield None, statement  # the header stays with the statement that follows
            continue
        yield pending, statement
        pending = None


def _head(line: str) -> Entry:
    """A header; names with these words in them are cut in the wrong place, on both sides alike."""
    rest = line.removeprefix(HEADER)
    rest, _, owner = rest.rpartition(OWNER)
    rest, _, schema = rest.rpartition(SCHEMA)
    tag, _, kind = rest.rpartition(TYPE)
    return Entry(kind, schema, tag, owner.partition(PLACE)[0])
