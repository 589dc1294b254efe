"""A unique constraint or index over a column that may be NULL: any number of rows may have NULL there, and, of a key of
several columns, be equal in all others. Off unless it is asked for, since that is often what is meant.

**What to do.** `not null`, or `nulls not distinct` from PostgreSQL 15 on.
"""

from collections.abc import Iterator

from ..model import Id
from ._facts import columns_at, keys, listed
from ._rule import OFF, Found, Rule, Schema


def find(schema: Schema) -> Iterator[Found]:
    catalog = schema.catalog
    for key in keys(catalog):
        if not key.unique or key.inherited or " NULLS NOT DISTINCT" in key.rest:
            continue
        columns = columns_at(catalog, key.table, key.keys)
        nullable = [c for c in columns if Id("not_null", c.id.path) not in catalog.facts]
        if nullable and key.whole:
            yield Found(
                key.id,
                f"{listed(nullable)} may be NULL, and rows with NULL there are never equal",
                "make it not null, or the key nulls not distinct",
                tuple(c.id for c in nullable),
            )


RULE = Rule("nullable-unique-column", OFF, schema=find)
