"""Plans as SQL files for psql, and whole schemas as one SQL file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from .._plan import Script
from ..script.lexer import Token, tokens
from ..sqltext import comment

STOP = "\\set ON_ERROR_STOP on\n"
UNFIT = (
    "\\warn 'This script lacks the secrets that it sets, so nothing of it was run; the files of plan --out have them.'\n"
    "\\quit\n"
)

LONGEST = ("create", "or", "replace", "function")
ROUTINES = frozenset({"function", "procedure"})


def migration(script: Script) -> str:
    """A script as a file for ``psql -f``: stops at the first error."""
    return STOP + script.text(lambda step: for_psql(step.sql))


def printed(script: Script) -> str:
    """A script for whoever reads it, without secrets. Where it lacks one, psql runs nothing of it."""
    if not script.secret:
        return migration(script)
    return f"{STOP}{UNFIT}{script.text(lambda step: for_psql(step.display))}"


def schema(script: Script, name: str) -> str:
    """The steps that make everything in an empty database as a ``schema.sql``: one statement after the other.

    It has no transaction of its own, so that psql's ``-1`` can give it one. A secret is left open in it, as
    a source may leave it: ``'***'``."""
    lines = [comment(f"The schema of {name}."), "-- Names are qualified: the search path is empty here.", ""]
    lines += ["set search_path = '';", "set check_function_bodies = off;"]
    for before, step in zip((None, *script.steps), script.steps, strict=False):
        apart = before is None or "\n" in step.sql + before.sql or before.id.kind != step.id.kind
        lines += ["", f"{for_psql(step.display)};"] if apart else [f"{for_psql(step.display)};"]
    return "\n".join(lines) + "\n"


def for_psql(sql: str) -> str:
    """The same statement where psql takes it for something else: a slice's ``[1:n]`` for a variable, and a name
    ``begin`` in the statement of a function for the start of a body.

    psqlscan.l has these rules; see "Variables" and "SQL Interpolation" in psql's manual page."""
    if ":" not in sql.replace("::", "") and "begin" not in sql:
        return sql
    found = sorted(_mended(tokens(sql)))
    ends = [0, *(end for _, end, _ in found)]
    starts = [*(start for start, _, _ in found), len(sql)]
    kept = [sql[end:start] for end, start in zip(ends, starts, strict=True)]
    return kept[0] + "".join(new + rest for (_, _, new), rest in zip(found, kept[1:], strict=True))


def _mended(found: Iterator[Token]) -> Iterator[tuple[int, int, str]]:
    """What stands where, and what should: pieces of the text that psql would not leave as they are."""
    head: list[str] = []
    depth = bodies = 0
    for token, after in pairwise((*found, Token("end", "", 0, 0))):
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        routine = not depth and head[:1] == ["create"] and not ROUTINES.isdisjoint(head)
        if token.kind == "end" and not depth and not bodies:
            head = []
        elif token.word and len(head) < len(LONGEST):
            head.append(token.word)
        if token.kind == "variable":
            yield token.start, token.start + 1, ": "
        elif routine and token.word == "begin" and after.word != "atomic":
            yield token.start, token.end, '"begin"'
        elif routine:
            bodies += _opens(token.word, bodies)


def _opens(word: str, bodies: int) -> int:
    """How many bodies a word of a routine's statement opens; CASE ends with END too."""
    if word == "begin" or (word == "case" and bodies):
        return 1
    return -1 if word == "end" and bodies else 0
