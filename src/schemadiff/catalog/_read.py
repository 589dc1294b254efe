"""A database → a catalog: one snapshot, one pipeline, one query a kind. No kind is named here.

Definitions are deparsed by PostgreSQL with an empty ``search_path``, so names in them are qualified.
https://www.postgresql.org/docs/current/catalogs.html
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg.abc import Query
from psycopg.rows import tuple_row

from ..errors import SourceError, UnsupportedServer
from ..kinds import Kind, kinds
from ..model import Catalog, Edge, Fact, Id, Server
from ._census import census_query
from ._connect import connect, masked
from ._spelling import one_spelling

USER_SCHEMA = "n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'schemadiff')"
OLDEST = 140000

SERVER_QUERY = """
    select current_setting('server_version_num')::int, current_user::text,
           array(select array[format_type(castsource, null), format_type(casttarget, null), castcontext::text]
                 from pg_cast)
"""
CLASS_QUERY = "select relname::text, oid::int8 from pg_class where relnamespace = 'pg_catalog'::regnamespace and relkind = 'r'"
MEMBER_QUERY = "select classid::int8, objid::int8 from pg_depend where deptype = 'e'"
DEPEND_QUERY = """
    select classid::int8, objid::int8, objsubid, refclassid::int8, refobjid::int8, refobjsubid, deptype::text
    from pg_depend where deptype <> 'e' and (objid >= 16384 or refobjid >= 16384)
