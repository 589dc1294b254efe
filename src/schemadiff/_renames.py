"""The origin as it is once what the target's directives rename is renamed, and the statements for it.

What names a renamed object (a view, a check, a default) is not rewritten here: the origin is cloned into a
scratch database, the statements run there, and PostgreSQL deparses everything again. Owns which
directives are to do, and in which order. Does not own how a directive finds its object (``_directives``), nor
what follows by its name (``_followers``).

https://www.postgresql.org/docs/current/sql-altertable.html
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import psycopg

from ._copies import become, execute, used, worn
from ._directives import kind_of, name_of, renamed
from ._followers import followers
from ._renaming import Renamed, Renaming
from .engine import Step
from .errors import PlanError
from .kinds import renaming
from .model import Catalog, Fact, Id, Rename
from .prove import clone
from .scratch import ScratchServer

TAKEN = ("42P07", "42710", "42723", "42701", "42P06")
"""What PostgreSQL says where a name is taken: by a relation, another object, a function, a column, a schema."""
ASIDE = "schemadiff_renamed"


def is_needed(origin: Catalog, target: Catalog) -> bool:
    """Whether anything that the target's directives name is still called what it was before.

    Raises PlanError for a directive that fits neither what the origin has nor an origin that is at the
    target already, unless the origin is empty."""
    return any(_pending(level, origin, target) for level in _levels(target))


def rename(origin: Catalog, target: Catalog, server: ScratchServer, version: int) -> Renamed:
    """Renames in a copy of the origin on a scratch server of its major; both catalogs are as ``version`` has
    them. Raises what ``is_needed`` raises, and PlanError with the place of a directive that PostgreSQL refuses."""
    with clone(origin, server, origin.server.role) as connection:
        copy = _Copy(connection, origin, version)
        for level in _levels(target):
            copy.run(_pending(level, copy.now, target))
        while following := [r for r in followers(copy.now, copy.done, target) if r not in copy.refused]:
            copy.follow(following)
    return Renamed(copy.now, tuple(copy.forward), tuple(reversed(copy.reverse)), tuple(map(_told, copy.done)))


def _told(r: Rename) -> tuple[Renaming, Renaming]:
    """A rename and the way back, as a plan tells of them."""
    if r.label is not None:
        return Renaming(r.id, r.label, r.old), Renaming(r.id, r.old, r.label)
    return Renaming(renamed(r.id, r.old), name_of(r.id)), Renaming(r.id, r.old)


def _levels(target: Catalog) -> list[list[Rename]]:
    """Directives by the depth of what they name: schemas before tables before columns, so that each finds
    its object below what has its new name already."""

    def depth(r: Rename) -> int:
        return 3 if r.label is not None else len(r.id.path)

    able = (r for r in target.renames if r.id in target.facts)  # an older major may not know all of them
    return [list(group) for _, group in groupby(sorted(able, key=depth), key=depth)]


# Which of them are to do


@dataclass(frozen=True, slots=True)
class _Names:
    """The names beside an object in a catalog, or the labels of an enum."""

    id: Id
    label: str | None
    catalog: Catalog

    def __contains__(self, name: str) -> bool:
        if self.label is not None:
            return name in getattr(self.catalog.facts.get(self.id), "labels", ())
        return renamed(self.id, name) in self.catalog.facts


def _pending(level: Iterable[Rename], origin: Catalog, target: Catalog) -> list[Rename]:
    """The directives of a level that are to be done. Several of one object name it through its history:
    the one whose old name is there counts."""
    grouped: dict[tuple[Id, str | None], list[Rename]] = {}
    for r in level:
        grouped.setdefault((r.id, r.label), []).append(r)
    found: list[Rename] = []
    for (i, label), said in grouped.items():
        there = _Names(i, label, origin)
        new = name_of(i) if label is None else label
        able = [r for r in said if r.old in there and not _is_inherited(renamed(i, r.old), label, origin)]
        if able:
            found.append(able[-1])
        elif (
            new not in there
            and not any(r.old in there for r in said)
            and _is_expected(i, label, origin, target)
        ):
            raise _fits_nothing(said[-1])
    return _vacated(found, origin, target)


def _is_inherited(old: Id, label: str | None, origin: Catalog) -> bool:
    """Whether it is renamed along with what it was inherited from."""
    return label is None and bool(origin.facts[old].inherited)


def _is_expected(i: Id, label: str | None, origin: Catalog, target: Catalog) -> bool:
    """Whether the origin has what the object stands in, so that it must have the object too."""
    if label is not None:
        return i in origin.facts
    above = target.facts[i].parent if len(i.path) > 2 else None
    if above is not None and above in target.facts:
        return above in origin.facts
    return any(len(other.path) > 1 and not kind_of(other).keeps_name for other in origin.facts)


def _fits_nothing(r: Rename) -> PlanError:
    what = f"label '{r.label}' of {r.id}" if r.label is not None else str(r.id)
    return PlanError(
        f"{r.file}:{r.line}: {what} is said to be renamed from {r.old}, and the database has neither; correct "
        "the old name, take the directive out where it is new, or bring the database to an earlier revision first"
    )


def _vacated(found: list[Rename], origin: Catalog, target: Catalog) -> list[Rename]:
    """Without those whose new name is in use: they are done where the target has the old name too, unless
    what has the new name is renamed itself."""
    while True:
        leaving = {_slot(r, r.old) for r in found}
        blocked = [
            r for r in found if _new(r) in _Names(r.id, r.label, origin) and _slot(r, _new(r)) not in leaving
        ]
        for r in blocked:
            if r.old not in _Names(r.id, r.label, target):
                raise _ambiguous(r)
        if not blocked:
            return [r for r in found if r not in _swapped_already(found, origin, target)]
        found = [r for r in found if r not in blocked]


def _new(r: Rename) -> str:
    return name_of(r.id) if r.label is None else r.label


def _slot(r: Rename, name: str) -> tuple[Id, str | None]:
    """What a name stands for beside the object of a directive."""
    return (renamed(r.id, name), None) if r.label is None else (r.id, name)


def _ambiguous(r: Rename) -> PlanError:
    return PlanError(
        f"{r.file}:{r.line}: {r.id} is said to be renamed from {r.old}, and the database has both {r.old} and "
        f"{_new(r)}; rename or drop one of them by hand, or take the directive out"
    )


def _swapped_already(found: list[Rename], origin: Catalog, target: Catalog) -> list[Rename]:
    """Directives that go in a circle, where the origin is nearer to the target as it is than renamed."""
    by_old = {_slot(r, r.old): r for r in found}
    done: list[Rename] = []
    for r in found:
        circle = _circle(r, by_old)
        if circle and _is_nearer(circle, origin, target):
            done.append(r)
    return done


def _circle(r: Rename, by_old: Mapping[tuple[Id, str | None], Rename]) -> list[Rename]:
    found = [r]
    while (following := by_old.get(_slot(found[-1], _new(found[-1])))) is not None:
        if following is r:
            return found
        if following in found:
            return []
        found.append(following)
    return []


def _is_nearer(circle: list[Rename], origin: Catalog, target: Catalog) -> bool:
    """Whether the origin needs no renaming. Two columns of one type are told apart by their order."""
    first = circle[0]
    if first.label is not None:
        names = {r.old for r in circle}
        mine, theirs = (
            [x for x in getattr(c.facts[first.id], "labels", ()) if x in names] for c in (origin, target)
        )
        return mine == theirs
    as_is = sum(_unlike(r.id, r.id, origin, target) for r in circle)
    swapped = sum(_unlike(renamed(r.id, r.old), r.id, origin, target) for r in circle)
    if as_is != swapped:
        return as_is < swapped
    mine, theirs = (_in_order(circle, c) for c in (origin, target))
    return mine == theirs


def _in_order(circle: list[Rename], catalog: Catalog) -> list[Id]:
    return sorted((r.id for r in circle), key=lambda i: (kind_of(i).order(catalog.facts[i]), i))


def _unlike(mine: Id, theirs: Id, origin: Catalog, target: Catalog) -> int:
    """How many facts at and below two objects differ."""
    return len(_shapes(mine, origin) ^ _shapes(theirs, target))


def _shapes(root: Id, catalog: Catalog) -> set[Fact]:
    """The facts at and below an object, without its name."""
    facts = (catalog.facts[i] for i in (root, *catalog.descendants(root)))
    below = len(root.path)
    return {dataclasses.replace(f, id=Id(f.id.kind, f.id.path[below:]), parent=None) for f in facts}


# Doing them


@dataclass(slots=True)
class _Copy:
    """A clone of the origin that is renamed step by step; ``now`` is what it has become."""

    connection: psycopg.Connection[Any]
    origin: Catalog
    version: int
    now: Catalog = field(init=False)
    forward: list[Step] = field(default_factory=list)
    reverse: list[Step] = field(default_factory=list)
    done: list[Rename] = field(default_factory=list)
    refused: set[Rename] = field(default_factory=set)

    used: dict[Id, Fact] = field(default_factory=dict)
    """Facts with a state that use has left behind, which a clone does not have, by what they are called now."""

    def __post_init__(self) -> None:
        self.now = self.origin
        self.used = used(self.origin)

    def run(self, wanted: list[Rename]) -> None:
        """Does some renames; one whose name is taken waits for the others, or is set aside first."""
        if not wanted:
            return
        before, waiting = self.now, [_Waiting(r, r.old) for r in wanted]
        ran: list[tuple[Rename, str, str]] = []
        while waiting:
            left = [w for w in waiting if not self._renamed(w, ran)]
            if len(left) == len(waiting):
                self._set_aside(left, ran)
            waiting = left
        self._read(wanted)
        for r, old, new in ran:
            self._note(r, old, new, before)
        self.done += wanted

    def follow(self, wanted: list[Rename]) -> None:
        """Does what PostgreSQL lets it do of what follows by name; the rest is made anew like any difference."""
        self.refused |= {r for r in wanted if not self._is_allowed(r)}
        self.run([r for r in wanted if r not in self.refused])

    def _is_allowed(self, r: Rename) -> bool:
        try:
            with self.connection.transaction(force_rollback=True):
                self._execute(_statements(r, r.old, _new(r), self.now))
        except psycopg.Error as error:
            return error.sqlstate in TAKEN
        return True

    def _renamed(self, w: _Waiting, ran: list[tuple[Rename, str, str]]) -> bool:
        try:
            self._execute(_statements(w.rename, w.called, _new(w.rename), self.now))
        except psycopg.Error as error:
            if error.sqlstate in TAKEN:
                w.error = error
                return False
            raise _refused(w.rename, error) from None
        ran.append((w.rename, w.called, _new(w.rename)))
        return True

    def _set_aside(self, waiting: list[_Waiting], ran: list[tuple[Rename, str, str]]) -> None:
        """Makes room where renames go in a circle."""
        for number, w in enumerate(waiting):
            if w.called == w.rename.old:
                name = f"{ASIDE}_{len(ran) + number}"
                self._execute(_statements(w.rename, w.called, name, self.now))
                ran.append((w.rename, w.called, name))
                w.called = name
                return
        assert waiting[0].error is not None
        raise _refused(waiting[0].rename, waiting[0].error)

    def _execute(self, statements: Iterable[str]) -> None:
        execute(self.connection, statements)

    def _read(self, done: list[Rename]) -> None:
        bare = become(self.connection, self.origin, self.version)
        self.used = {_moved(i, done, bare): fact for i, fact in self.used.items()}
        self.now = worn(bare, self.used)

    def _note(self, r: Rename, old: str, new: str, before: Catalog) -> None:
        def step(sql: str) -> Step:
            return Step(sql, r.id, "rename", "rules")

        self.forward += map(step, _statements(r, old, new, before))
        self.reverse += map(step, reversed(_statements(r, new, old, self.now)))


def _moved(i: Id, done: list[Rename], now: Catalog) -> Id:
    """What an object is called once it, or what it stands in, is renamed."""
    for r in done:
        old = renamed(r.id, r.old).path
        if i not in now.facts and i.path[: len(old)] == old:
            i = Id(i.kind, (*r.id.path, *i.path[len(old) :]))
    return i


@dataclass(slots=True)
class _Waiting:
    """A rename that is to be done, and what its object is called meanwhile."""

    rename: Rename
    called: str
    error: psycopg.Error | None = None


def _statements(r: Rename, old: str, new: str, catalog: Catalog) -> list[str]:
    """The statements from one name to another, written of the object as a catalog has it."""
    kind = kind_of(r.id)
    if r.label is not None:
        assert kind.rename_label is not None
        return [kind.rename_label(catalog.facts[r.id], old, new)]
    fact = next(f for i in (renamed(r.id, old), renamed(r.id, r.old), r.id) if (f := catalog.facts.get(i)))
    return list(renaming(kind, dataclasses.replace(fact, id=renamed(r.id, old)), new))


def _refused(r: Rename, error: psycopg.Error) -> PlanError:
    place = f"{r.file}:{r.line}: " if r.file else ""
    said = error.diag.message_primary or str(error).strip()
    return PlanError(f"{place}{r.id} cannot be renamed from {r.old}: {said}")
