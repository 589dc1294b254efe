"""Two dumps → the entries in which they differ. Pure; a dump of the target is held to what the target says itself.

What a ``.sql`` target leaves open is set aside on both sides: owners that nobody named, privileges where it grants
none, tablespaces where it names none, the schema public as a new database has it, secrets.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .._scope import Scope
from ..sqltext import MASK, ident
from ._entries import Entry
from ._spelling import renamed, spelled
from ._view import grantee_of, ignored_members, looked_at, owner_of, without

GRANTS = ("ACL", "DEFAULT ACL")
PUBLIC = {("SCHEMA", "-", "public"), ("COMMENT", "-", "SCHEMA public"), ("ACL", "-", "SCHEMA public")}
OWNER = "(owner)"
"""Stands for whoever owns the object whose privileges an entry is about."""


@dataclass(frozen=True, slots=True)
class Dump:
    """What pg_dump wrote of one end. ``role`` is who asked; ``loader`` stands for nobody's name in a compiled one."""

    entries: tuple[Entry, ...]
    role: str
    loader: str = ""


@dataclass(frozen=True, slots=True)
class Differing:
    """An entry that is not alike: as the database has it, and as it should be; None where it is missing."""

    live: Entry | None
    target: Entry | None

    @property
    def entry(self) -> Entry:
        found = self.live or self.target
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class Compared:
    """How two dumps differ; ``reordered`` are tables that differ in nothing but the order of their columns, and
    ``incomparable`` what of both was set aside although the scope looks at it."""

    differing: tuple[Differing, ...]
    reordered: tuple[Entry, ...] = ()
    incomparable: tuple[str, ...] = ()


def compared(live: Dump, target: Dump, scope: Scope) -> Compared:
    """Both within the scope."""
    mine, theirs = (looked_at(dump.entries, scope) for dump in (live, target))
    if target.loader:
        mine, theirs = _closed(mine, theirs, live.role, target.loader)
    mine, theirs = _unequal(mine, theirs)
    secret = {e.key for e in theirs if any(MASK in text for text in e.statements)}
    inner = {e.key for e in (*mine, *theirs) if ignored_members(e, scope)[1]}
    aside = secret | inner
    left, right = (tuple(e for e in side if e.key not in aside) for side in (mine, theirs))
    found = _differing(left, right, scope, ordered=False)
    order = _differing(left, right, scope, ordered=True) if scope.column_order else ()
    known = {d.entry.key for d in found}
    return Compared(
        found,
        tuple(d.entry for d in order if d.entry.key not in known),
        tuple(sorted({e.called for e in (*mine, *theirs) if e.key in aside})),
    )


def _unequal(mine: Iterable[Entry], theirs: Iterable[Entry]) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Without what both have to the letter; an entry says in its header who owns it, which its statements say too."""
    sides = [tuple(replace(e, owner="") for e in side) for side in (mine, theirs)]
    both = set(sides[0]) & set(sides[1])
    heirs = {e for e in both if e.type == "TABLE ATTACH"}
    left, right = (tuple(e for e in side if e not in both or e in heirs) for side in sides)
    return left, right


def _differing(
    mine: Sequence[Entry], theirs: Sequence[Entry], scope: Scope, *, ordered: bool
) -> tuple[Differing, ...]:
    sides = [_spelled(side, scope, ordered) for side in (mine, theirs)]
    keys = sorted({key for side in sides for key in side})
    found = []
    for key in keys:
        a, b = (side.get(key, {}) for side in sides)
        only = [sorted((Counter(x.keys()) - Counter(y.keys())).elements()) for x, y in ((a, b), (b, a))]
        for n in range(max(map(len, only))):
            left, right = (
                of[texts[n]] if n < len(texts) else None for of, texts in zip((a, b), only, strict=True)
            )
            found.append(Differing(left, right))
    return tuple(found)


def _spelled(
    side: Iterable[Entry], scope: Scope, ordered: bool
) -> dict[tuple[str, str, str], dict[str, Entry]]:
    """By key and spelling: operators and casts may share a key."""
    entries = tuple(side)
    heirs = {(e.schema, e.tag) for e in entries if e.type == "TABLE ATTACH"}
    found: dict[tuple[str, str, str], dict[str, Entry]] = {}
    for entry in entries:
        gone = ignored_members(entry, scope)[0]
        kept = without(entry, gone)
        text = spelled(kept, ordered=ordered, heirs=heirs, gone=gone)
        found.setdefault(entry.key, {})[text] = kept
    return found


def _closed(
    mine: Sequence[Entry], theirs: Sequence[Entry], role: str, loader: str
) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Both sides without what the target leaves open."""
    keys = {e.key for e in theirs}
    silent = set() if any(e.type in GRANTS for e in theirs) else set(GRANTS)
    placed = any(e.tablespace for e in theirs)
    open_owners = {
        found[0] for e in theirs for t in e.statements if (found := owner_of(t)) and found[1] == loader
    }
    owners = {(e.schema, f"{e.type} {e.tag}"): e.owner for e in mine}

    def settled(entry: Entry, *, compiled: bool) -> Entry:
        texts = [t for t in entry.statements if not ((found := owner_of(t)) and found[0] in open_owners)]
        if entry.type == "ACL" and compiled and entry.owner == loader:
            owner = owners.get((entry.schema, entry.tag), "")
            texts = [t for t in texts if not owner or grantee_of(t) != owner]
        made = replace(entry, statements=tuple(texts), tablespace=entry.tablespace if placed else "")
        names = {entry.owner: ident(OWNER)} if entry.type == "ACL" and entry.owner else {}
        return renamed(made, {loader: ident(role), **names} if compiled else names)

    open_public = PUBLIC - keys
    kept = (e for e in mine if e.type not in silent and e.key not in open_public)
    sides = [settled(e, compiled=False) for e in kept], [settled(e, compiled=True) for e in theirs]
    left, right = (tuple(e for e in side if e.statements) for side in sides)
    return left, right
