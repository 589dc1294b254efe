"""Catalogs as JSON (snapshots), and their fingerprints. Same catalog, same bytes.

A snapshot is one JSON object: a head line with the digest of all that follows, then the facts, one line
each, as kind, path, the number of the parent, the numbers of what was inherited, ``local``, and the values
in the order of ``model.Attributes``; no secret is in it.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import astuple, dataclass, field
from itertools import groupby
from operator import is_, itemgetter
from typing import Any

from .._edges import Pairs
from .._index import Index
from ..errors import SourceError
from ..kinds import kinds
from ..model import (
    Catalog,
    Edge,
    Edges,
    Fact,
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
FACTS = '"facts":['
"""Where the facts begin, which are last: in a string these quotes would have a mark before them."""
AT_ONCE = 1 << 20
"""Characters that are encoded at once."""


TOGETHER = 500
"""Facts that are written at once, and not again for another catalog that has the same."""


def fingerprint(catalog: Catalog) -> str:
    """A hash over all that takes part in equality but secrets, the state that use leaves behind, and what is
    compared on request alone: equal catalogs have equal fingerprints."""
    (found,) = fingerprints(catalog)
    return found


def fingerprints(*catalogs: Catalog) -> Iterator[str]:
    """The fingerprints of catalogs. They are written side by side: what they share (``Catalog.like``) once, and no text
    is kept."""
    left_alone = {name for name, kind in kinds().items() if kind.on_request}
    every = [_Fingerprint.of(catalog, left_alone) for catalog in catalogs]
    bounds = every[0].ids[TOGETHER::TOGETHER]
    for bound in (*bounds, None):
        known: tuple[list[Id], list[Row], bytes] = ([], [], b"")
        for one in every:
            ids, rows = one.up_to(bound)
            names, same, text = known
            if len(same) != len(rows) or ids != names or not all(map(is_, rows, same)):
                text = _text(ids, rows)
                known = (ids, rows, text)
            one.write(text)
    for one in every:
        yield one.end()


@dataclass(slots=True)
class _Fingerprint:
    """A fingerprint while it is written: a hash over a JSON array of what is compared of all facts, sorted."""

    facts: Mapping[Id, Row]
    ids: list[Id]
    done: int = 0
    digest: Any = field(default_factory=lambda: hashlib.sha256(b"["))
    begun: bool = False

    @classmethod
    def of(cls, catalog: Catalog, left_alone: Set[str]) -> _Fingerprint:
        rows = without_secrets(skeleton(catalog)).facts.rows
        return cls(rows, [i for i in sorted(rows) if i[0] not in left_alone])

    def up_to(self, bound: Id | None) -> tuple[list[Id], list[Row]]:
        """The facts that come next, before one."""
        end = len(self.ids) if bound is None else bisect_left(self.ids, bound, self.done)
        ids = self.ids[self.done : end]
        self.done = end
        return ids, list(map(self.facts.__getitem__, ids))

    def write(self, text: bytes) -> None:
        if text:
            self.digest.update(b"," + text if self.begun else text)
            self.begun = True

    def end(self) -> str:
        self.digest.update(b"]")
        return str(self.digest.hexdigest()[:32])


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


def _object(catalog: Catalog, made_of: str) -> dict[str, Any]:
    rows = catalog.facts.rows
    ids = {i: n for n, i in enumerate(sorted(rows))}
    facts = [_row_out(i, rows[i], ids) for i in ids]
    edges = {"edges": _edges_out(catalog.edges, ids), "order": _edges_out(catalog.order, ids)}
    return {"made_of": made_of, **frame(catalog, ids), **edges, "facts": facts}


def _edges_out(edges: Iterable[Edge], ids: Mapping[Id, int]) -> list[list[int]]:
    return sorted([ids[e.dependent], ids[e.referenced]] for e in edges)


def frame(catalog: Catalog, ids: Mapping[Id, int]) -> dict[str, Any]:
    """All but the edges and the facts, which are called by their numbers."""
    return {
        "server": {
            "version": catalog.server.version,
            "role": catalog.server.role,
            "casts": sorted(map(list, catalog.server.casts)),
            "default_tablespace": catalog.server.default_tablespace,
        },
        "unmodelled": [[what, list(names)] for what, names in catalog.unmodelled],
        "open": sorted(ids[i] for i in catalog.open),
        **_said(catalog, ids),
    }


def _digest(content: bytes | memoryview) -> str:
    return hashlib.sha256(content).hexdigest()


def _said(catalog: Catalog, ids: Mapping[Id, int]) -> dict[str, Any]:
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


def made_of(text: str, name: str = "snapshot", like: Catalog | None = None) -> tuple[Catalog, str]:
    """The catalog of a snapshot, and the digest of the files that it was compiled from. It shares memory with a catalog
    that it is ``like``."""
    try:
        # Row by row: all of them at once take several times the memory of the catalog.
        start = text.find(FACTS)
        found = json.loads(f"{text[:start]}{FACTS}]}}" if start >= 0 else text)
        if found["format"] != FORMAT:
            raise SourceError(
                f"{name}: snapshot format {found['format']}, this tool reads {FORMAT}; make it again"
            )
        if start < 0 or _digest_of_body(text) != found["digest"]:
            raise SourceError(
                f"{name}: the snapshot was edited by hand; make it again with 'schemadiff snapshot'"
            )
        start += len(FACTS)
        ids = ids_of((Id(row[0], tuple(row[1])) for row in _listed(text, start)), like)
        rows = ((i, _row_in(i, row, ids)) for i, row in zip(ids, _listed(text, start), strict=True))
        edges, order = (_edges_in(found[name], ids) for name in ("edges", "order"))
        return assembled(found, ids, facts_of(rows, like), edges, order), found["made_of"]
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise SourceError(
            f"{name}: not a snapshot of schemadiff, or damaged ({error}); make it again"
        ) from None


def ids_of(names: Iterable[Id], like: Catalog | None) -> list[Id]:
    """Identities, sorted, those that another catalog has too as it has them."""
    if like is None:
        return list(names)
    found = list[Id]()
    for kind, ids in groupby(names, itemgetter(0)):
        known = {
            i: i for i in like.ids_of(kind)
        }  # of all kinds at once it would be as large as what it saves
        found += [known.get(i, i) for i in ids]
    return found


def facts_of(rows: Iterable[tuple[Id, Row]], like: Catalog | None) -> Facts:
    """Facts of rows as they come, which share memory with those of another catalog."""

    def class_of(kind: str) -> type[Fact]:
        return kinds()[kind].fact

    return Facts.beside(like.facts, rows, class_of) if like else Facts(dict(rows), class_of)


def _listed(text: str, start: int) -> Iterator[Any]:
    """The elements of a JSON array whose first one begins there."""
    decode = json.JSONDecoder().raw_decode
    while text[start] != "]":
        element, start = decode(text, start)
        yield element
        while text[start] in ",\n":
            start += 1


def _digest_of_body(text: str) -> str:
    """What the head has of all that follows it."""
    start, end = text.index("\n") + 1, len(text.removesuffix("\n"))
    digest = hashlib.sha256(b"{")
    for place in range(start, end, AT_ONCE):
        digest.update(text[place : min(place + AT_ONCE, end)].encode())
    return digest.hexdigest()


def _edges_in(numbers: Iterable[tuple[int, int]], ids: Sequence[Id]) -> Edges:
    first, second = (array("I", part) for part in zip(*numbers, strict=True)) if numbers else ((), ())
    return Edges(lambda: (Edge(ids[a], ids[b]) for a, b in zip(first, second, strict=True)))


def assembled(
    found: Mapping[str, Any],
    ids: Sequence[Id],
    facts: Facts,
    edges: Edges,
    order: Edges,
    parents: Pairs | None = None,
) -> Catalog:
    """The catalog of a frame, its facts and its edges; ``parents`` are the pairs of facts and parents, where these are
    known already."""
    server = found["server"]
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
