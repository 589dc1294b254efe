"""What a statement makes, told by PostgreSQL: what has an address afterwards that had none before.

No SQL is read for it: the name of what ``CREATE`` makes may be folded, quoted, or stand in a schema that
the ``search_path`` says. https://www.postgresql.org/docs/current/catalog-pg-depend.html
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus

from schemadiff.script.model import Made

_FIRST = 16384  # the first oid that is not PostgreSQL's own
_OF_TABLES = f"""
    select 'pg_catalog.pg_class'::regclass::oid::int8, attrelid::int8, attnum::int4, null::text from pg_catalog.pg_attribute
    where attrelid >= {_FIRST} and attnum > 0 and not attisdropped
    union all
    select 'pg_catalog.pg_type'::regclass::oid::int8, enumtypid::int8, 0, enumlabel::text from pg_catalog.pg_enum
    where enumtypid >= {_FIRST}
"""


def there(connection: psycopg.Connection, catalogs: Iterable[str]) -> frozenset[Made]:
    """Everything with an address in some catalogs, the columns of tables, and the labels of enums."""
    parts = [
        f"select 'pg_catalog.{name}'::regclass::oid::int8, oid::int8, 0, null::text from pg_catalog.{name} where oid >= {_FIRST}"
        for name in sorted(catalogs)
    ]
    rows = connection.execute(" union all ".join([_OF_TABLES, *parts]).encode())
    return frozenset(Made(*row) for row in rows)


_READABLE = """
    select c.relname::text from pg_catalog.pg_class c join pg_catalog.pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'pg_catalog'::regnamespace and c.relname = any(%s) and a.attname = 'oid'
        and has_column_privilege('public', c.oid, a.attnum, 'select')
"""
_NOW = "select 0::int8, pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())::text::int8 % 4294967296, 0"
_COLUMNS = f"""
    select 'pg_catalog.pg_class'::regclass::oid::int8, attrelid::int8, attnum::int4 from pg_catalog.pg_attribute
    where attnum > 0 and not attisdropped and attrelid = any(array(
        select oid from pg_catalog.pg_class where oid >= {_FIRST} and relkind in ('r', 'p', 'f', 'v', 'm', 'c')
            and {{since}}))
"""
_FACETS = """
    select classoid::int8, objoid::int8, objsubid, 'comment' from pg_catalog.pg_description where {since}
    union all
    select classoid::int8, objoid::int8, objsubid, 'security_label' from pg_catalog.pg_seclabel where {since}
    union all
    select classid::int8, objid::int8, objsubid, 'owner' from pg_catalog.pg_shdepend where {since} and deptype = 'o'
        and dbid = (select oid from pg_catalog.pg_database where datname = pg_catalog.current_database())
"""


@dataclass(slots=True)
class Watch:
    """What comes to be while a script runs: asked after each statement, it says what that has made.

    A cluster counts its oids upward, so what is new has a higher one than all that was there. Columns have none: they
    are looked for in the relations whose row in pg_class was written since. Only one who runs alone in the database
    may ask, and a look costs about as much as a small statement."""

    connection: psycopg.Connection
    catalogs: Sequence[str]
    last: int = _FIRST - 1
    now: int = 3
    """The transaction that begins next, which is newer than all that was there; 3 is the first of a cluster."""
    columns: set[Made] = field(default_factory=set)

    @classmethod
    def of(cls, connection: psycopg.Connection, catalogs: Iterable[str]) -> Watch:
        """Begins with all that is there. Catalogs that not every role may read are left out: a script changes roles."""
        rows = connection.execute(_READABLE, [sorted(catalogs)]).fetchall()
        found = cls(connection, [name for (name,) in rows])
        found.look()
        return found

    def look(self) -> frozenset[Made]:
        """What was made since the last look. Where that is nothing, what got a comment, label or owner, unless a
        transaction is open, of which no part tells itself apart."""
        since = f"pg_catalog.age(xmin) <= pg_catalog.age('{self.now}'::xid)"
        parts = [
            f"select 'pg_catalog.{name}'::regclass::oid::int8, oid::int8, 0 from pg_catalog.{name} where oid > {self.last}"
            for name in self.catalogs
        ]
        rows = self._asked(" union all ".join([_NOW, _COLUMNS.format(since=since), *parts]))
        (self.now,) = (row[1] for row in rows if not row[0])
        new = frozenset(Made(*row) for row in rows if row[0]) - self.columns
        self.columns.update(m for m in new if m.sub)
        self.last = max((m.oid for m in new if not m.sub), default=self.last)
        if new or self.connection.info.transaction_status is not TransactionStatus.IDLE:
            return new
        rows = self._asked(_FACETS.format(since=since))
        return frozenset(Made(catalog, oid, sub, facet=facet) for catalog, oid, sub, facet in rows)

    def _asked(self, query: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(query.encode(), prepare=False).fetchall()
