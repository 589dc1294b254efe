"""A foreign key between columns of different types: each check converts one of the two, an index may be of no use, and
values of the wider type do not fit the other.

**What to do.** Give both columns the same type.
"""

from collections.abc import Iterator

from ..kinds.constraint import Constraint
from ..sqltext import ident
from ._facts import called, columns_at, other_table, own
from ._rule import WARNING, Found, Rule, Schema


def find(schema: Schema) -> Iterator[Found]:
    for c in own(schema.catalog, Constraint):
        other = other_table(c, schema.catalog) if c.type == "f" else None
        mine = columns_at(schema.catalog, c.parent, c.columns)
        theirs = columns_at(schema.catalog, other, c.referenced)
        for here, there in zip(mine, theirs, strict=False) if other else ():
            if here.plain_type != there.plain_type:
                yield Found(
                    c.id,
                    f"{ident(here.id.path[-1])} is {here.plain_type}, {called(there.id)} is {there.plain_type}",
                    "give both columns the same type",
                    (here.id,),
                )


RULE = Rule("foreign-key-types-differ", WARNING, schema=find)
