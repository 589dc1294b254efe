"""What a statement makes, told by PostgreSQL: what has an address afterwards that had none before.

No SQL is read for it: the name of what ``CREATE`` makes may be folded, quoted, or stand in a schema that
the ``search_path`` says. https://www.postgresql.org/docs/current/catalog-pg-depend.html
"""

from __future__ import annotations

from collections.abc import Iterable

import psycopg

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
