"""What snapshots and packed catalogs have in common: a catalog as its facts by their numbers, and the rest, its frame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from itertools import groupby
from operator import itemgetter
from typing import Any

from .._edges import Pairs
from .._index import Index
from ..kinds import kinds
from ..model import Catalog, Edges, Fact, Facts, Id, LabelMap, LintIgnore, Rename, Row, Server


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


def _said(catalog: Catalog, ids: Mapping[Id, int]) -> dict[str, Any]:
    """What directives and statements about the server say; most schemas have none."""
    found = {
        "renames": [[ids[r.id], r.old, r.file, r.line, r.label] for r in catalog.renames if r.id in ids],
        "label_maps": [[ids[m.id], m.old, m.new, m.file, m.line] for m in catalog.label_maps if m.id in ids],
        "lint_ignores": [[ids[x.id], *astuple(x)[1:]] for x in catalog.lint_ignores if x.id in ids],
        "notes": list(catalog.notes),
    }
    return {name: rows for name, rows in found.items() if rows}


def ids_of(names: Iterable[Id], like: Catalog | None) -> list[Id]:
    """Identities, sorted, those that another catalog has too as it has them."""
    if like is None:
        return list(names)
    found = list[Id]()
    for kind, ids in groupby(names, itemgetter(0)):
        # Of all kinds at once it would be as large as what it saves.
        known = {i: i for i in like.ids_of(kind)}
        found += [known.get(i, i) for i in ids]
    return found


def facts_of(rows: Iterable[tuple[Id, Row]], like: Catalog | None) -> Facts:
    """Facts of rows as they come, which share memory with those of another catalog."""

    def class_of(kind: str) -> type[Fact]:
        return kinds()[kind].fact

    return Facts.beside(like.facts, rows, class_of) if like else Facts(dict(rows), class_of)


def assembled(
    found: Mapping[str, Any],
    ids: Sequence[Id],
    facts: Facts,
    edges: Pairs,
    order: Pairs,
    parents: Pairs,
) -> Catalog:
    """The catalog of a frame, its facts and its edges; ``parents`` are the pairs of facts and parents."""
    server = found["server"]
    return Catalog(
        facts=facts,
        edges=Edges.among(edges),
        server=Server(
            server["version"],
            server["role"],
            frozenset((a, b, c) for a, b, c in server["casts"]),
            server["default_tablespace"],
            None if found.get("roles") is None else frozenset(found["roles"]),
        ),
        unmodelled=tuple((what, tuple(names)) for what, names in found["unmodelled"]),
        order=Edges.among(order),
        open=frozenset(ids[n] for n in found["open"]),
        renames=tuple(Rename(ids[n], *rest) for n, *rest in found.get("renames", ())),
        label_maps=tuple(LabelMap(ids[n], *rest) for n, *rest in found.get("label_maps", ())),
        lint_ignores=tuple(LintIgnore(ids[n], *rest) for n, *rest in found.get("lint_ignores", ())),
        notes=tuple(found.get("notes", ())),
        index=Index(facts, parents=parents),
    )
