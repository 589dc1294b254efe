"""Connection strings of libpq: where a password stands in one, and how it looks without.

Reads both forms, ``name=value`` pairs and URLs; what is neither is a secret as a whole.
https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

SECRETS = ("password", "sslpassword", "oauth_client_secret")
UNREADABLE = "password="
PAIR = re.compile(r"\s*([^\s=]+)\s*=\s*('(?:[^'\\]|\\.)*'|(?:[^\s\\']|\\.)(?:[^\s\\]|\\.)*|)", re.DOTALL)
URL = re.compile(r"postgres(?:ql)?://", re.IGNORECASE)


class Part(NamedTuple):
    """A secret of a connection string: its parameter and where its value stands, as it is written there."""

    name: str
    start: int
    end: int


def secrets(text: str) -> tuple[Part, ...] | None:
    """The secrets of a connection string in their order; None where it cannot be read."""
    scheme = URL.match(text)
    found = _of_url(text, scheme.end()) if scheme else _of_pairs(text)
    return None if found is None else tuple(found)


def written(text: str, values: dict[str, str], mask: str) -> str:
    """The connection string with other values for its secrets: those given by name, as they are written
    there, else the mask."""
    found = secrets(text)
    if found is None:
        return UNREADABLE + mask
    for part in reversed(found):
        text = text[: part.start] + values.get(part.name, mask) + text[part.end :]
    return text


def values(text: str) -> dict[str, str]:
    """The secrets by parameter, as they are written; all of a text that cannot be read."""
    found = secrets(text)
    return {"": text} if found is None else {part.name: text[part.start : part.end] for part in found}


def _of_pairs(text: str) -> list[Part] | None:
    found, place = [], 0
    while text[place:].strip():
        pair = PAIR.match(text, place)
        if pair is None:
            return None
        if pair[1] in SECRETS and pair[2]:
            found.append(Part(pair[1], *pair.span(2)))
        place = pair.end()
    return found


def _of_url(text: str, start: int) -> Iterator[Part]:
    # A password that is not quoted may hold any of these, so it reaches to the last "@" before the parameters.
    query = text.find("?", start)
    limit = len(text) if query < 0 else query
    at, colon = text.rfind("@", start, limit), text.find(":", start)
    if at < 0 and query >= 0:
        at = text.rfind("@", start)
    if start <= colon < at:
        yield Part("password", colon + 1, at)
    place = max(limit, at)
    for pair in re.finditer(r"[?&]([^=&]+)=([^&]*)", text[place:]):
        if pair[1] in SECRETS and pair[2]:
            yield Part(pair[1], place + pair.start(2), place + pair.end(2))