"""

type Address = tuple[int, int, int]
type Row = Mapping[str, Any]


def read_catalog(url: str) -> Catalog:
    """Everything in a database that is not PostgreSQL's own or an extension's.

    Takes a libpq URL; raises ConnectError where the database cannot be reached, UnsupportedServer for
    majors before 14, SourceError where the server refuses to answer. Reads in one ``REPEATABLE READ,
    READ ONLY`` transaction.
    """
    with connect(url) as connection:
        try:
            return read_from(connection)
        except SourceError as error:
            raise type(error)(f"{masked(url)}: {error}") from None


def read_from(connection: psycopg.Connection[Any]) -> Catalog:
    """The same on an open connection in autocommit mode, whose ``search_path`` is kept."""
    version = connection.info.server_version
    if version < OLDEST:
        raise UnsupportedServer(f"the server is PostgreSQL {version // 10000}; 14 is the oldest supported")
    with _uncollected():
        return _read(connection, version)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Nothing that is made here becomes garbage soon, and looking for it takes as long as the reading."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _read(connection: psycopg.Connection[Any], version: int) -> Catalog:
    try:
        answers = _ask(connection, _queries(version))
    except psycopg.errors.InsufficientPrivilege as error:
        (role,) = connection.execute("select current_user").fetchone() or ("?",)
        raise SourceError(
            f"role {role} may not read the catalog: {error.diag.message_primary}; "
            "grant select on it to the role, or read as another role"
        ) from None
    except psycopg.Error as error:
        raise SourceError(f"the catalog cannot be read: {str(error).strip()}") from None
    reading = _Reading.of(answers)
    for kind in sorted(kinds().values(), key=lambda kind: kind.satellite):
        reading.take(kind, answers[f"kind {kind.name}"])
    return reading.catalog(answers)


def _queries(version: int) -> dict[str, str]:
    found = {"server": SERVER_QUERY, "classes": CLASS_QUERY, "members": MEMBER_QUERY, "depend": DEPEND_QUERY}
    for kind in kinds().values():
        text = kind.query(version) if callable(kind.query) else kind.query
        found[f"kind {kind.name}"] = text.replace("{user_schema}", USER_SCHEMA)
    found["census"] = census_query(version, frozenset(kinds())).replace("{user_schema}", USER_SCHEMA)
    return found


@dataclass(frozen=True, slots=True)
class Answer:
    names: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]


def _ask(connection: psycopg.Connection[Any], queries: Mapping[str, str]) -> dict[str, Answer]:
    with connection.pipeline(), connection.transaction():
        connection.execute("set transaction isolation level repeatable read, read only")
        connection.execute("set local search_path = ''")
        connection.execute("set local statement_timeout = 0")
        connection.execute("set local default_transaction_deferrable = off")
        cursors = {name: connection.cursor(row_factory=tuple_row) for name in queries}
        for name, text in queries.items():
            query: Query = text.encode()
            cursors[name].execute(query)
        return {name: _answer(cursor) for name, cursor in cursors.items()}


def _answer(cursor: psycopg.Cursor[tuple[Any, ...]]) -> Answer:
    rows = cursor.fetchall()
    return Answer(tuple(c.name for c in cursor.description or ()), rows)


@dataclass(slots=True)
class _Reading:
    """What is known while the answers are taken one by one, parents before children."""

    classes: Mapping[str, int]
    members: frozenset[tuple[int, int]]
    facts: dict[Id, Fact] = field(default_factory=dict)
    ids: dict[Address, Id] = field(default_factory=dict)
    needs: list[tuple[Id, Address]] = field(default_factory=list)
    after: list[tuple[Id, Address]] = field(default_factory=list)
    ignored: dict[Id, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, answers: Mapping[str, Answer]) -> _Reading:
        return cls(dict(answers["classes"].rows), frozenset(answers["members"].rows))

    def take(self, kind: Kind[Any], answer: Answer) -> None:
        columns = {name: position for position, name in enumerate(answer.names)}
        readers = _readers(kind, columns)
        links = _links(self.classes, columns)
        own = self.classes[kind.catalog] if kind.catalog else 0
        kept = []
        for row in answer.rows:
            address = (
                (own, row[columns["oid"]], row[columns["sub"]] if "sub" in columns else 0) if own else None
            )
            if address and (address[0], address[1]) in self.members:
                continue
            found = self._identity(kind, columns, row)
            if found is None:
                continue
            kept.append((*found, row))
            if address:
                self.ids[address] = found[0]
            if kind.ignores:
                self.ignored[found[0]] = kind.ignores
            self._link(found[0], links, columns, row)
        for identity, parent, row in kept:
            values = {name: row[i] if convert is None else convert(row[i]) for name, i, convert in readers}
            inherited = self._inherited(own, columns, row)
            self.facts[identity] = kind.fact(id=identity, parent=parent, inherited=inherited, **values)

    def _identity(
        self, kind: Kind[Any], columns: Mapping[str, int], row: tuple[Any, ...]
    ) -> tuple[Id, Id | None] | None:
        if kind.satellite:
            target = self.ids.get(
                (row[columns["target_class"]], row[columns["target_oid"]], row[columns["target_sub"]])
            )
            if target is None:
                return None
            more = row[columns["path"]] if "path" in columns else ()
            return Id(kind.name, (target.kind, *target.path, *more)), target
        identity = Id(kind.name, tuple(row[columns["path"]]))
        if kind.parent is None:
            return identity, None
        sub = row[columns["parent_sub"]] if "parent_sub" in columns else 0
        parent = self._resolve((self.classes[kind.parent], row[columns["parent_oid"]], sub))
        return (identity, parent) if parent else None

    def _inherited(self, own: int, columns: Mapping[str, int], row: tuple[Any, ...]) -> tuple[Id, ...]:
        oids = row[columns["inherited_oid"]] if "inherited_oid" in columns else None
        if not oids:
            return ()
        subs = row[columns["inherited_sub"]] if "inherited_sub" in columns else [0] * len(oids)
        found = (self.ids.get((own, oid, sub)) for oid, sub in zip(oids, subs, strict=True))
        return tuple(i for i in found if i)

    def _link(self, identity: Id, links: _Links, columns: Mapping[str, int], row: tuple[Any, ...]) -> None:
        for position, number in links.aliases:
            for oid in _oids(row[position]):
                self.ids.setdefault((number, oid, 0), identity)
        for position, number in links.needs:
            self.needs += ((identity, (number, oid, 0)) for oid in _oids(row[position]))
        for position, number in links.after:
            self.after += ((identity, (number, oid, 0)) for oid in _oids(row[position]))
        if "colref_oid" in columns:
            column = (self.classes["pg_class"], row[columns["colref_oid"]], row[columns["colref_sub"]])
            self.needs.append((identity, column))

    def _resolve(self, address: Address) -> Id | None:
        exact = self.ids.get(address)
        return exact if exact or not address[2] else self.ids.get((address[0], address[1], 0))

    def catalog(self, answers: Mapping[str, Answer]) -> Catalog:
        (server,) = answers["server"].rows
        version, role, casts = server
        return Catalog(
            facts=self.facts,
            edges=frozenset(self._edges(answers["depend"].rows)),
            server=Server(version, role, frozenset(map(tuple, casts))),
            unmodelled=_unmodelled(answers["census"].rows, self.members),
            order=frozenset(self._pairs(self.after)),
        )

    def _edges(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[Edge]:
        for classid, oid, sub, refclass, refoid, refsub, deptype in rows:
            dependent = self._resolve((classid, oid, sub))
            referenced = self._resolve((refclass, refoid, refsub))
            if dependent is None or referenced is None or dependent == referenced:
                continue
            if deptype in self.ignored.get(dependent, ()) or self._above(dependent, referenced):
                continue
            yield Edge(dependent, referenced)
        yield from self._pairs(self.needs)

    def _above(self, fact: Id, other: Id) -> bool:
        """Whether ``other`` depends on ``fact`` as its child; an edge against that is PostgreSQL's bookkeeping."""
        parent = self.facts[other].parent
        return parent is not None and (parent == fact or self._above(fact, parent))

    def _pairs(self, wanted: Iterable[tuple[Id, Address]]) -> Iterator[Edge]:
        for identity, address in wanted:
            other = self._resolve(address)
            if other is not None and other != identity:
                yield Edge(identity, other)


