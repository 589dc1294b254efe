"""A table with row security and no policy: nobody but its owner sees or writes a row.

**What to do.** Create a policy, or ignore it where that is meant.
"""

from collections.abc import Iterator

from ..kinds.policy import Policy
from ..kinds.table import Table
from ._facts import below, every
from ._rule import NOTE, Found, Rule, Schema


def find(schema: Schema) -> Iterator[Found]:
    for table in every(schema.catalog, Table):
        if table.row_security and not any(below(schema.catalog, table.id, Policy)):
            yield Found(
                table.id,
                "has row security and no policy: nobody but its owner sees a row",
                "create a policy",
            )


RULE = Rule("row-security-without-policy", NOTE, schema=find)
