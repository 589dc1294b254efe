"""What the system catalogs of a database hold, as one digest that its server makes.

All that is asked of a database follows from the rows of its system catalogs, from its settings, from the version of
the server and from the role that asks: where these are what they were, so is every answer. To hash the rows takes the
server a fraction of the time that it takes to deparse definitions from them. Owns which rows and columns count; knows
no kind, and imports nothing that a check with a kept verdict needs not.
https://www.postgresql.org/docs/current/catalogs.html
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from psycopg.errors import Error
from psycopg.pq import ConnStatus, TransactionStatus

from .._lazy import nothing
from ..sqltext import comma, ident, literal
from ._connect import SETTINGS, SNAPSHOT, PGconn
from ._line import Row, ask

LEFT_OUT = {
    "pg_authid": "seen as pg_roles, without passwords",
    "pg_largeobject": "rows of users",
    "pg_largeobject_metadata": "rows of users",
    "pg_replication_origin": "how far replication has come",
    "pg_shdepend": "follows from the rows that depend; those of other databases are in it too",
    "pg_shdescription": "comments on databases, roles and tablespaces",
    "pg_shseclabel": "labels of databases, roles and tablespaces",
    "pg_statistic": "what ANALYZE found in rows of users",
    "pg_statistic_ext_data": "what ANALYZE found in rows of users",
    "pg_subscription_rel": "how far replication has come",
}
"""The system catalogs that no question looks into, each with what it holds."""
COLUMNS_LEFT_OUT = {
    "pg_attribute": ("attcacheoff", "attmissingval"),
    "pg_class": ("relallfrozen", "relallvisible", "relfilenode", "relfrozenxid", "relminmxid", "relpages", "reltuples"),
    "pg_database": ("datfrozenxid", "datminmxid"),
}  # fmt: skip
"""The columns that no question looks at, and that change by themselves or with the rows of users."""
VIEWS = ("pg_roles", "pg_settings", "pg_user_mappings")
SEEN = {"pg_settings": ("name", "setting")}
"""Of these views only some columns count."""
ROWS = {
    "pg_attribute": "t.attnum > 0 or t.attacl is not null",  # every table has the same columns of the system
    "pg_database": "t.datname = current_database()",
    "pg_settings": "t.source <> 'default' or t.name not like '%.%'",  # a library brings its own when it is first used
}
"""Of these only some rows count."""
SORTED = ("pg_class",)
"""The rows of these are hashed in an order of their own: TRUNCATE and REINDEX store them elsewhere. To sort the others
takes longer than it is worth."""
HASHED = ("bool", '"char"', "name", "int2", "int4", "float4", "oid", "regproc", "oidvector", "text")
"""The types that PostgreSQL hashes by all that they are. Others are turned into text: int8 is folded into half of
itself, and of an aclitem the parts are added up."""

FIRST_OF_USERS = 16384
"""PostgreSQL's FirstNormalObjectId."""
MADE_BY = "'1'::xid"
"""PostgreSQL's BootstrapTransactionId. Rows of it come with the version of the server, and nothing writes such rows
later: whoever changes one writes another instead. So they are counted, not hashed."""


def _names(found: Iterable[str]) -> str:
    return f"array[{comma(literal(name).strip() for name in found)}]::text[]"


COLUMNS = f"""
    select c.relname::text, a.attname::text, a.atttypid = any ({_names(HASHED)}::regtype[]),
           c.relkind = 'r' and has_table_privilege(c.oid, 'select')
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'pg_catalog'::regnamespace and c.oid < {FIRST_OF_USERS} and a.attrelid < {FIRST_OF_USERS}
      and (c.relkind = 'r' and c.relname <> all ({_names(LEFT_OUT)}) or c.relname = any ({_names(VIEWS)}))
      and a.attnum > 0 and not a.attisdropped and has_column_privilege(c.oid, a.attnum, 'select')
    order by c.relname, a.attnum
"""
"""What the role may read: what it may not read is in no answer to it either. Of what it may read as a whole, it may
read by which transaction a row was written."""
IN_ORDER = "set local max_parallel_workers_per_gather = 0"
IN_ANY_ORDER = "set local max_parallel_workers_per_gather = default"
"""Several workers would hand on the rows in another order each time, from PostgreSQL 16 on."""
SESSION = "select version(), current_user::text, session_user::text"