@dataclass(frozen=True, slots=True)
class _Links:
    """Positions of the columns that link, each with the class number that its name gives."""

    aliases: tuple[tuple[int, int], ...]
    needs: tuple[tuple[int, int], ...]
    after: tuple[tuple[int, int], ...]


def _links(classes: Mapping[str, int], columns: Mapping[str, int]) -> _Links:
    def named(prefix: str) -> tuple[tuple[int, int], ...]:
        return tuple((i, classes[n.removeprefix(prefix)]) for n, i in columns.items() if n.startswith(prefix))

    return _Links(named("alias_"), named("ref_"), named("after_"))


def _oids(value: Any) -> Iterable[int]:
    if value is None:
        return ()
    return (oid for oid in value if oid) if isinstance(value, list) else (value,) if value else ()


type _Reader = tuple[str, int, Callable[[Any], Any] | None]


def _readers(kind: Kind[Any], columns: Mapping[str, int]) -> list[_Reader]:
    """For each attribute its column, and what makes its value immutable and its spelling one."""
    found: list[_Reader] = []
    for name, attribute in kind.fact.__dataclass_fields__.items():
        if name not in columns or name == "inherited":
            continue
        annotation = str(attribute.type).removesuffix(" | None")
        found.append((name, columns[name], _CONVERSIONS.get(annotation, _frozen)))
    return found


def _spelled(value: str | None) -> str | None:
    return one_spelling(value) if value else value


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


_CONVERSIONS: Mapping[str, Callable[[Any], Any] | None] = {
    "str": None, "int": None, "bool": None, "Expression": _spelled,
}  # fmt: skip
"""By annotation; of any other, and of an alias, the value may be an array."""


def _unmodelled(
    rows: Iterable[tuple[Any, ...]], members: frozenset[tuple[int, int]]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: dict[str, list[str]] = {}
    for what, classid, oid, name in rows:
        if (classid, oid) not in members:
            found.setdefault(what, []).append(name)
    return tuple((what, tuple(sorted(names))) for what, names in sorted(found.items()))
