"""Catalogs packed for caches: in Python's own format, which loads in a fraction of the time that JSON takes, and only
where it was made.

A packed catalog is a row of parts, each behind its length and its digest: what is no fact, then the identities, the
rows of facts few thousands at a time, and the edges as numbers, sorted by either end. So it is written and read without being in memory twice.
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

from .._edges import Numbers, Packed
from ..errors import SourceError
from ..model import Catalog, Edges, Id, Row
from ._json import assembled, frame

TOGETHER = 5000
"""Rows in a part."""
LENGTH, DIGEST = 8, hashlib.sha256().digest_size


def pack(catalog: Catalog) -> Iterator[bytes]:
    """The catalog for this Python to read again, in parts."""
    # Edges first: what they are made of is needed no more then, and is a fifth of a catalog.
    edges, order = (Edges.of(every).each() for every in (catalog.edges, catalog.order))
    rows = dict(sorted(catalog.facts.rows.items(), key=itemgetter(0)))  # to sort them again takes no time
    ids = {i: n for n, i in enumerate(rows)}
    roles = catalog.server.roles
    found = frame(catalog, ids) | {"roles": None if roles is None else list(roles), "facts": len(rows)}
    yield from _part(found)
    yield from _part([(kind, [path for _, path in group]) for kind, group in groupby(rows, itemgetter(0))])
    for some in batched(rows.values(), TOGETHER):
        yield from _part(_columns(some, ids))
    parents = ((i, row[0][0]) for i, row in rows.items() if row[0][0] in ids)
    for pairs in (edges, order, parents):
        yield from _part(Packed.pack((ids[a], ids[b]) for a, b in pairs))


def unpack(file: BinaryIO) -> Catalog:
    """The catalog that was packed into a file, from where that stands. Raises SourceError where it is not whole."""
    found = _next(file)
    ids = [i for kind, paths in _next(file) for i in map(Id, repeat(kind), paths)]
    if len(ids) != found["facts"]:
        raise SourceError("what was kept is damaged")
    rows: dict[Id, Row] = {}
    while len(rows) < len(ids):
        rows.update(_rows(_next(file), ids, len(rows)))
    numbers = Numbers(ids)
    edges, order, parents = (Packed(numbers, *_next(file)) for _ in range(3))
    return assembled(found, ids, rows, Edges.among(edges), Edges.among(order), parents)


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