def seed() -> int:
    """A number that nobody can guess, to hash with: else two schemas of the same hash could be thought of."""
    return secrets.randbits(63) or 1


type Column = tuple[str, str, bool, bool]
"""A system catalog and one of its columns, whether its values are hashed as they are, and whether the role may read
all of that catalog."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds: the columns that were hashed, and the digest of these, which are in it."""

    columns: tuple[Column, ...]
    digest: str


def contents(
    pgconn: PGconn,
    seed: int,
    known: Contents | None = None,
    meanwhile: Callable[[], object] = nothing,
) -> Contents | None:
    """Stands for all that the questions can find in a database, on an open connection: another digest says that
    something may differ, the same that nothing does. Digests of different seeds do not compare.

    Begins a transaction, ending one that is open, and leaves it open: what is read in it sees the same rows. Each row
    is hashed to 64 bits, and these in their order by SHA-256. None where the server does not answer. ``known`` is what
    it held before: where it still does, that takes one round trip, else two. ``meanwhile`` is called while the server
    hashes, if it comes to that."""
    if pgconn.transaction_status != TransactionStatus.IDLE:
        _roll_back(pgconn)
    found = _hashed(pgconn, seed, known.columns, meanwhile) if known else None
    # Which columns count follows from what is hashed: which version this is, and who may read what.
    if known and known == found:
        return known
    columns = _columns(pgconn)
    if found and found.columns == columns:
        return found
    return _hashed(pgconn, seed, columns, nothing if known else meanwhile) if columns else None


def _columns(pgconn: PGconn) -> tuple[Column, ...] | None:
    found = _answers(pgconn, [COLUMNS])
    return tuple((str(c), str(n), h == "t", w == "t") for c, n, h, w in found[0]) if found else None


def _hashed(
    pgconn: PGconn, seed: int, columns: tuple[Column, ...], meanwhile: Callable[[], object]
) -> Contents | None:
    found = _answers(pgconn, [SESSION, IN_ORDER, _hashes(columns, seed), IN_ANY_ORDER], meanwhile)
    if not found:
        return None
    session, _, hashes, _ = found
    said = session, columns, sorted(hashes, key=repr)
    return Contents(columns, hashlib.sha256(repr(said).encode()).hexdigest())


def _answers(
    pgconn: PGconn, statements: Sequence[str], meanwhile: Callable[[], object] = nothing
) -> list[list[Row]] | None:
    """The rows of each statement, in a transaction that is begun unless one is open; None where one fails."""
    first = (f"begin {SNAPSHOT}", *SETTINGS) if pgconn.transaction_status == TransactionStatus.IDLE else ()
    try:
        found = ask(pgconn, "; ".join([*first, *statements]), meanwhile)
    except Error:
        found = None
    if found is None:
        _roll_back(pgconn)
        return None
    return found[len(first) :]


def _roll_back(pgconn: PGconn) -> None:
    if pgconn.status != ConnStatus.BAD:
        ask(pgconn, "rollback")


def _hashes(columns: Iterable[Column], seed: int) -> str:
    """The query for the name, the hash and the number of rows of each system catalog."""
    found: dict[tuple[str, bool], list[str]] = {}
    for catalog, column, hashed, whole in columns:
        if column not in COLUMNS_LEFT_OUT.get(catalog, ()) and column in SEEN.get(catalog, (column,)):
            name = f"t.{ident(column)}"
            found.setdefault((catalog, whole), []).append(name if hashed else f'{name}::text collate "C"')
    return " union all ".join(_hash(*which, values, seed) for which, values in found.items())


def _hash(catalog: str, whole: bool, values: Sequence[str], seed: int) -> str:
    row = f"hash_record_extended(row({comma(values)}), {seed})"
    hashed = f"case when t.xmin <> {MADE_BY} then {row} end" if whole else row
    rows = f" where {ROWS[catalog]}" if catalog in ROWS else ""
    # "offset 0": PostgreSQL would make each hash twice, to sort and to add.
    order, once = (" order by h", " offset 0") if catalog in SORTED else ("", "")
    return (
        f"select {literal(catalog).strip()}, encode(sha256(string_agg(int8send(h), ''{order})), 'hex'), count(*) "
        f"from (select {hashed} as h from pg_catalog.{ident(catalog)} t{rows}{once}) t"
    )
