"""A plan adds a column to a table that is there: `not null`, and with no value for the rows that are there. It fails
where there is a row; where there is none, programs that do not know the column can insert no row any more.

**What to do.** Give it a default, or let it be NULL at first.
"""

from collections.abc import Iterator

from ..kinds.column import Column
from ..model import Id
from ._facts import every
from ._rule import WARNING, Found, Migration, Rule


def find(migration: Migration) -> Iterator[Found]:
    if migration.ends is None:
        return
    before, after = migration.ends
    renamed = {(r.id.kind, (*r.id.path[:-1], r.new)) for r in migration.plan.renamed if r.label is None}
    for column in every(after, Column):
        is_new = column.id not in before.facts and column.parent in before.facts and column.id not in renamed
        values = any(Id(kind, column.id.path) in after.facts for kind in ("default", "identity"))
        if is_new and not values and not column.generated and Id("not_null", column.id.path) in after.facts:
            said = "is new, not null and without a default: the plan fails where the table has a row"
            yield Found(column.id, said, "give it a default, or let it be NULL at first")


RULE = Rule("adding-required-field", WARNING, plan=find, needs_ends=True)
