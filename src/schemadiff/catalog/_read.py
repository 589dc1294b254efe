"""What a database answers → a catalog. No kind is named here; the questions are ``_ask``'s.

Definitions are deparsed by PostgreSQL with an empty ``search_path``, so names in them are qualified.
https://www.postgresql.org/docs/current/catalogs.html
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg

from .._memory import give_back, uncollected
from ..errors import SourceError, UnsupportedServer
from ..kinds import Kind, kinds
from ..model import Catalog, Edge, Edges, Facts, Id, Row, Server
from ._addresses import Address, Addresses, Wanted
from ._ask import Answer, Answers, asked, asked_over, in_order, question
from ._connect import Connection, connect, masked
from ._shape import Links, Shape, oids, shape_of

OLDEST = 140000
KEPT = 40 * 8192
"""Bytes of pg_class from which on a digest of the system catalogs takes less than half of what all questions take: about
170 tables."""
IS_WORTH_KEEPING = f"pg_relation_size('pg_catalog.pg_class') > {KEPT}"


def read_catalog(url: str) -> Catalog:
    """Everything in a database that is not PostgreSQL's own or an extension's.

    Takes a libpq URL; raises ConnectError where the database cannot be reached, UnsupportedServer for
    majors before 14, SourceError where the server refuses to answer. Reads in one ``REPEATABLE READ,
    READ ONLY`` transaction.
    """
    with connect(url) as connection:
        return read_over(connection, url)


def is_worth_keeping(connection: Connection) -> bool:
    """Whether a database on an open connection holds so much that to look whether it has changed is worth it."""
    try:
        (found,) = connection.execute(f"select {IS_WORTH_KEEPING}".encode()).fetchone() or (False,)
    except psycopg.Error:
        return False
    return bool(found)


def read_over(connection: Connection, url: str) -> Catalog:
    """The same over an open connection in autocommit mode to that URL, and where the schema is large another one."""
    try:
        with _said(connection), asked_over(connection, url) as answers:
            found = _taken(answers)[0]
        if found.is_large:
            give_back()
            found.condense()
            give_back()
        return found
    except SourceError as error:
        raise type(error)(f"{masked(url)}: {error}") from None


def read_from(connection: Connection, *, again: bool = False, like: Catalog | None = None) -> Catalog:
    """The same on an open connection in autocommit mode, whose ``search_path`` is kept. In a transaction that is
    open it sees what that has done, and whatever others commit meanwhile. Where it is read ``again`` over this
    connection, the server keeps how it finds the answers: of a small schema, that takes it longer than finding them.
    It shares memory with a catalog that it is ``like``.

    https://www.postgresql.org/docs/current/sql-prepare.html"""
    with _said(connection), asked(connection, prepared=again) as answers:
        return _taken(answers, like)[0]


def read_addressed(connection: Connection, like: Catalog | None = None) -> tuple[Catalog, Addresses]:
    """The same, with the address in pg_depend of everything that has one."""
    with _said(connection), asked(connection) as answers:
        return _taken(answers, like)


def _taken(answers: Answers, like: Catalog | None = None) -> tuple[Catalog, Addresses]:
    with uncollected():
        reading = _Reading.of(answers, like)
        for kind in in_order():
            reading.take(kind, answers[question(kind)])
        reading.like = None
        return reading.catalog(answers), reading.ids


@contextmanager
def _said(connection: Connection) -> Iterator[None]:
    """Says what is wrong where a server cannot be asked, or does not answer."""
    version = connection.info.server_version
    if version < OLDEST:
        raise UnsupportedServer(f"the server is PostgreSQL {version // 10000}; 14 is the oldest supported")
    try:
        yield
    except psycopg.errors.InsufficientPrivilege as error:
        (role,) = connection.execute("select current_user").fetchone() or ("?",)
        raise SourceError(
            f"role {role} may not read the catalog: {error.diag.message_primary}; "
            "grant select on it to the role, or read as another role"
        ) from None
    except psycopg.Error as error:
        raise SourceError(f"the catalog cannot be read: {str(error).strip()}") from None


