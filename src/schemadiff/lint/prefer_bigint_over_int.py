"""An `integer` that counts up ends at 2,147,483,647, a `smallint` at 32,767: then no row can be inserted any more, and
the cure rewrites the table and all that refers to it.

Only columns that are counted up are looked at: identity and serial columns.

**What to do.** Use `bigint` from the start.
"""

from collections.abc import Iterator

from ..kinds.column import Column
from ..model import Id
from ._facts import own, sequence_of
from ._rule import WARNING, Found, Rule, Schema

ENDS = {"smallint": "32,767", "integer": "2,147,483,647"}


def find(schema: Schema) -> Iterator[Found]:
    catalog = schema.catalog
    for column in own(catalog, Column):
        end = ENDS.get(column.plain_type)
        if end and (Id("identity", column.id.path) in catalog.facts or sequence_of(column, catalog)):
            yield Found(
                column.id,
                f"is counted up and of type {column.plain_type}: no row can be inserted after {end}",
                "make it a bigint",
            )


RULE = Rule("prefer-bigint-over-int", WARNING, schema=find)
