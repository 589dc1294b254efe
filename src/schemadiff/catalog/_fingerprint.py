"""Fingerprints: what catalogs that are equal have in common, and no others."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from operator import is_
from typing import Any

from ..kinds import kinds
from ..model import Catalog, Id, Row
from ._secrets import without_secrets
from ._skeleton import skeleton
from ._spelling import compared

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
