"""Catalogs as JSON (snapshots), packed (caches), and their fingerprints. Same catalog, same bytes.

A snapshot is one JSON object: a head line with the digest of all that follows, then the facts, one line
each, as kind, path, the number of the parent, the numbers of what was inherited, ``local``, and the values
in the order of ``model.Attributes``; no secret is in it. Packed, the same object is in Python's own format, which loads in a
fraction of the time and only where it was made.

https://docs.python.org/3/library/marshal.html
"""

from __future__ import annotations

import hashlib
import json
import marshal
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple
from functools import partial
from itertools import pairwise
from operator import is_, itemgetter
from typing import Any

from .._edges import Numbers, Packed, Pairs
from .._index import Index
from ..errors import SourceError
from ..kinds import kinds
from ..model import (
    Catalog,
    Edge,
    Edges,
    Facts,
    Id,
    LabelMap,
    LintIgnore,
    Rename,
    Row,
    Server,
    attribute_names,
)
from ._secrets import without_secrets
from ._skeleton import skeleton
from ._spelling import compared

FORMAT = 4


TOGETHER = 500
"""Facts that are written at once, and not again for another catalog that has the same."""


def fingerprint(catalog: Catalog) -> str:
    """A hash over all that takes part in equality but secrets, the state that use leaves behind, and what is
    compared on request alone: equal catalogs have equal fingerprints."""
    return next(fingerprints(catalog))


def fingerprints(*catalogs: Catalog) -> Iterator[str]:
    """The fingerprints of catalogs; of those that share rows (``Catalog.like``), these are written once."""
    left_alone = {name for name, kind in kinds().items() if kind.on_request}
    bounds: list[Id] = []
    known: dict[int, tuple[list[Id], list[Row], bytes]] = {}
    for catalog in catalogs:
        rows = without_secrets(skeleton(catalog)).facts.rows
        ids = [i for i in sorted(rows) if i[0] not in left_alone]
        bounds = bounds or ids[TOGETHER::TOGETHER]
        cuts = [0, *(bisect_left(ids, bound) for bound in bounds), len(ids)]
        texts = []
        for number, (start, end) in enumerate(pairwise(cuts)):
            run = ids[start:end]
            there = list(map(rows.__getitem__, run))
            names, same, text = known.get(number, ([], [], b""))
            if len(same) != len(there) or run != names or not all(map(is_, there, same)):
                text = _text(run, there)
                known[number] = (run, there, text)
            texts += [text] if text else []
        yield hashlib.sha256(b"[" + b",".join(texts) + b"]").hexdigest()[:32]


def _text(ids: Iterable[Id], rows: Iterable[Row]) -> bytes:
    """What a fingerprint is made of, without the brackets around it."""
    found = [(i, compared(i, row)) for i, row in zip(ids, rows, strict=True)]
    return json.dumps(found, separators=(",", ":"))[1:-1].encode()


def to_json(catalog: Catalog, made_of: str = "") -> str:
    """The snapshot of a catalog; ``made_of`` is the digest of the files that it was compiled from."""
    found = json.dumps(_object(without_secrets(catalog), made_of), ensure_ascii=False, separators=(",", ":"))
    text = found.replace('],["', '],\n["')
    head = f'{{"format":{FORMAT},"fingerprint":"{fingerprint(catalog)}","digest":"{_digest(text.encode())}",'
    return f"{head}\n{text[1:]}\n"


def pack(catalog: Catalog) -> bytes:
    """The catalog for this Python to read again."""
    rows = dict(sorted(catalog.facts.rows.items(), key=itemgetter(0)))  # to sort them again takes no time
    ids = {i: n for n, i in enumerate(rows)}
    parents = ((ids[i], ids[row[0][0]]) for i, row in rows.items() if row[0][0] in ids)
    found = _frame(catalog, ids, _packed_edges) | {
        "ids": _stacked(map(tuple, ids)),
        "rows": _stacked(_packed(row, ids) for row in rows.values()),
        "parents": Packed.pack(parents),
        "roles": None if catalog.server.roles is None else list(catalog.server.roles),
    }
    body = marshal.dumps(found)
    return _digest(body).encode() + body


def unpack(packed: bytes) -> Catalog:
    """The catalog that was packed. Raises SourceError where the bytes are not whole."""
    body = memoryview(packed)[64:]
    if _digest(body).encode() != packed[:64]:
        raise SourceError("what was kept is damaged")
    found = marshal.loads(body)
    ids = list(map(partial(tuple.__new__, Id), _taken(found.pop("ids"))))
    rows = {
        i: (
            (None if parent is None else ids[parent], *values),
            tuple([ids[n] for n in inherited]) if inherited else (),
            local,
            others,
        )
        for i, (parent, values, inherited, local, others) in zip(ids, _taken(found.pop("rows")), strict=True)
    }
    numbers = Numbers(ids)
    edges, order, parents = (Packed(numbers, *found[name]) for name in ("edges", "order", "parents"))
    return _catalog(found, ids, rows, Edges.among(edges), Edges.among(order), parents)


def _stacked(found: Iterable[Any]) -> list[Any]:
    """For ``_taken``: the first one last, and under all of them the end."""
    return [None, *reversed(list(found))]


def _taken(found: list[Any]) -> Iterator[Any]:
    """What was stacked, in turn; what was taken stays in memory no longer than whoever took it wants."""
    return iter(found.pop, None)


def _packed_edges(edges: Iterable[Edge], ids: dict[Id, int]) -> tuple[bytes, bytes]:
    return Packed.pack((ids[a], ids[b]) for a, b in edges)


