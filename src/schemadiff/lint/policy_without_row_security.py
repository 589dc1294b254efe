"""A table with policies and without row security: the policies do nothing, everybody with rights on the table sees and
writes all rows.

**What to do.** `alter table … enable row level security`.
"""

from collections.abc import Iterator

from ..kinds.policy import Policy
from ..kinds.table import Table
from ._facts import below, called, every
from ._rule import ERROR, Found, Rule, Schema


def find(schema: Schema) -> Iterator[Found]:
    for table in every(schema.catalog, Table):
        policies = tuple(p.id for p in below(schema.catalog, table.id, Policy))
        if policies and not table.row_security:
            yield Found(
                table.id,
                "has policies that do nothing: row security is not enabled",
                f"alter table {called(table.id)} enable row level security",
                policies,
            )


RULE = Rule("policy-without-row-security", ERROR, schema=find)
