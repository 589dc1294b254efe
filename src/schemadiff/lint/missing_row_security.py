"""A table without row security in a schema where other tables have it: it may have been forgotten. Partitions are
looked at too: who reads one by its own name passes the policies of the whole by.

**What to do.** Enable it; or where all rows are for everybody with rights on the table, ignore it with that reason.
"""

from collections.abc import Iterator

from ..kinds.table import Table
from ._facts import called, every, secured
from ._rule import WARNING, Found, Rule, Schema


def find(schema: Schema) -> Iterator[Found]:
    schemas = {i.path[0]: i for i in sorted(secured(schema.catalog), reverse=True)}
    for table in every(schema.catalog, Table):
        other = schemas.get(table.id.path[0])
        if other and not table.row_security:
            yield Found(
                table.id,
                f"has no row security, though others of its schema have it, such as {called(other)}",
                f"alter table {called(table.id)} enable row level security",
            )


RULE = Rule("missing-row-security", WARNING, schema=find)
