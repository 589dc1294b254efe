"""Expressions that PostgreSQL spells in two ways: a text that lasts, and one spelling to compare by.

``level in ('a', 'b')`` on a ``varchar`` column is stored as an array of varchar that is cast to ``text[]`` as
a whole, and deparsed as ``(ARRAY['a'::character varying, …])::text[]``. PostgreSQL reads that text back as
casts of the single elements, deparsed as ``ARRAY[('a'::character varying)::text, …]``: a dump and its restore
differ. A catalog holds the first as ``((ARRAY['a'::character varying, …])::character varying[])::text[]``, which
PostgreSQL stores as it was, and the second as it is; compared, both are the first.

``x in (a, b, c)`` of columns is stored as ``(((x = a) OR (x = b)) OR (x = c))``, and PostgreSQL reads that
text back as ``((x = a) OR (x = b) OR (x = c))``. No text but the list leads to the first; a catalog holds the second.

The column of ``select 'a'`` in a subquery or a function's body has no name, and is deparsed as ``SELECT 'a'::text``.
PostgreSQL calls it after the type once it has read that text back: ``SELECT 'a'::text AS text``. A catalog holds the
first for both, which leads to the second.

Walks characters and quotes; no expression is understood beyond these three patterns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from ..kinds import kinds
from ..model import Catalog, Id, Row, attribute_names

OPEN = "ARRAY["
INNER, OUTER = "::character varying", "::text"
CAST = "])::text[]"
NAMED = " AS "
ENDS = ("", ",", ")", ";", "\n", " ")
TYPE_NAMES = {
    "smallint": "int2", "integer": "int4", "bigint": "int8", "real": "float4", "double precision": "float8",
    "boolean": "bool", "character varying": "varchar", "character": "bpchar", "bit varying": "varbit",
    "time without time zone": "time", "time with time zone": "timetz",
    "timestamp without time zone": "timestamp", "timestamp with time zone": "timestamptz",
}  # fmt: skip
"""What ``format_type`` calls by another name than pg_type does."""
LONGEST_TYPE = 200
"""Letters that ``::`` and the type behind it have at most: two quoted names, a limit, an array."""
CHAINS = (" OR ", " AND ")
EXPRESSION = ("Expression", "Expression | None")

type Found = tuple[int, int, list[str]]
"""Where an array with its cast stands in a text, and its elements without the cast."""


def lasting(text: str) -> str:
    """The deparsed text in a spelling that PostgreSQL deparses in the same way once it has read it."""
    return _unnamed(_flat(_respelled(text, _cast_whole)))


def one_spelling(text: str) -> str:
    """The same for both ways to store it."""
    return _respelled(text, lambda *array: _cast_whole(*array) or _cast_singly(*array))


def spelled_alike(catalog: Catalog, other: Catalog) -> Catalog:
    """The catalog with the other's text for each expression that differs from it in its spelling alone."""
    mine, theirs, found = catalog.facts.rows, other.facts.rows, []
    for i in catalog.facts.unlike(other.facts):
        row, there = mine.get(i), theirs.get(i)
        if row is None or there is None:
            continue
        places = _respellable(i, row)
        taken = {name: there[0][n] for n, name in places if _is_same(row[0][n], there[0][n])}
        found += [replace(catalog.facts[i], **taken)] if taken else []
    return catalog.but(found) if found else catalog


def _is_same(text: str, other: str | None) -> bool:
    return other is not None and text != other and one_spelling(text) == one_spelling(other)


def compared(i: Id, row: Row) -> tuple[Any, ...]:
    """The compared values of a row, each expression in its one spelling."""
    values = row[0]
    if not expressions(i[0]):
        return values
    spelled = {n: one_spelling(values[n]) for n, _ in _respellable(i, row)}
    return tuple(spelled.get(n, v) for n, v in enumerate(values)) if spelled else values


def _respellable(i: Id, row: Row) -> Sequence[tuple[int, str]]:
    """Where a row has expressions that there may be another spelling of, and what they are called."""
    places = expressions(i.kind)
    return [place for place in places if (text := row[0][place[0]]) and OPEN in text] if places else ()


@cache
def expressions(kind: str) -> tuple[tuple[int, str], ...]:
    """Where expressions stand among the compared values of the facts of a kind, and what they are called."""
    fact = kinds()[kind].fact
    names, fields = attribute_names(fact).compared, fact.__dataclass_fields__
    return tuple((n, name) for n, name in enumerate(names, 1) if fields[name].type in EXPRESSION)


def _respelled(text: str, find: Callable[[str, int, int], Found | None]) -> str:
    if OPEN not in text:
        return text
    parts: list[str] = []
    done = 0
    for opening, closing in _arrays(text):
        found = find(text, opening, closing)
        if found is None or found[0] < done:
            continue
        start, end, elements = found
        parts += [text[done:start], f"((ARRAY[{', '.join(elements)}])::character varying[])::text[]"]
        done = end
    return "".join([*parts, text[done:]])


