"""A soft drop: the origin once what a plan would drop is in the trash, and the statements there and back.

Tables, columns and sequences hold rows and values, so they are moved; what they need and the plan drops, such as
the type of a column, goes with them. As for a rename, the statements run in a clone of the origin, and PostgreSQL
says what it has become; what must go from there, like foreign keys, the plan drops as ever. What PostgreSQL does
not let go is dropped after all, which ``DELETES_DATA`` says. Names in the trash are ``_trash``'s.

https://www.postgresql.org/docs/current/sql-altertable.html
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import psycopg

from ._copies import become, execute, used, worn
from ._directives import kind_of, name_of, renamed
from ._inside import outside
from ._renaming import Renamed, Renaming
from ._scope import Scope
from ._trash import free_name, free_schema, is_in_trash, is_trash
from .engine import Step, steps
from .errors import PlanError
from .kinds import renaming
from .model import Catalog, Fact, Id
from .prove import clone
from .scratch import ScratchServer
from .sqltext import ident, literal

MOVED = ("table", "sequence")
"""What lies in a schema and holds what no statement brings back."""
COLUMN, NOT_NULL, IDENTITY, OWNED = "column", "not_null", "identity", "owned_by"
CALLED = ("function", "aggregate")
"""What is called by the types of its arguments: moved before these are."""


@dataclass(frozen=True, slots=True)
class SoftDrop:
    """``renamed`` is the origin with the trash, and the way there and back. ``leaving`` are the facts of it that go
    from what was put there, ``notes`` say what could not be."""

    renamed: Renamed
    leaving: frozenset[Id]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Dropped:
    """What the ``steps`` from one catalog to another drop, within a scope."""

    origin: Catalog
    target: Catalog
    steps: Sequence[Step]
    scope: Scope

    @cached_property
    def outside(self) -> frozenset[Id]:
        return outside(self.origin, self.scope)

    @cached_property
    def all(self) -> frozenset[Id]:
        """Whatever is dropped, also to be made anew."""
        said = (i for s in self.steps if s.verb == "drop" for i in s.ids)
        return frozenset(said).union(i for i in self.origin.facts if i not in self.target.facts)

    @cached_property
    def _emptied(self) -> frozenset[Id]:
        return frozenset(i for s in self.steps if "DELETES_DATA" in s.hazards for i in s.ids) & self.all

    def _lost(self, *wanted: str) -> Iterator[Id]:
        for i in sorted(i for i in self.origin.facts if i.kind in wanted and i not in self.outside):
            if i not in self.target.facts or i in self._emptied:
                yield i

    @cached_property
    def whole(self) -> tuple[Id, ...]:
        """Tables, and sequences that do not go along with them."""
        tables = set(self._lost("table"))
        owned = {i for i in self._lost("sequence") if self._owner(i) in tables}
        return tuple(i for i in self._lost(*MOVED) if i not in owned)

    @cached_property
    def columns(self) -> tuple[Id, ...]:
        """Columns of tables that stay, with values that nothing computes."""
        found = (i for i in self._lost(COLUMN) if not getattr(self.origin.facts[i], "generated", ""))
        return tuple(i for i in found if self.above(i).kind == "table" and self.above(i) not in self.whole)

    def above(self, i: Id) -> Id:
        """The table of a column."""
        parent = self.origin.facts[i].parent
        assert parent is not None
        return parent

    def _owner(self, sequence: Id) -> Id | None:
        """The table that a sequence goes along with."""
        column = getattr(self.origin.facts.get(Id(OWNED, sequence.path)), "column", None)
        return Id("table", tuple(column[:-1])) if column else None

    def __bool__(self) -> bool:
        return bool(self.whole or self.columns or self.needed())

    def needed(self, without: Set[Id] = frozenset()) -> dict[Id, Id]:
        """What is dropped and what goes into the trash, or lies there, needs: to go with it; each with who needs it.
        Columns ``without`` which it does go are dropped."""
        trash = {*self.whole, *self.columns, *(i for i in self.outside if is_trash(i))} - without
        queue = [part for i in sorted(trash) for part in self._kept(i)]
        queue += sorted(i for i in self.outside if is_in_trash(i))
        found: dict[Id, Id] = {}
        while queue:
            user = queue.pop()
            for other in self.origin.references.get(user, ()):
                root = self.origin.root(other)
                if root in found or root in trash or not self._is_left_behind(root):
                    continue
                found[root] = user
                queue += self._kept(root)
        return found

    def _is_left_behind(self, root: Id) -> bool:
        """Whether it is dropped, and goes along with nothing by itself. What is made anew takes what uses it along;
        an enum does so only where every row has a label of the new one."""
        stays = root in self.target.facts and not self._loses_labels(root)
        return not stays and root.kind not in ("schema", "table") and self._owner(root) not in self.whole

    def _loses_labels(self, i: Id) -> bool:
        mapped = any(m.id == i for m in self.target.label_maps)
        return kind_of(i).rename_label is not None and i in self.all and not mapped

    def _kept(self, root: Id) -> Iterator[Id]:
        yield root
        for i in self.origin.children.get(root, ()):
            if not kind_of(i).leaves_trash(self.origin.facts[i]):
                yield from self._kept(i)


def soft_drop(
    dropped: Dropped, server: ScratchServer, version: int, day: date, taken: Iterable[str]
) -> SoftDrop:
    """Puts what is dropped into the trash of a copy of the origin on a scratch server of its major.

    ``taken`` are the names of the schemas that there are. Raises PlanError for what the trash would need and nobody
    can put there."""
    with clone(dropped.origin, server, dropped.origin.server.role) as connection:
        copy = _Copy(connection, dropped, version, day, set(taken))
        copy.run()
        return copy.told()


@dataclass(frozen=True, slots=True)
class _Move:
    """The statements that put an object into the trash and back, and what it is called there."""

    id: Id
    forward: tuple[str, ...]
    back: tuple[str, ...]
    there: Id
    told: tuple[Renaming, Renaming] | None = None


@dataclass(slots=True)
class _Copy:
    """A clone of the origin, and what was moved in it."""

    connection: psycopg.Connection[Any]
    dropped: Dropped
    version: int
    day: date
    taken: set[str]
    moves: list[_Move] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    schemas: dict[str, str] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)
    """The names that columns and their sequences got."""

    @property
    def origin(self) -> Catalog:
        return self.dropped.origin

    def run(self) -> None:
        objections = {i: self._objection(i) for i in self.dropped.columns}
        refused = {i for i, why in objections.items() if why}
        needed = self.dropped.needed(refused)
        for i in sorted(needed, key=lambda i: (i.kind not in CALLED, i)):
            try:
                self._do(self._into_schema(i))
            except psycopg.Error as error:
                raise self._stuck(i, needed[i], error) from None
        for i in self.dropped.whole:
            self._try(i, self._into_schema)
        for i, why in objections.items():
            if why is None:
                self._try(i, self._aside)
            elif why:
                self._note(i, why)

    def told(self) -> SoftDrop:
        worn_before = used(self.origin)
        now = become(self.connection, self.origin, self.version)
        now = worn(now, {self._there(i): fact for i, fact in worn_before.items()})
        forward = [self._step(m, sql) for m in self.moves for sql in m.forward]
        reverse = [self._step(m, sql, back=True) for m in reversed(self.moves) for sql in m.back]
        execute(self.connection, (s.sql for s in reverse))
        undone = worn(become(self.connection, self.origin, self.version), worn_before)
        reverse += steps(undone, self.origin, version=self.version, role=self.origin.server.role)
        done = tuple(m.told for m in self.moves if m.told)
        return SoftDrop(
            Renamed(now, tuple(forward), tuple(reverse), done),
            frozenset(i for m in self.moves for i in _leaving(m.there, now)),
            tuple(self.notes),
        )

    def _step(self, move: _Move, sql: str, *, back: bool = False) -> Step:
        return Step(sql, move.there if back else move.id, "move", "rules")

    def _there(self, i: Id) -> Id:
        """What a fact of the origin is called now."""
        for m in self.moves:
            if i.path[: len(m.id.path)] == m.id.path and m.id.kind != "schema":
                return Id(i.kind, (*m.there.path, *i.path[len(m.id.path) :]))
            if m.id.kind in MOVED and self.origin.facts[i].parent == m.id:
                return Id(i.kind, (m.there.path[0], *i.path[1:]))
        return i

    def _try(self, i: Id, move: Callable[[Id], _Move]) -> None:
        try:
            self._do(move(i))
        except psycopg.Error as error:
            self._note(i, error.diag.message_primary or str(error).strip())

    def _do(self, move: _Move) -> None:
        execute(self.connection, move.forward)
        self.moves.append(move)

    def _note(self, i: Id, why: str) -> None:
        self.notes.append(f"{i} is dropped, and not put into the trash: {why}")

    def _stuck(self, i: Id, user: Id, error: psycopg.Error) -> PlanError:
        said = error.diag.message_primary or str(error).strip()
        if is_in_trash(user):
            return PlanError(
                f"{user} lies in the trash and needs {i}, which is dropped and cannot go there ({said}): keep {i} in "
                "the target, or delete the trash first with 'schemadiff purge'"
            )
        return PlanError(
            f"{user} is to be put into the trash and needs {i}, which is dropped and cannot go there ({said}): keep "
            f"{i} in the target until the trash is purged, or plan without --soft-drop"
        )

    # Where things go

    def _into_schema(self, i: Id) -> _Move:
        """Into the schema of the trash that takes what lies in the object's own."""
        fact, kind = self.origin.facts[i], kind_of(i)
        if kind.address is None or len(i.path) < 2:
            raise psycopg.DataError(f"{kind.title} lie in no schema")
        schema = self._schema(i.path[0])
        there = Id(i.kind, (schema, *i.path[1:]))
        moved = dataclasses.replace(fact, id=there)
        apart = [p for part in self.origin.children.get(i, ()) if (p := self._parted(part))]
        return _Move(
            i,
            (*(out for out, _ in apart), f"alter {kind.address(fact)} set schema {ident(schema)}"),
            (f"alter {kind.address(moved)} set schema {ident(i.path[0])}", *(back for _, back in apart)),
            there,
            (Renaming(i, name_of(i), schema=schema), Renaming(there, name_of(i), schema=i.path[0])),
        )

    def _parted(self, part: Id) -> tuple[str, str] | None:
        """How it is taken out of another object that does not go the same way."""
        fact, kind = self.origin.facts[part], kind_of(part)
        others = (r for r in self.origin.references.get(part, ()) if r != fact.parent)
        gone = all(self.origin.root(other) in self.dropped.whole for other in others)
        return kind.parted(fact) if kind.parted and not (gone and part.kind != OWNED) else None

    def _schema(self, of: str) -> str:
        """The schema of the trash for what lies in another one, made when it is first asked for."""
        if of not in self.schemas:
            name = self.schemas[of] = free_schema(self.day, self.taken)
            self.taken.add(name)
            said = literal(f"dropped from schema {of} on {self.day}")
            made = (f"create schema {ident(name)}", f"comment on schema {ident(name)} is {said.strip()}")
            i = Id("schema", (name,))
            self._do(_Move(i, made, (f"drop schema {ident(name)}",), i))
        return self.schemas[of]

    def _aside(self, i: Id) -> _Move:
        """A column under another name; the sequence of its identity leaves its name too."""
        fact, kind = self.origin.facts[i], kind_of(i)
        tables = {self.dropped.above(c) for c in (i, *self._heirs(i))}
        taken = {name_of(c) for t in tables for c in self.origin.children.get(t, ()) if c.kind == COLUMN}
        there = renamed(i, self._free(name_of(i), taken))
        moved = dataclasses.replace(fact, id=there)
        forward, back = list(renaming(kind, fact, name_of(there))), list(renaming(kind, moved, name_of(i)))
        for out, home in self._sequence_names(i):
            forward.append(out)
            back.append(home)
        told = Renaming(i, name_of(there)), Renaming(there, name_of(i))
        return _Move(i, tuple(forward), tuple(back), there, told)

    def _free(self, name: str, taken: Set[str]) -> str:
        found = free_name(self.day, name, taken | self.given)
        self.given.add(found)
        return found

    def _sequence_names(self, column: Id) -> Iterator[tuple[str, str]]:
        name = getattr(self.origin.facts.get(Id(IDENTITY, column.path)), "sequence", None)
        if name:
            schema = column.path[0]
            taken = {i.path[1] for i in self.origin.facts if len(i.path) > 1 and i.path[0] == schema}
            new = self._free(name, taken)
            address = f"alter sequence {ident(schema)}"
            yield (
                f"{address}.{ident(name)} rename to {ident(new)}",
                f"{address}.{ident(new)} rename to {ident(name)}",
            )

    # What stands against it

    def _objection(self, i: Id) -> str | None:
        """Why a column cannot be put aside; empty where it goes with the one that it was inherited from."""
        fact = self.origin.facts[i]
        if fact.inherited:
            with_those = all(p in self.dropped.columns for p in fact.inherited)
            return "" if with_those else f"it is inherited from {fact.inherited[0]}"
        kept = [c for c in self._heirs(i) if c not in self.dropped.columns]
        if kept:
            return f"{kept[0]} inherits it and stays"
        return self._refusal_of_null(fact)

    def _refusal_of_null(self, column: Fact) -> str | None:
        """Why rows without a value could not be inserted, as PostgreSQL says it of the type."""
        if any(i.kind in ("default", IDENTITY) for i in self.origin.children.get(column.id, ())):
            return None
        try:
            execute(self.connection, [f"select cast(null as {getattr(column, 'type', 'text')})"])
        except psycopg.Error as error:
            return f"new rows would need a value: {error.diag.message_primary}"
        return None

    def _heirs(self, i: Id) -> list[Id]:
        found = list(_inheriting(self.origin).get(i, ()))
        return [*found, *(c for heir in found for c in self._heirs(heir))]


def _inheriting(catalog: Catalog) -> Mapping[Id, list[Id]]:
    """The columns that were inherited from each."""
    found: dict[Id, list[Id]] = {}
    for i, row in catalog.facts.rows.items():
        for parent in row[1] if i.kind == COLUMN else ():
            found.setdefault(parent, []).append(i)
    return found


def _leaving(there: Id, now: Catalog) -> Set[Id]:
    """What goes from an object in the trash. A column without an identity loses its NOT NULL."""
    below = set(now.descendants(there))
    if there.kind != COLUMN:
        return {i for i in below if kind_of(i).leaves_trash(now.facts[i])}
    has_identity = any(i.kind == IDENTITY for i in below)
    return set() if has_identity else {i for i in below if i.kind == NOT_NULL}
