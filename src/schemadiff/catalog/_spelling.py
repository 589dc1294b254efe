"""One spelling for the expressions that PostgreSQL spells in two ways.

``level in ('a', 'b')`` on a ``varchar`` column is stored as an array of varchar that is cast to ``text[]`` as
a whole, and deparsed as ``(ARRAY['a'::character varying, …])::text[]``. PostgreSQL reads that text back as
casts of the single elements, deparsed as ``ARRAY[('a'::character varying)::text, …]``: a dump and its restore
differ. Both become ``((ARRAY['a'::character varying, …])::character varying[])::text[]``, which PostgreSQL
stores in the first form. Walks characters and quotes; no expression is understood beyond this one pattern.
"""

from __future__ import annotations

from collections.abc import Iterator

OPEN = "ARRAY["
INNER, OUTER = "::character varying", "::text"
CAST = "])::text[]"


def one_spelling(text: str) -> str:
    """The deparsed text with every such array in the spelling that survives being read back."""
    if OPEN not in text:
        return text
    found: list[str] = []
    done = 0
    for start, end in _arrays(text):
        if start < done:
            continue
        elements = list(_elements(text[start + len(OPEN) : end]))
        whole = text.startswith(CAST, end) and text[start - 1 : start] == "("
        if whole and all(e.endswith(INNER) for e in elements):
            found += [text[done : start - 1], _spelled(elements)]
            done = end + len(CAST)
        elif elements and all(_is_single(e) for e in elements):
            found += [text[done:start], _spelled([e[1 : -len(OUTER) - 1] for e in elements])]
            done = end + 1
    return "".join([*found, text[done:]])


def _spelled(elements: list[str]) -> str:
    return f"((ARRAY[{', '.join(elements)}])::character varying[])::text[]"


def _is_single(element: str) -> bool:
    """``('a'::character varying)::text``, its parentheses a pair."""
    if not (element.startswith("('") and element.endswith(INNER + ")" + OUTER)):
        return False
    return _closing(element, 0) == len(element) - len(OUTER) - 1


def _arrays(text: str) -> Iterator[tuple[int, int]]:
    """Where each ``ARRAY[`` outside quotes starts, and where its bracket closes."""
    position = 0
    while position < len(text):
        if text[position] in "'\"":
            position = _past_quote(text, position)
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
