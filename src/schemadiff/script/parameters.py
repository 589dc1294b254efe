"""Parameters of queries as drivers and tools write them → ``$1``, as PostgreSQL does.

    :name  :'name'      psql, aiosql, SQLAlchemy, JPA        %(name)s  %s    psycopg; ``%%`` is then one percent sign
    @name               sqlc, Npgsql                         ?               JDBC, SQLite; ``??`` is then one ``?``

Several of these are SQL too: ``a[1:n]``, ``@x``, ``data ? 'key'``. Which reading is meant PostgreSQL says: it takes
only one. Owns the readings. Does not own trying them (``prepare``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from schemadiff.script.lexer import Token, tokens

OPERATOR = frozenset("+-*/<>=~!@#%^&|`?")


class Place(NamedTuple):
    """Where a parameter stands, and what it is called; each ``?`` and ``%s`` is one of its own."""

    start: int
    end: int
    name: str


def readings(text: str) -> tuple[str, ...]:
    """What a query may mean, the likely first: with named parameters, the same with each use of a name for itself, with
    ``?`` too, and as it stands."""
    found = list(tokens(text))
    named = [*_named(found, text)]
    percent = any(text[p.start] == "%" for p in named)
    marks = [*_marks(found, text)]
    first = _written(text, found, named, "%%" if percent else "")
    apart = [place._replace(name=f"{place.name} {place.start}") for place in named]
    second = _written(text, found, apart, "%%" if percent else "")
    third = _written(text, found, sorted([*apart, *marks]), "??") if marks else first
    return tuple(dict.fromkeys((first, second, third, text)))


def _named(found: Sequence[Token], text: str) -> Iterator[Place]:
    for n, token in enumerate(found):
        if token.kind == "variable" and token.text[1] != '"':
            yield Place(token.start, token.end, token.text[1:].strip("'"))
        elif (
            token.text == "@"
            and _joined(found, n, "word")
            and text[token.start - 1 : token.start] not in OPERATOR
        ):
            yield Place(token.start, found[n + 1].end, found[n + 1].text)
        elif token.text == "%" and _joined(found, n, "word") and found[n + 1].text == "s":
            yield Place(token.start, found[n + 1].end, f"%{token.start}")
        elif (
            token.text == "%"
            and _joined(found, n, "open", "word", "close", "word")
            and found[n + 4].text == "s"
        ):
            yield Place(token.start, found[n + 4].end, found[n + 2].text)


def _joined(found: Sequence[Token], n: int, *kinds: str) -> bool:
    """Whether tokens of some kinds follow one another right behind a token."""
    behind = found[n : n + 1 + len(kinds)]
    return [t.kind for t in behind[1:]] == list(kinds) and all(a.end == b.start for a, b in pairwise(behind))


def _marks(found: Sequence[Token], text: str) -> Iterator[Place]:
    for token in found:
        before, after = text[token.start - 1 : token.start], text[token.end : token.end + 1]
        if token.text == "?" and before not in ("@", "?") and after not in ("|", "&", "?"):
            yield Place(token.start, token.end, f"?{token.start}")


def _written(text: str, found: Sequence[Token], places: Sequence[Place], doubled: str) -> str:
    """The text with ``$n`` for parameters; a sign that is doubled elsewhere is meant once."""
    if not places:
        return text
    first = max((int(t.text[1:]) for t in found if t.kind == "parameter"), default=0)
    names = list(dict.fromkeys(place.name for place in places))
    numbers = {name: n for n, name in enumerate(names, first + 1)}
    parts, done = [], 0
    for place in places:
        parts += [_once(text[done : place.start], doubled), f"${numbers[place.name]}"]
        # What stands right behind a number would be read as part of it.
        parts += [" "] if text[place.end : place.end + 1].isalnum() else []
        done = place.end
    return "".join([*parts, _once(text[done:], doubled)])


def _once(text: str, doubled: str) -> str:
    return text.replace(doubled, doubled[0]) if doubled else text
