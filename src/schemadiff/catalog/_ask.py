"""What is asked of a database, in one snapshot: one query a kind, sent in pipelines. No kind is named here.

A large schema is asked for over two connections that share a snapshot, so that two processors of the server work.
Owns the questions and how they travel; what the answers mean is ``_read``'s.
https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-SNAPSHOT-SYNCHRONIZATION
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from types import NoneType
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.rows import tuple_row

from ..errors import ConnectError
from ..kinds import Kind, kinds
from ..sqltext import ident
from ._census import census_query
from ._connect import SETTINGS, SNAPSHOT, Connection, connect

USER_SCHEMA = "n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'schemadiff')"
SERVER_QUERY = """
    select current_setting('server_version_num'), current_user::text,
           array(select array[format_type(castsource, null), format_type(casttarget, null), castcontext::text]
                 from pg_cast),
           (select t.spcname::text from pg_tablespace t join pg_database d on d.dattablespace = t.oid
            where d.datname = current_database()),
           array(select rolname::text from pg_roles)
"""
CLASS_QUERY = "select relname::text, oid::int8 from pg_class where relnamespace = 'pg_catalog'::regnamespace and relkind = 'r'"
MEMBER_QUERY = """
    select classid::int8, array_agg(objid::int8), array_agg(refobjid::int8)
    from pg_depend where deptype = 'e' group by 1
"""
DEPEND_QUERY = """
    select string_agg(oidsend(classid), ''), string_agg(oidsend(objid), ''), string_agg(int4send(objsubid), ''),
           string_agg(oidsend(refclassid), ''), string_agg(oidsend(refobjid), ''), string_agg(int4send(refobjsubid), ''),
           string_agg(deptype::text, '')
    from pg_depend where deptype not in ('e', 'x') and (objid >= 16384 or refobjid >= 16384)
"""
"""One row of columns: there are so many of them that tuples would take most of the memory."""
TOGETHER = 1000
"""Rows of an answer that are taken at once."""
COSTS = {"depend": 4}
"""Of the questions that are no kind's, as ``Kind.cost``."""
LONG, LARGE_LONG = 8, 3
"""The cost from which on an answer is taken while the server works on the next one, of any schema and of a large one;
that takes a round trip."""

LARGE = 100 * 8192
"""Bytes of pg_class from which on a second connection gains more than it costs: about 500 tables."""
SMALL = 140 * 8192
"""Bytes of what there is to read up to which the server finds rows one by one as fast: about 60 tables."""
IS_SMALL = f"""
    select sum(pg_relation_size(c)) <= {SMALL}, array(select name from pg_prepared_statements)
    from unnest('{{pg_attribute, pg_depend, pg_enum}}'::regclass[]) c
"""
ONE_BY_ONE = ("set local enable_hashjoin = off", "set local enable_mergejoin = off")
"""To weigh what else it could do takes a server longer than to answer, where there is little to find."""
SHARED = f"select case when pg_relation_size('pg_catalog.pg_class') > {LARGE} then pg_export_snapshot() end"


type Cursor = psycopg.Cursor[tuple[Any, ...]]
type Come = tuple[Cursor, list[tuple[Any, ...]]]
"""A cursor with what has come, and the first row of that."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server answers to a query, once it has come. It can be taken once: nobody keeps its cursor then, which
    keeps all that came with it, even closed."""

    come: Callable[[], Come]

    def taken(self) -> tuple[tuple[str, ...], Iterator[tuple[Any, ...]]]:
        """What its columns are called, and its rows, few at a time: only what is made of them stays in memory."""
        cursor, first = self.come()
        return tuple(c.name for c in cursor.description or ()), _rows(cursor, first)

    def rows(self) -> Iterator[tuple[Any, ...]]:
        return self.taken()[1]

    def row(self) -> tuple[Any, ...]:
        """The only row."""
        (found,) = self.rows()
        return found


