"""Quoting and joining of SQL: the only string helpers for SQL. Nothing here reads SQL."""

from __future__ import annotations

from collections.abc import Iterable


def ident(name: str) -> str:
    """A name as a quoted identifier, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'


def qualified(*names: str) -> str:
    """Names joined with dots, each quoted: ``"schema"."table"``."""
    return ".".join(map(ident, names))


def literal(text: str) -> str:
    """A text as a string constant that reads the same under any ``standard_conforming_strings``."""
    if "\\" in text:
        return " E'" + text.replace("\\", "\\\\").replace("'", "''") + "'"
    return "'" + text.replace("'", "''") + "'"


def comma(parts: Iterable[str]) -> str:
    """Parts joined with a comma and a space."""
    return ", ".join(parts)


def words(*parts: str | None) -> str:
    """The non-empty parts joined with one space."""
    return " ".join(part for part in parts if part)


def block(head: str, lines: Iterable[str], tail: str = ")") -> str:
    """``head (`` with one indented line a part, closed by ``tail``."""
    body = ",\n".join("    " + line for line in lines)
    return f"{head} (\n{body}\n{tail}" if body else f"{head} ({tail}"


def dollar(text: str) -> str:
    """A text as a dollar-quoted constant whose tag it does not hold."""
    tag = "$$"
    number = 0
    while tag in text or (text.endswith("$")):
        number += 1
        tag = f"$_{number}$"
        if tag not in text:
            break
    return f"{tag}{text}{tag}"
