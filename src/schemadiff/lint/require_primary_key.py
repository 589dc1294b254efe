"""A table without a primary key: nothing says which row is meant, two rows can be the same, and logical replication
cannot update or delete.

**What to do.** Add one.
"""

from collections.abc import Iterator

from ..kinds.constraint import Constraint
from ..kinds.partition import Partition
from ..kinds.table import Table
from ._facts import below, every
from ._rule import WARNING, Found, Rule, Schema


def find(schema: Schema) -> Iterator[Found]:
    catalog = schema.catalog
    partitions = {p.id.path for p in every(catalog, Partition)}
    for table in every(catalog, Table):
        has = any(c.type == "p" for c in below(catalog, table.id, Constraint))
        if not has and table.id.path not in partitions:
            yield Found(table.id, "has no primary key: nothing says which row is meant", "add one")


RULE = Rule("require-primary-key", WARNING, schema=find)