@dataclass(slots=True)
class _Reading:
    """What is known while the answers are taken one by one, parents before children."""

    classes: Mapping[str, int]
    members: Mapping[int, Mapping[int, int]]
    """By class, what belongs to extensions, each with the oid of its own."""
    like: Catalog | None
    """Another catalog: what is the same in both is in memory once."""
    rows: dict[Id, Row] = field(default_factory=dict)
    ids: Addresses = field(default_factory=Addresses)
    names: dict[str, str] = field(default_factory=dict)
    needs: Wanted = field(default_factory=Wanted)
    after: Wanted = field(default_factory=Wanted)

    @classmethod
    def of(cls, answers: Answers, like: Catalog | None) -> _Reading:
        members = {n: dict(zip(*pair, strict=True)) for n, *pair in answers["members"].rows()}
        return cls(dict(answers["classes"].rows()), members, like)

    def take(self, kind: Kind[Any], answer: Answer) -> None:
        names, rows = answer.taken()
        shape = shape_of(kind, names, self.classes)
        members = self.members.get(shape.own, {})
        heirs = []
        called = {i: i for i in self.like.ids_of(kind.name)} if self.like else {}
        for row in rows:
            if shape.own and row[shape.oid] in members:
                continue
            found = self._identity(kind.name, shape, row)
            if found is None:
                continue
            identity, parent = found
            identity = called.get(identity, identity)
            if shape.own:
                self.ids.put(shape.own, row[shape.oid], row[shape.sub] if shape.sub >= 0 else 0, identity)
            if shape.links:
                self._link(identity, shape.links, row)
            if shape.inherited_oid >= 0 and row[shape.inherited_oid]:
                heirs.append((identity, row))
            self._put(identity, shape.row(parent, row))
        for identity, row in heirs:
            compared, _, local, others = self.rows[identity]
            self._put(identity, (compared, self._inherited(shape, row), local, others))

    def _put(self, identity: Id, row: Row) -> None:
        there = self.like.facts.rows.get(identity) if self.like else None
        self.rows[identity] = there if there == row else row

    def _identity(self, name: str, shape: Shape, row: tuple[Any, ...]) -> tuple[Id, Id | None] | None:
        if shape.target >= 0:
            target = self.ids.get(row[shape.target : shape.target + 3])
            if target is None:
                return None
            more = self._names(row[shape.path]) if shape.path >= 0 else ()
            return Id(name, (target.kind, *target.path, *more)), target
        identity = Id(name, self._names(row[shape.path]))
        if not shape.parent:
            return identity, None
        sub = row[shape.parent_sub] if shape.parent_sub >= 0 else 0
        parent = self.ids.nearest((shape.parent, row[shape.parent_oid], sub))
        if parent and parent.path == identity.path:
            identity = Id(name, parent.path)  # it is in memory once
        return (identity, parent) if parent else None

    def _names(self, path: list[str]) -> tuple[str, ...]:
        """A path; the same name is the same string wherever it stands."""
        known = self.names
        return tuple([known.setdefault(name, name) for name in path])

    def _inherited(self, shape: Shape, row: tuple[Any, ...]) -> tuple[Id, ...]:
        oids = row[shape.inherited_oid]
        subs = row[shape.inherited_sub] if shape.inherited_sub >= 0 else [0] * len(oids)
        found = (self.ids.get((shape.own, oid, sub)) for oid, sub in zip(oids, subs, strict=True))
        return tuple(i for i in found if i)

    def _link(self, identity: Id, links: Links, row: tuple[Any, ...]) -> None:
        for position, number in links.aliases:
            for oid in oids(row[position]):
                self.ids.put_alias(number, oid, identity)
        for position, number, subs in links.needs:
            found = tuple(oids(row[position]))
            numbers = oids(row[subs]) if subs >= 0 else (0,) * len(found)
            for oid, sub in zip(found, numbers, strict=True):
                self.needs.put(identity, number, oid, sub)
        for position, number in links.after:
            for oid in oids(row[position]):
                self.after.put(identity, number, oid, 0)
        for position, number in links.columns:
            self.needs.put(identity, number, row[position], row[position + 1])

    def catalog(self, answers: Answers) -> Catalog:
        self.names = {}
        version, role, casts, tablespace, roles = answers["server"].row()
        depend = answers["depend"].row()
        return Catalog(
            facts=Facts(self.rows, lambda kind: kinds()[kind].fact),
            edges=Edges(lambda: self._edges(depend)),
            server=Server(int(version), role, frozenset(map(tuple, casts)), tablespace, frozenset(roles)),
            unmodelled=_unmodelled(answers["census"].rows(), self.members),
            order=Edges(lambda: self._pairs(self.after)),
        )

    def _edges(self, depend: tuple[Any, ...]) -> Iterator[Edge]:
        """What needs a member of an extension needs that."""
        ignores = {name: kind.ignores for name, kind in kinds().items()}
        owners = self._owners(depend)
        for classid, oid, sub, refclass, refoid, refsub, deptype in _unpacked(depend):
            dependent = self.ids.nearest((classid, oid, sub))
            referenced = self.ids.nearest((refclass, refoid, refsub)) or owners.get((refclass, refoid))
            if dependent is None or referenced is None or dependent == referenced:
                continue
            if deptype in ignores[dependent.kind] or self._above(dependent, referenced):
                continue
            yield Edge(dependent, referenced)
        yield from self._pairs(self.needs)

    def _owners(self, depend: tuple[Any, ...]) -> Mapping[tuple[int, int], Id]:
        """The extension that each member belongs to, and what PostgreSQL made with one, such as the type of its
        arrays."""
        extensions = self.classes["pg_extension"]
        found: dict[tuple[int, int], Id] = {}
        for classid, members in self.members.items():
            for oid, extension in members.items():
                if owner := self.ids.get((extensions, extension, 0)):
                    found[classid, oid] = owner
        made = (
            [((row[0], row[1]), found.get((row[3], row[4]))) for row in _unpacked(depend) if row[6] == "i"]
            if found
            else []
        )
        return found | {address: owner for address, owner in made if owner}

    def _above(self, fact: Id, other: Id) -> bool:
        """Whether ``other`` depends on ``fact`` as its child; an edge against that is PostgreSQL's bookkeeping."""
        parent = self.rows[other][0][0]
        return parent is not None and (parent == fact or self._above(fact, parent))

    def _pairs(self, wanted: Iterable[tuple[Id, Address]]) -> Iterator[Edge]:
        for identity, address in wanted:
            other = self.ids.nearest(address)
            if other is not None and other != identity:
                yield Edge(identity, other)


def _unpacked(depend: tuple[Any, ...]) -> Iterator[tuple[int, int, int, int, int, int, str]]:
    """The rows of pg_depend: the dependent's address, what it refers to, and deptype."""
    *packed, types = depend
    columns = (_numbers(column or b"", code) for column, code in zip(packed, "IIiIIi", strict=True))
    return zip(*columns, types or "", strict=True)


def _numbers(packed: bytes, code: str) -> array[int]:
    """Numbers of four bytes each in the order of the network, as int4send ("i") and oidsend ("I") write them."""
    found = array(code, packed)
    if sys.byteorder == "little":
        found.byteswap()
    return found


def _unmodelled(
    rows: Iterable[tuple[Any, ...]], members: Mapping[int, Mapping[int, int]]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: dict[str, list[str]] = {}
    for what, classid, oid, name in rows:
        if oid not in members.get(classid, ()):
            found.setdefault(what, []).append(name)
    return tuple((what, tuple(sorted(names))) for what, names in sorted(found.items()))
