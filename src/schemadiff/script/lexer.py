"""Tokens of SQL as psql sees them: enough to know where a statement ends, and no grammar.

The rules are those of psql's own scanner, ``src/fe_utils/psqlscan.l``, which mirrors the server's
``scan.l`` ("Lexical Structure" in the manual). Libraries for this know the server's grammar, which has
neither backslash commands, nor variables, nor rows between two statements. Regular expressions name
tokens here, as flex does there; what statements mean is learnt from the tokens.

Owns token boundaries. Does not own statements, commands and variables (``psql``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

LETTER = r"[^\x00-@\[-^`{-\x7f]"
"""A-Z, a-z, _ and all that is not ASCII; said by what it is not, since ``re`` compiles a range to the end of Unicode for
as long as many commands take."""
LETTER_OR_DIGIT = r"[^\x00-/:-@\[-^`{-\x7f]"
_WORD = rf"{LETTER}[^\x00-#%-/:-@\[-^`{{-\x7f]*+"
_VARIABLE = rf"{LETTER_OR_DIGIT}++"

TOKEN = re.compile(
    rf"""
      (?P<space>[ \t\n\r\f\v]++)
    | (?P<comment>--[^\n\r]*+)
    | (?P<block>/\*)
    | (?P<escapes>[eE]')
    | (?P<string>(?:[nNbBxX]|[uU]&)?')
    | (?P<quoted>(?:[uU]&)?")
    | (?P<dollar>\$(?:{LETTER}{LETTER_OR_DIGIT}*+)?\$)
    | (?P<word>{_WORD})
    | (?P<number>[0-9]++(?:{_WORD})?)
    | (?P<parameter>\$[0-9]++)
    | (?P<pair>::|:=)
    | (?P<variable>:(?:{_VARIABLE}|'{_VARIABLE}'|"{_VARIABLE}"|\{{\?{_VARIABLE}\}}))
    | (?P<open>\()
    | (?P<close>\))
    | (?P<end>;)
    | (?P<forced>\\[;:])
    | (?P<backslash>\\)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)

PLAIN = re.compile(rf"(?:[ \t\n\r\f\v]*+(?:[,.=<>+*]|{_WORD}(?!['\"&])|[0-9]++(?:{_WORD})?(?!['\"&]))++)++")
"""A run of tokens that neither open, close nor end anything; only to get over them fast."""

_STRING_REST = re.compile(r"(?:[^']++|'')*+'")
_ESCAPES_REST = re.compile(r"(?:[^'\\]++|\\.|'')*+'", re.DOTALL)
_QUOTED_REST = re.compile(r'(?:[^"]++|"")*+"')
_BLOCK_EDGE = re.compile(r"/\*|\*/")
_CONTINUED = re.compile(r"(?:[ \t\f\v]|--[^\n\r]*+)*+[\n\r](?:[ \t\n\r\f\v]|--[^\n\r]*+(?=[\n\r]))*+'")

OPENED_BY = {
    "block": "comment",
    "escapes": "quoted string",
    "string": "quoted string",
    "quoted": "quoted name",
    "dollar": "dollar-quoted string",
}


class Token(NamedTuple):
    """One token: ``kind`` is a group of ``TOKEN``; ``text`` as written; ``start`` and ``end`` offsets."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        """The key word or unquoted name in lower case, else the empty text."""
        return self.text.lower() if self.kind == "word" else ""

    @property
    def name(self) -> str:
        """What PostgreSQL makes of a name: quoted as written, else ASCII folded to lower case.

        Unicode escapes of ``U&"…"`` are left as they are.
        """
        if self.kind == "quoted":
            return self.text[self.text.index('"') + 1 : -1].replace('""', '"')
        return fold(self.text) if self.kind == "word" else ""


def fold(name: str) -> str:
    """An unquoted name as PostgreSQL folds it in UTF-8: ASCII letters alone."""
    return "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in name)


def token_end(text: str, opened: re.Match[str], conforming: bool = True) -> int:
    """Where the token that ``opened`` begins ends, or -1 where the text ends inside of it.

    ``conforming`` is ``standard_conforming_strings``: without it a backslash escapes in ``'…'`` too.
    """
    kind, start = opened.lastgroup, opened.end()
    if kind == "string":
        if not conforming and len(opened[0]) == 1:
            return _escapes_end(text, start)
        return _rest(_STRING_REST, text, start)
    if kind == "escapes":
        return _escapes_end(text, start)
    if kind == "quoted":
        return _rest(_QUOTED_REST, text, start)
    if kind == "dollar":
        found = text.find(opened[0], start)
        return found + len(opened[0]) if found >= 0 else -1
    return _block_end(text, start) if kind == "block" else start


def _rest(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else -1


def _escapes_end(text: str, start: int) -> int:
    """A string goes on after a line break ('a'⏎'b'), and the second part escapes like the first."""
    end = _rest(_ESCAPES_REST, text, start)
    while end >= 0 and (more := _CONTINUED.match(text, end)):
        end = _rest(_ESCAPES_REST, text, more.end())
    return end


def _block_end(text: str, start: int) -> int:
    """Comments nest."""
    depth = 1
    while edge := _BLOCK_EDGE.search(text, start):
        depth += 1 if edge[0] == "/*" else -1
        start = edge.end()
        if not depth:
            return start
    return -1


def tokens(text: str) -> Iterator[Token]:
    """The tokens of one statement, without white space and comments; stops where a quote stays open."""
    position = 0
    while opened := TOKEN.match(text, position):
        position = token_end(text, opened)
        if position < 0:
            return
        if opened.lastgroup not in ("space", "comment", "block"):
            yield Token(opened.lastgroup or "", text[opened.start() : position], opened.start(), position)
