"""What a ``.sql`` source says: statements, directives, and the files that they came from.

Owns the values. Does not own how they are found (``psql``) or run (``run``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Statement:
    """One SQL statement as it is sent to the server.

    ``text`` runs from its first token to its last, without the ``;`` that ends it; comments inside stay,
    so that a position of PostgreSQL's finds its line. ``line`` is the 1-based line of ``file`` where the
    first token stands. ``copy_data`` holds the rows that follow a ``COPY … FROM stdin``. ``compound``
    says that ``text`` is several statements, joined with psql's ``\\;``.
    """

    text: str
    file: str
    line: int
    copy_data: str | None = None
    compound: bool = False


@dataclass(frozen=True, slots=True)
class Directive:
    """A comment ``-- schemadiff: text``, or one of another tool's that says the same.

    ``statement`` is the index in ``Script.statements`` of the statement that it stands above, in, or behind
    on the same line, and None where there is none. ``offset`` is its line within that statement (0 is the
    first), None above or behind it. ``before`` is the first name or key word after it, folded as PostgreSQL
    folds names: in a table, the column that it stands above. ``trailing`` says that something stands before
    it on its line, which is what it is about.
    """

    text: str
    file: str
    line: int
    statement: int | None = None
    offset: int | None = None
    before: str = ""
    trailing: bool = False


@dataclass(frozen=True, slots=True)
class Ignored:
    """Something that the source says and a scratch database has no use for, and why."""

    text: str
    file: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Script:
    """All that a source says, in the order in which psql would run it.

    ``files`` has every file that was read, included ones too: its path relative to the source, and the
    SHA-256 of its bytes. ``seen`` has the paths that were looked for, with the same, or nothing where
    there is no such file: as long as these hold, the script is the same.
    """

    statements: tuple[Statement, ...] = ()
    directives: tuple[Directive, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    seen: tuple[tuple[str, str], ...] = ()

    def digest(self) -> str:
        """SHA-256 in hex over the names and contents of all files: same source, same digest, anywhere."""
        lines = "".join(f"{len(name)} {name} {content}\n" for name, content in self.files)
        return hashlib.sha256(lines.encode(errors="surrogateescape")).hexdigest()


class Made(NamedTuple):
    """Something that a statement made: its address in ``pg_depend``, and for an enum's label that label. With a
    facet it is the comment, security_label or owner of what has the address."""

    catalog: int
    oid: int
    sub: int
    label: str | None = None
    facet: str | None = None


class Location(NamedTuple):
    """Where something stands: a file as it is shown, and a 1-based line of it."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What became of a script: how many statements ran, what was left out, which roles it asked for, and
    what the statements that were watched made."""

    executed: int = 0
    rows_ignored: int = 0
    ignored: tuple[Ignored, ...] = ()
    roles: tuple[str, ...] = ()
    made: Mapping[int, frozenset[Made]] = MappingProxyType({})
