"""How an entry is spelled so that it compares: without what says nothing, in an order that says nothing. Pure.

Works on tokens, and knows of SQL only where lists begin. A list that is put in order keeps its members.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from .._trash import dropped_on
from ..script.lexer import Token, tokens
from ._entries import Entry

UNORDERED = frozenset({"with", "inherits", "options"})
"""Words before a list whose order means nothing: of parameters, of options; of parents it is that of columns."""
OWNED = frozenset({"ACL", "DEFAULT ACL"})
OPENING, CLOSING = "([", ")]"


class List(NamedTuple):
    """A list in parentheses: the tokens before it, its members, and where these begin and end in the text."""

    before: tuple[Token, ...]
    members: tuple[tuple[Token, ...], ...]
    start: int
    end: int


def lists(text: str) -> Iterator[List]:
    """The lists of a statement that are in no other."""
    depth = 0
    before: list[Token] = []
    members: list[list[Token]] = []
    start = 0
    for token in tokens(text):
        if token.text in OPENING:
            depth += 1
            if depth == 1 and token.text == "(":
                members, start = [[]], token.end
                continue
        elif token.text in CLOSING:
            depth -= 1
            if depth == 0 and token.text == ")":
                yield List(tuple(before), tuple(tuple(m) for m in members if m), start, token.start)
                before = []
                continue
        elif token.text == "," and depth == 1:
            members.append([])
            continue
        if depth and members:
            members[-1].append(token)
        else:
            before.append(token)


def members(entry: Entry, text: str) -> Sequence[tuple[Token, ...]]:
    """The columns and constraints of the statement that creates a table, else nothing."""
    found = next(lists(text), None) if entry.type in ("TABLE", "FOREIGN TABLE") else None
    return found.members if found and found.before[:1] and found.before[0].word == "create" else ()


def name_of(member: Sequence[Token]) -> tuple[str, str]:
    """What a member of a table is, ``column`` or ``constraint``, and its name."""
    if member[0].word == "constraint" and len(member) > 1:
        return "constraint", member[1].name
    return "column", member[0].name


def spelled(
    entry: Entry, *, ordered: bool, heirs: Collection[tuple[str, str]], gone: Collection[str] = ()
) -> str:
    """An entry as a text that compares. ``ordered`` says whether the order of columns counts; ``heirs`` are the tables,
    by schema and name, whose names of NOT NULL are their parents'; ``gone`` are members of it that do not count."""
    inherits = (entry.schema, entry.tag) in heirs
    texts = sorted(_statement(entry, text, ordered, inherits, gone) for text in entry.statements)
    return "\n".join([*texts, *filter(None, (entry.tablespace, entry.method))])


def _statement(entry: Entry, text: str, ordered: bool, inherits: bool, gone: Collection[str]) -> str:
    text = _with_sorted_roles(text) if entry.type == "POLICY" else text
    parts, end = [], 0
    first = True
    inherits = inherits or any(
        found.before[-1:] and found.before[-1].word == "inherits" for found in lists(text)
    )
    for found in lists(text):
        word = found.before[-1].word if found.before else ""
        table = bool(first and members(entry, text))
        first = False
        unordered = word in UNORDERED or (entry.type == "TYPE" and word == "as")
        if not (table or unordered):
            continue
        shown = [
            _member(m, text, table and inherits) for m in found.members if not (table and _is_gone(m, gone))
        ]
        parts += [text[end : found.start], ", ".join(shown if table and ordered else sorted(shown))]
        end = found.end
    return "".join([*parts, text[end:]])


def _with_sorted_roles(text: str) -> str:
    """A policy with the roles that it is for in order: pg_dump has them by names that may stand for others."""
    found = list(tokens(text))
    start = next((n + 1 for n, token in enumerate(found) if token.word == "to"), len(found))
    end = next((n for n, t in enumerate(found[start:], start) if t.word in ("using", "with")), len(found))
    roles = [token for token in found[start:end] if token.name]
    if not roles:
        return text
    return text[: roles[0].start] + ", ".join(sorted(t.text for t in roles)) + text[roles[-1].end :]


def _is_gone(member: Sequence[Token], gone: Collection[str]) -> bool:
    name = name_of(member)[1]
    return name in gone or dropped_on(name) is not None


def _member(member: Sequence[Token], text: str, unnamed: bool) -> str:
    """A member as it is written, or with its NOT NULL without a name."""
    whole = text[member[0].start : member[-1].end]
    words = [token.word for token in member]
    for n, word in enumerate(words[:-3]):
        if unnamed and word == "constraint" and words[n + 2 : n + 4] == ["not", "null"]:
            return text[member[0].start : member[n].start] + text[member[n + 2].start : member[-1].end]
    return whole


def renamed(entry: Entry, names: dict[str, str]) -> Entry:
    """The entry with some roles called otherwise."""
    texts = tuple(_with_names(text, names) for text in entry.statements) if names else entry.statements
    return replace(entry, statements=texts)


def _with_names(text: str, names: dict[str, str]) -> str:
    if not any(name in text for name in names):
        return text
    found = [t for t in tokens(text) if t.name in names]
    ends = [0, *(t.end for t in found)]
    starts = [*(t.start for t in found), len(text)]
    kept = [text[end:start] for end, start in zip(ends, starts, strict=True)]
    return kept[0] + "".join(names[t.name] + rest for t, rest in zip(found, kept[1:], strict=True))