def _packed(row: Row, ids: dict[Id, int]) -> tuple[Any, ...]:
    (parent, *values), inherited, local, others = row
    numbers = tuple(ids[n] for n in inherited if n in ids)
    return None if parent is None else ids[parent], tuple(values), numbers, local, others


def _object(catalog: Catalog, made_of: str) -> dict[str, Any]:
    rows = catalog.facts.rows
    ids = {i: n for n, i in enumerate(sorted(rows))}
    facts = [_row_out(i, rows[i], ids) for i in ids]
    return {"made_of": made_of, **_frame(catalog, ids, _edges_out), "facts": facts}


def _edges_out(edges: Iterable[Edge], ids: dict[Id, int]) -> list[list[int]]:
    return sorted([ids[e.dependent], ids[e.referenced]] for e in edges)


def _frame(
    catalog: Catalog, ids: dict[Id, int], written: Callable[[Iterable[Edge], dict[Id, int]], Any]
) -> dict[str, Any]:
    """All but the facts, which are called by their numbers, with the edges as they are written."""
    return {
        "server": {
            "version": catalog.server.version,
            "role": catalog.server.role,
            "casts": sorted(map(list, catalog.server.casts)),
            "default_tablespace": catalog.server.default_tablespace,
        },
        "unmodelled": [[what, list(names)] for what, names in catalog.unmodelled],
        "edges": written(catalog.edges, ids),
        "order": written(catalog.order, ids),
        "open": sorted(ids[i] for i in catalog.open),
        **_said(catalog, ids),
    }


def _digest(content: bytes | memoryview) -> str:
    return hashlib.sha256(content).hexdigest()


def _said(catalog: Catalog, ids: dict[Id, int]) -> dict[str, Any]:
    """What directives and statements about the server say; most schemas have none."""
    found = {
        "renames": [[ids[r.id], r.old, r.file, r.line, r.label] for r in catalog.renames if r.id in ids],
        "label_maps": [[ids[m.id], m.old, m.new, m.file, m.line] for m in catalog.label_maps if m.id in ids],
        "lint_ignores": [[ids[x.id], *astuple(x)[1:]] for x in catalog.lint_ignores if x.id in ids],
        "notes": list(catalog.notes),
    }
    return {name: rows for name, rows in found.items() if rows}


def from_json(text: str, name: str = "snapshot") -> Catalog:
    """The catalog of a snapshot. Raises SourceError where it is damaged or of another format."""
    return made_of(text, name)[0]


def made_of(text: str, name: str = "snapshot") -> tuple[Catalog, str]:
    """The catalog of a snapshot, and the digest of the files that it was compiled from."""
    try:
        found = json.loads(text)
        if found["format"] != FORMAT:
            raise SourceError(
                f"{name}: snapshot format {found['format']}, this tool reads {FORMAT}; make it again"
            )
        _, _, body = text.partition("\n")
        if _digest(f"{{{body}".removesuffix("\n").encode()) != found["digest"]:
            raise SourceError(
                f"{name}: the snapshot was edited by hand; make it again with 'schemadiff snapshot'"
            )
        ids = [Id(row[0], tuple(row[1])) for row in found["facts"]]
        rows = {i: _row_in(i, row, ids) for i, row in zip(ids, found["facts"], strict=True)}
        edges, order = (_edges_in(found[name], ids) for name in ("edges", "order"))
        return _catalog(found, ids, rows, edges, order), found["made_of"]
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise SourceError(
            f"{name}: not a snapshot of schemadiff, or damaged ({error}); make it again"
        ) from None


def _edges_in(found: list[list[int]], ids: list[Id]) -> Edges:
    return Edges(lambda: (Edge(ids[a], ids[b]) for a, b in found))


def _catalog(
    found: dict[str, Any],
    ids: list[Id],
    rows: dict[Id, Row],
    edges: Edges,
    order: Edges,
    parents: Pairs | None = None,
) -> Catalog:
    server, facts = found["server"], Facts(rows, lambda kind: kinds()[kind].fact)
    return Catalog(
        facts=facts,
        edges=edges,
        server=Server(
            server["version"],
            server["role"],
            frozenset((a, b, c) for a, b, c in server["casts"]),
            server["default_tablespace"],
            None if found.get("roles") is None else frozenset(found["roles"]),
        ),
        unmodelled=tuple((what, tuple(names)) for what, names in found["unmodelled"]),
        order=order,
        open=frozenset(ids[n] for n in found["open"]),
        renames=tuple(Rename(ids[n], *rest) for n, *rest in found.get("renames", ())),
        label_maps=tuple(LabelMap(ids[n], *rest) for n, *rest in found.get("label_maps", ())),
        lint_ignores=tuple(LintIgnore(ids[n], *rest) for n, *rest in found.get("lint_ignores", ())),
        notes=tuple(found.get("notes", ())),
        index=Index(facts, parents=parents),
    )


def _row_out(i: Id, row: Row, ids: dict[Id, int]) -> list[Any]:
    (parent, *values), inherited, local, others = row
    numbers = [ids[n] for n in inherited if n in ids]
    return [i.kind, i.path, None if parent is None else ids[parent], numbers, local, *values, *others]


def _row_in(i: Id, row: list[Any], ids: list[Id]) -> Row:
    _, _, parent, inherited, local, *values = row
    names = attribute_names(kinds()[i.kind].fact)
    count = len(names.compared)
    if len(values) != count + len(names.others):
        raise ValueError(f"{i} has {len(values)} values")
    made = [tuple(map(_frozen, v)) if isinstance(v, list) else v for v in values]
    above = None if parent is None else ids[parent]
    return (above, *made[:count]), tuple([ids[n] for n in inherited]), local, tuple(made[count:])


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
