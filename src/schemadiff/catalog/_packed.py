"""Catalogs packed for caches: in Python's own format, which loads in a fraction of the time that JSON takes, and only
where it was made.

A packed catalog is a row of parts, each behind its length and its digest: what is no fact, then the identities and
the rows of facts, few thousands at a time, and the edges as numbers, sorted by either end. So it is written and read
without being in memory twice.
https://docs.python.org/3/library/marshal.html
"""

from __future__ import annotations

import hashlib
import marshal
import os
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import batched, groupby, repeat
from operator import itemgetter
from typing import Any, BinaryIO

from .._edges import Numbered, Packed
from ..errors import SourceError
from ..model import Catalog, Id, Row
from ._frame import assembled, facts_of, frame, ids_of

TOGETHER = 5000
"""Rows in a part."""
LENGTH, DIGEST = 8, hashlib.sha256().digest_size


def pack(catalog: Catalog) -> Iterator[bytes]:
    """The catalog for this Python to read again, in parts."""
    facts = Numbered.of(catalog.facts)
    rows, ids = catalog.facts.rows, facts.numbers
    # Edges first: what they are made of is needed no more then, and is a fifth of a catalog.
    pairs = catalog.content(facts)
    roles = catalog.server.roles
    found = frame(catalog, ids) | {"roles": None if roles is None else list(roles), "facts": len(rows)}
    yield from _part(found)
    for names in batched(facts.ids, TOGETHER):
        yield from _part(
            [(kind, [path for _, path in group]) for kind, group in groupby(names, itemgetter(0))]
        )
    for some in batched(map(rows.__getitem__, facts.ids), TOGETHER):
        yield from _part(_columns(some, ids))
    for each in pairs:
        yield from _part(each)


def unpack(file: BinaryIO, like: Catalog | None = None) -> Catalog:
    """The catalog that was packed into a file, from where that stands. With what it has in common with another one,
    that is in memory once (``Catalog.like``). Raises SourceError where it is not whole."""
    found = _next(file)
    ids = ids_of(_names(file, found["facts"]), like)
    facts = facts_of(_all_rows(file, ids), like)
    return assembled(found, ids, facts, *(Packed(ids, *_next(file)) for _ in range(3)))


def _names(file: BinaryIO, count: int) -> Iterator[Id]:
    taken = 0
    while taken < count:
        for kind, paths in _next(file):
            yield from map(Id, repeat(kind), paths)
            taken += len(paths)


def _all_rows(file: BinaryIO, ids: Sequence[Id]) -> Iterator[tuple[Id, Row]]:
    for start in range(0, len(ids), TOGETHER):
        yield from _rows(_next(file), ids, start)


def _part(content: Any) -> Iterable[bytes]:
    body = marshal.dumps(content)
    return len(body).to_bytes(LENGTH), hashlib.sha256(body).digest(), body


def _next(file: BinaryIO) -> Any:
    length, digest = int.from_bytes(file.read(LENGTH)), file.read(DIGEST)
    body = file.read(length) if length <= _left(file) else b""
    if hashlib.sha256(body).digest() != digest:
        raise SourceError("what was kept is damaged")
    return marshal.loads(body)


def _left(file: BinaryIO) -> int:
    """Bytes that are still to be read."""
    here = file.tell()
    end = file.seek(0, os.SEEK_END)
    file.seek(here)
    return end - here


type Columns = tuple[bytes, list[tuple[Any, ...]], list[tuple[Any, ...]], bytes, dict[int, list[int]]]
"""Of some rows: the numbers of the parents counted from 1, the compared values, the others, ``local``, and what was
inherited by place."""


def _columns(rows: Sequence[Row], ids: Mapping[Id, int]) -> Columns:
    return (
        array("I", [0 if row[0][0] is None else ids[row[0][0]] + 1 for row in rows]).tobytes(),
        [row[0][1:] for row in rows],
        [row[3] for row in rows],
        bytes([row[2] for row in rows]),
        {n: [ids[i] for i in row[1] if i in ids] for n, row in enumerate(rows) if row[1]},
    )


def _rows(columns: Columns, ids: Sequence[Id], start: int) -> Iterator[tuple[Id, Row]]:
    """The facts from a number on."""
    parents, compared, others, local, inherited = columns
    above = [ids[n - 1] if n else None for n in array("I", parents)]
    for place, (parent, values, other, own) in enumerate(zip(above, compared, others, local, strict=True)):
        heir = tuple([ids[n] for n in inherited[place]]) if place in inherited else ()
        yield ids[start + place], ((parent, *values), heir, bool(own), other)