def _rows(cursor: Cursor, rows: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    while rows:
        yield from rows
        rows = cursor.fetchmany(TOGETHER)


type Answers = Mapping[str, Answer]


def in_order() -> list[Kind[Any]]:
    """Satellites stand on facts of all other kinds."""
    return sorted(kinds().values(), key=lambda kind: kind.satellite)


def question(kind: Kind[Any]) -> str:
    """What the query of a kind is called."""
    return f"kind {kind.name}"


@contextmanager
def asked(connection: Connection, *, prepared: bool = False) -> Iterator[Answers]:
    """The answers on one open connection in autocommit mode; in a transaction that is open, as that sees them. What is
    ``prepared`` the server plans once a connection."""
    alone = connection.info.transaction_status is TransactionStatus.IDLE
    asking, first = _asking(connection, prepared)
    with connection.pipeline(), connection.transaction():
        if alone:
            connection.execute(f"set transaction {SNAPSHOT}".encode())
        with _sent(connection, asking, LONG, first) as answers:
            yield answers


def _asking(connection: Connection, prepared: bool) -> tuple[Mapping[str, str], Sequence[str]]:
    """The questions, and what to send before them. Of a schema that is not small nothing is prepared: what is good
    for few rows would be kept when there are many."""
    every = queries(connection.info.server_version)
    small, there = connection.execute(IS_SMALL.encode()).fetchone() or (False, [])
    if not (small and prepared):
        return every, ONE_BY_ONE if small else ()
    missing = (f"prepare {ident(n)} as {text}" for n, text in every.items() if n not in there)
    return {name: f"execute {ident(name)}" for name in every}, (*ONE_BY_ONE, *missing)


@contextmanager
def asked_over(connection: Connection, url: str) -> Iterator[Answers]:
    """The same on an open connection, and where the schema is large on another one to the same database. A transaction
    that is open there is read in, and ends."""
    shared = _shared(connection)
    try:
        second = _second(url, shared) if shared else None
        every = queries(connection.info.server_version)
        with connection.pipeline():
            if second is None:
                with _sent(connection, every, LONG) as answers:
                    yield answers
            else:
                mine, others = _divided(every)
                with (
                    second,
                    second.pipeline(),
                    _sent(second, others, LARGE_LONG) as theirs,
                    _sent(connection, mine, LARGE_LONG) as ours,
                ):
                    yield {**ours, **theirs}
            connection.execute("rollback")
    finally:
        if not connection.closed:
            connection.rollback()


def _shared(connection: Connection) -> str | None:
    """The snapshot of the transaction that is open, or is begun; None where the schema is not large, or the server
    shares none."""
    begin = f"begin {SNAPSHOT}; " if connection.info.transaction_status is TransactionStatus.IDLE else ""
    try:
        begun = connection.execute(f"{begin}{SHARED}".encode())
        if begin:
            begun.nextset()
        (found,) = begun.fetchone() or (None,)
    except psycopg.Error:
        connection.rollback()
        connection.execute(f"begin {SNAPSHOT}".encode())
        return None
    return found


def _second(url: str, shared: str) -> Connection | None:
    """Another connection in a transaction that sees the same; None where there may be no other, or it is led to
    another server."""
    try:
        connection = connect(url)
    except ConnectError:
        return None
    try:
        connection.execute(f"begin {SNAPSHOT}; set transaction snapshot '{shared}'".encode())
    except psycopg.Error:
        connection.close()
        return None
    return connection


def queries(version: int) -> dict[str, str]:
    """The questions in the order in which their answers are used: the server works on the next one
    while one is taken."""
    found = {"server": SERVER_QUERY, "classes": CLASS_QUERY, "members": MEMBER_QUERY}
    found |= {
        question(kind): kind.query(version) if callable(kind.query) else kind.query for kind in in_order()
    }
    found |= {"depend": DEPEND_QUERY, "census": census_query(version, frozenset(kinds()))}
    return {name: text.replace("{user_schema}", USER_SCHEMA) for name, text in found.items()}


def _divided(queries: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The questions in two halves that take the same time, each in order."""
    costs, spent = _costs(), [0, 0]
    halves: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for name, text in queries.items():
        which = spent.index(min(spent))
        halves[which][name] = text
        spent[which] += costs.get(name, 1)
    return halves


def _costs() -> dict[str, int]:
    return {question(kind): kind.cost for kind in kinds().values()} | COSTS


@contextmanager
def _sent(
    connection: Connection, queries: Mapping[str, str], long: int, first: Iterable[str] = ()
) -> Iterator[Answers]:
    """The questions, sent in pipelines and a transaction by a thread that takes what comes: neither the server nor
    we wait for the other. ``long`` is the cost from which on a question ends a pipeline, ``first`` is sent before all."""
    with ThreadPoolExecutor(1) as thread:
        for statement in (*SETTINGS, *first):
            connection.execute(statement.encode())
        batches = list(_batches(queries, long))
        sending = _Sending(connection, thread, [{n: queries[n].encode() for n in batch} for batch in batches])
        sending.reach(0)
        try:
            yield {n: Answer(partial(sending.come, i, n)) for i, batch in enumerate(batches) for n in batch}
        finally:
            thread.shutdown(cancel_futures=True)


@dataclass(slots=True)
class _Sending:
    """Sends the batch after the one that is taken, and no more: answers that wait are much of the memory that a large
    schema needs."""

    connection: Connection
    thread: ThreadPoolExecutor
    batches: Sequence[Mapping[str, bytes]]
    sent: int = 0
    coming: dict[str, Future[Come]] = field(default_factory=dict)

    def come(self, number: int, name: str) -> Come:
        """An answer of a batch, which is forgotten here."""
        self.reach(number + 1)
        try:
            return self.coming.pop(name).result()
        except psycopg.errors.PipelineAborted as aborted:
            # What failed may be told to whoever was the next to ask.
            told = (future.exception() for future in self.coming.values())
            raise next((e for e in told if not isinstance(e, (type(aborted), NoneType))), aborted) from None

    def reach(self, number: int) -> None:
        """Sends the batches up to one."""
        for batch in self.batches[self.sent : number + 1]:
            executed = {name: self.thread.submit(self._executed, text) for name, text in batch.items()}
            self.coming |= {name: self.thread.submit(_come, cursor) for name, cursor in executed.items()}
            self.sent += 1

    def _executed(self, text: bytes) -> Cursor:
        return self.connection.cursor(binary=True, row_factory=tuple_row).execute(text)


def _come(executed: Future[Cursor]) -> Come:
    cursor = executed.result()
    return cursor, cursor.fetchmany(1)


def _batches(queries: Iterable[str], long: int) -> Iterator[list[str]]:
    """Questions that are sent together: psycopg takes no answer before the last that was sent has come."""
    costs, batch = _costs(), list[str]()
    for name in queries:
        batch.append(name)
        if costs.get(name, 1) >= long:
            yield batch
            batch = []
    yield batch
