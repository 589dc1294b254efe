"""What directives say, and which part of a statement they are about.

    -- schemadiff: renamed from old_name        also: -- @renamed from=old_name
    -- schemadiff: map 'old' to 'new'                 -- atlas:renamed_from old_name
    -- schemadiff: ignore RULE reason

A directive stands on a line of its own above what it is about, or behind it on the same line. Owns their
words and places. Does not own which object stands there: PostgreSQL says what a statement made (``run``).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import dropwhile
from typing import Literal

from schemadiff.errors import LoadError
from schemadiff.script.lexer import Token, tokens
from schemadiff.script.model import Directive, Statement

OURS, SQLDEF, ATLAS = "schemadiff:", "@renamed", "atlas:renamed_from"
FORMS = (
    "-- schemadiff: renamed from old_name, -- schemadiff: map 'old' to 'new' for a label of an enum, or "
    "-- schemadiff: ignore RULE reason"
)


@dataclass(frozen=True, slots=True)
class Renamed:
    """``old`` is the old name as PostgreSQL folds it, qualified or not; ``label`` the same as a label of an
    enum, which is not folded."""

    old: tuple[str, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Mapped:
    """Rows with the label ``old`` get ``new``."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Unmeant:
    """A rule of ``lint`` is not meant here, for a reason."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Place:
    """What a directive is about: all that its statement makes, or one part of it by name."""

    what: Literal["statement", "element", "constraint", "label"]
    name: str = ""


def spelled(comment: str) -> str | None:
    """The text of a comment that is a directive, in our own words; None for any other comment."""
    if comment.startswith(OURS):
        return comment.removeprefix(OURS).strip()
    if comment.startswith(ATLAS):
        return f"renamed from {comment.removeprefix(ATLAS).strip()}"
    head, equals, name = comment.partition("=")
    if equals and head.split() == [SQLDEF, "from"]:
        return f"renamed from {name.strip()}"
    return None


def said(directive: Directive) -> Renamed | Mapped | Unmeant:
    """What a directive means. Raises LoadError where it means nothing."""
    if directive.text.split(maxsplit=1)[:1] == ["ignore"]:
        return _unmeant(directive)
    found = list(tokens(directive.text))
    match [token.word or token.kind for token in found]:
        case ["renamed", "from", *_] if name := _name(found[2:]):
            return Renamed(tuple(_folded(t) for t in name), _label(name[-1]))
        case ["map", "string" | "escapes", "to", "string" | "escapes"]:
            return Mapped(_label(found[1]), _label(found[3]))
    raise failed(directive, f"'{directive.text}' is no directive; write {FORMS}")


def _unmeant(directive: Directive) -> Unmeant:
    _, *rest = directive.text.split(maxsplit=2)
    if len(rest) < 2:
        raise failed(
            directive, f"'{directive.text}' gives no reason; write -- schemadiff: ignore RULE reason"
        )
    return Unmeant(*rest)


def _name(found: list[Token]) -> list[Token]:
    """The parts of a name that is all there is, else nothing."""
    parts, dots = found[::2], found[1::2]
    plain = all(t.kind in ("word", "quoted", "string") for t in parts) and all(t.text == "." for t in dots)
    return parts if plain and len(parts) == len(dots) + 1 else []


def _folded(token: Token) -> str:
    return token.name or _label(token)


def _label(token: Token) -> str:
    if token.kind == "string":
        return token.text[token.text.index("'") + 1 : -1].replace("''", "'")
    return token.name if token.kind == "quoted" else token.text


def place(directive: Directive, statement: Statement) -> Place:
    """Where a directive stands. Raises LoadError where nothing with a name stands there."""
    if directive.offset is None or (directive.trailing and directive.offset == 0):
        return Place("statement")
    lines = statement.text.split("\n")
    text = lines[directive.offset] if directive.trailing else "\n".join(lines[directive.offset + 1 :])
    found = _element(text, alters=statement.text[:5].lower() == "alter")
    if found is None:
        raise failed(directive, "no column, constraint, attribute or label stands here")
    return found


def _element(text: str, *, alters: bool) -> Place | None:
    """The part of a statement that begins here: ``name …``, ``constraint name …``, ``'label'``, or these
    behind ADD."""
    rest = dropwhile(lambda t: t.kind in ("open", "close") or t.text == ",", tokens(text))
    found = [token for token, _ in zip(rest, range(8), strict=False)]
    if alters and found and found[0].word == "add":
        found = found[1:]
        if found and found[0].word in ("column", "attribute", "value"):
            found = found[1:]
        if [t.word for t in found[:3]] == ["if", "not", "exists"]:
            found = found[3:]
    match found:
        case [first, name, *_] if first.word == "constraint" and name.name:
            return Place("constraint", name.name)
        case [first, *_] if first.kind == "string":
            return Place("label", _label(first))
        case [first, *_] if first.name:
            return Place("element", first.name)
    return None


def failed(directive: Directive, message: str) -> LoadError:
    """The error of a directive, with its place."""
    return LoadError(
        f"{directive.file}:{directive.line}: {message}", file=directive.file, line=directive.line
    )