def _flat(text: str) -> str:
    """Without the parentheses around a chain of AND or OR that is the first part of another such chain."""
    if ")) OR (" not in text and ")) AND (" not in text:
        return text
    gone: list[int] = []
    stack: list[tuple[int, str]] = []
    position = 0
    while position < len(text):
        character = text[position]
        if character in "'\"$":
            position = _past_text(text, position)
            continue
        if character in "([":
            stack.append((position, ""))
        elif character in ")]" and stack:
            opening, word = stack.pop()
            if word and stack and stack[-1][0] == opening - 1 and text.startswith(word, position + 1):
                gone += (opening, position)
        elif character == " " and stack and not stack[-1][1]:
            stack[-1] = (stack[-1][0], next((w for w in CHAINS if text.startswith(w, position)), ""))
        position += 1
    starts = [0, *(n + 1 for n in sorted(gone))]
    return "".join(text[a:b] for a, b in zip(starts, [*sorted(gone), len(text)], strict=True))


def _unnamed(text: str) -> str:
    """Without the names that constants have after their type."""
    if NAMED not in text:
        return text
    named = dict(_named(text))
    position = done = 0
    parts: list[str] = []
    while named and position < len(text):
        if text[position] in "'\"$":
            position = _past_text(text, position)
        else:
            position += 1
        if position in named:
            start, end = named.pop(position)
            parts.append(text[done:start])
            done = position = end
    return "".join([*parts, text[done:]])


def _named(text: str) -> Iterator[tuple[int, tuple[int, int]]]:
    """Where a constant, or what looks like one within a text, ends whose name is its type's, and where that stands."""
    position = text.find("::")
    while position >= 0:
        start = text.find(NAMED, position)
        if start < 0:
            return
        if start - position > LONGEST_TYPE:
            position = text.find("::", start - LONGEST_TYPE)
            continue
        if text[position - 1] == "'" or text.endswith("NULL", 0, position):
            name = _type_name(text[position + 2 : start])
            for said in (name, f'"{name}"'):
                end = start + len(NAMED) + len(said)
                if text.startswith(said, start + len(NAMED)) and text[end : end + 1] in ENDS:
                    yield position, (start, end)
        position = text.find("::", position + 1)


def _type_name(said: str) -> str:
    """What pg_type calls a type that is deparsed as this."""
    head, _, limited = said.removesuffix("[]").partition("(")
    plain = head + limited.partition(")")[2]
    return TYPE_NAMES.get(plain, plain.rpartition(".")[2].strip('"'))


def _cast_whole(text: str, opening: int, closing: int) -> Found | None:
    if not text.startswith(CAST, closing) or text[opening - 1 : opening] != "(":
        return None
    elements = list(_elements(text[opening + len(OPEN) : closing]))
    return (opening - 1, closing + len(CAST), elements) if any(map(_is_literal, elements)) else None


def _cast_singly(text: str, opening: int, closing: int) -> Found | None:
    elements = list(_elements(text[opening + len(OPEN) : closing]))
    if not all(map(_is_cast, elements)):
        return None
    inner = [e[1 : -len(OUTER) - 1] for e in elements]
    return (opening, closing + 1, inner) if any(map(_is_literal, inner)) else None


def _is_literal(element: str) -> bool:
    """``'a'::character varying``, and nothing else."""
    start = 1 if element.startswith("E'") else 0
    if element[start : start + 1] != "'":
        return False
    return element[_past_quote(element, start) :] == INNER


def _is_cast(element: str) -> bool:
    """``(…)::text``, its parentheses a pair."""
    end = len(element) - len(OUTER) - 1
    return element.startswith("(") and element.endswith(")" + OUTER) and _closing(element, 0) == end


def _arrays(text: str) -> Iterator[tuple[int, int]]:
    """Where each ``ARRAY[`` outside quotes starts, and where its bracket closes."""
    position = 0
    while position < len(text):
        if text[position] in "'\"$":
            position = _past_text(text, position)
        elif text.startswith(OPEN, position):
            yield position, _closing(text, position + len(OPEN) - 1)
            position += len(OPEN)
        else:
            position += 1


def _elements(text: str) -> Iterator[str]:
    """The parts between the commas that stand in no quotes or brackets."""
    start = position = 0
    while position < len(text):
        if text[position] in "'\"":
            position = _past_quote(text, position)
        elif text[position] in "([":
            position = _closing(text, position) + 1
        elif text[position] == ",":
            yield text[start:position].strip()
            start = position = position + 1
        else:
            position += 1
    yield text[start:].strip()


def _closing(text: str, opening: int) -> int:
    """Where the bracket at ``opening`` closes; the end of the text where it does not."""
    depth, position = 0, opening
    while position < len(text):
        if text[position] in "'\"":
            position = _past_quote(text, position)
            continue
        depth += (text[position] in "([") - (text[position] in ")]")
        if not depth:
            return position
        position += 1
    return len(text)


def _past_text(text: str, position: int) -> int:
    return _past_body(text, position) if text[position] == "$" else _past_quote(text, position)


def _past_body(text: str, position: int) -> int:
    """Past a body in dollar quotes that starts here; past the sign where none does, as in ``$1``."""
    end = text.find("$", position + 1)
    tag = text[position : end + 1]
    closing = text.find(tag, end + 1) if tag and not tag[1:2].isdigit() else -1
    return closing + len(tag) if closing >= 0 else position + 1


def _past_quote(text: str, position: int) -> int:
    """Past the quoted text that starts here. A deparsed string with a backslash is an ``E''`` string."""
    quote, escapes = text[position], text[position - 1 : position] == "E"
    position += 1
    while position < len(text):
        if escapes and text[position] == "\\":
            position += 2
        elif text[position] == quote:
            if text[position + 1 : position + 2] != quote:
                return position + 1
            position += 2
        else:
            position += 1
    return position
