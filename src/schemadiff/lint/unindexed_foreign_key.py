"""To delete or change a row that a foreign key leads to, PostgreSQL looks for the rows that lead there: without an
index on these columns it reads the whole table, for each row, while others wait.

An index counts that begins with the columns of the key, in any order; a partial one where it leaves out only rows
without a value in one of them.

**What to do.** Create the index; or where rows of the other table are neither deleted nor get another key, ignore it
with that reason.
"""

from collections.abc import Iterator, Sequence

from ..kinds.column import Column
from ..kinds.constraint import Constraint
from ..model import Id
from ..sqltext import ident
from ._facts import Key, by_table, called, columns_at, listed, own
from ._rule import WARNING, Found, Rule, Schema


def find(schema: Schema) -> Iterator[Found]:
    catalog = schema.catalog
    known = by_table(catalog)
    for c in own(catalog, Constraint):
        columns = columns_at(catalog, c.parent, c.positions)
        if c.type != "f" or c.parent is None or c.parent.kind != "table" or not columns:
            continue
        if any(_serves(key, c.positions, columns) for key in known.get(c.parent, ())):
            continue
        other = Id("table", c.references)
        yield Found(
            c.id,
            f"no index begins with ({listed(columns)}): to delete from {called(other)} reads the whole table",
            f"create index on {called(c.parent)} ({listed(columns)})",
            tuple(column.id for column in columns),
        )


def _serves(key: Key, wanted: Sequence[int], columns: Sequence[Column]) -> bool:
    first = key.keys[: len(wanted)]
    leaves_out = {None, *(f"({ident(c.id.path[-1])} IS NOT NULL)" for c in columns)}
    return (
        key.valid
        and key.method in ("btree", "hash")
        and sorted(first) == sorted(wanted)
        and key.predicate in leaves_out
    )


RULE = Rule("unindexed-foreign-key", WARNING, schema=find)
