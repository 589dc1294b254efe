"""An unlogged table is empty after a crash, and on a standby it cannot be read.

**What to do.** `alter table … set logged`, or ignore it where its rows can be made again.
"""

from collections.abc import Iterator

from ..kinds.table import Table
from ._facts import called, every
from ._rule import WARNING, Found, Rule, Schema


def find(schema: Schema) -> Iterator[Found]:
    for table in every(schema.catalog, Table):
        if table.unlogged:
            yield Found(
                table.id,
                "is unlogged: a crash empties it, and a standby does not have it",
                f"alter table {called(table.id)} set logged",
            )


RULE = Rule("unlogged-table", WARNING, schema=find)
