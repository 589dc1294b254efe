"""Catalogs as JSON (snapshots) and their fingerprints. Deterministic: same catalog, same bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from ..errors import SourceError
from ..kinds import kinds
from ..model import Catalog, Edge, Fact, Id, Server, attribute_names

FORMAT = 1


def fingerprint(catalog: Catalog) -> str:
    """A hash over all that takes part in equality: equal catalogs have equal fingerprints."""
    digest = hashlib.sha256()
    for i in sorted(catalog.facts):
        fact = catalog.facts[i]
        digest.update(json.dumps([i.kind, i.path, fact.parent, *_values(fact, compared=True)]).encode())
        digest.update(b"\n")
    return digest.hexdigest()[:32]


def to_json(catalog: Catalog, made_of: str = "") -> str:
    """The snapshot of a catalog; ``made_of`` is the digest of the files that it was compiled from."""
    ids = {i: n for n, i in enumerate(sorted(catalog.facts))}
    found = {
        "format": FORMAT,
        "made_of": made_of,
        "fingerprint": fingerprint(catalog),
        "server": {
            "version": catalog.server.version,
            "role": catalog.server.role,
            "casts": sorted(map(list, catalog.server.casts)),
        },
        "unmodelled": [[what, list(names)] for what, names in catalog.unmodelled],
        "facts": [_fact_out(catalog.facts[i], ids) for i in ids],
        "edges": sorted([ids[e.dependent], ids[e.referenced]] for e in catalog.edges),
        "order": sorted([ids[e.dependent], ids[e.referenced]] for e in catalog.order),
        "open": sorted(ids[i] for i in catalog.open),
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).replace('],["', '],\n["') + "\n"


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
        catalog = _catalog(found)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise SourceError(
            f"{name}: not a snapshot of schemadiff, or damaged ({error}); make it again"
        ) from None
    if fingerprint(catalog) != found["fingerprint"]:
        raise SourceError(
            f"{name}: the snapshot was edited by hand; make it again with 'schemadiff snapshot'"
        )
    return catalog, found["made_of"]


def _catalog(found: dict[str, Any]) -> Catalog:
    ids = [Id(row[0], tuple(row[1])) for row in found["facts"]]
    facts = {i: _fact_in(i, row, ids) for i, row in zip(ids, found["facts"], strict=True)}
    server = found["server"]
    return Catalog(
        facts=facts,
        edges=frozenset(Edge(ids[a], ids[b]) for a, b in found["edges"]),
        server=Server(
            server["version"],
            server["role"],
            frozenset((a, b, c) for a, b, c in server["casts"]),
        ),
        unmodelled=tuple((what, tuple(names)) for what, names in found["unmodelled"]),
        order=frozenset(Edge(ids[a], ids[b]) for a, b in found["order"]),
        open=frozenset(ids[n] for n in found["open"]),
    )


def _values(fact: Fact, *, compared: bool) -> Iterable[Any]:
    return [getattr(fact, name) for name in attribute_names(type(fact), compared=compared)]


def _fact_out(fact: Fact, ids: dict[Id, int]) -> list[Any]:
    parent = ids[fact.parent] if fact.parent is not None else None
    inherited = [ids[i] for i in fact.inherited if i in ids]
    return [fact.id.kind, list(fact.id.path), parent, inherited, fact.local, *_values(fact, compared=False)]


def _fact_in(i: Id, row: list[Any], ids: list[Id]) -> Fact:
    _, _, parent, inherited, local, *values = row
    kind = kinds()[i.kind].fact
    attributes = dict(zip(attribute_names(kind, compared=False), map(_frozen, values), strict=True))
    made: Fact = kind(
        id=i,
        parent=None if parent is None else ids[parent],
        inherited=tuple(ids[n] for n in inherited),
        local=local,
        **attributes,
    )
    return made


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
