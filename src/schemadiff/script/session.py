"""What stays from file to file while psql reads: variables and what was found.

Owns the reading side's state. Does not own how text is read (``psql``).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from schemadiff.errors import LoadError
from schemadiff.script.model import Directive, Ignored, Script, Statement
from schemadiff.script.reader import Reader


@dataclass(slots=True)
class Session:
    """What one run of psql keeps from file to file."""

    reader: Reader
    statements: list[Statement] = field(default_factory=list)
    directives: list[Directive] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    reading: list[str] = field(default_factory=list)
    conforming: bool = True
    included: int = 0

    def read(self, path: str) -> bytes:
        """The bytes of a file; that it was looked for is kept. ``OSError`` where it cannot be read."""
        self.seen[path] = ""
        content = self.reader.read(path)
        self.seen[path] = self.files[self.reader.name(path)] = hashlib.sha256(content).hexdigest()
        return content

    def script(self) -> Script:
        return Script(
            tuple(self.statements),
            tuple(self.directives),
            tuple(self.ignored),
            tuple(self.files.items()),
            tuple(self.seen.items()),
        )


@dataclass(slots=True)
class Pending:
    """The statement that is being read; ``start`` is -1 before its first token."""

    start: int = -1
    end: int = 0
    line: int = 0
    depth: int = 0
    opened: int = 0
    bodies: int = 0
    head: tuple[str, ...] = ()
    plain: bool = False
    compound: bool = False

    @property
    def is_routine(self) -> bool:
        head = self.head[:1] + self.head[3:] if self.head[1:3] == ("or", "replace") else self.head
        return head[:1] == ("create",) and head[1:2] in (("function",), ("procedure",))


@dataclass(slots=True)
class Branch:
    """One ``\\if``: ``before`` and ``mark`` are where to go back to when this branch does not count."""

    line: int
    active: bool
    taken: bool
    before: Pending
    mark: int
    last: bool = False


def decode(content: bytes, shown: str) -> str:
    """The text of a file; ``LoadError`` where it is not UTF-8 or holds a NUL."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise LoadError(
            f"{shown}:{line}: the file is not UTF-8 (byte {error.start + 1}); save it as UTF-8, "
            "or dump it with pg_dump --encoding=UTF8",
            file=shown,
            line=line,
        ) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise LoadError(f"{shown}:{line}: the file holds a NUL character", file=shown, line=line)
    return text
