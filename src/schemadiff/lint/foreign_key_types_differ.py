"""A foreign key between columns of different types: each check converts one of the two, an index may be of no use, and
values of the wider type do not fit the other.

**What to do.** Give both columns the same type.
"""

from collections.abc import Iterator

from ..kinds.column import Column
from ..kinds.constraint import Constraint
from ..model import Id
from ..sqltext import ident
from ._facts import called, columns_at, own
from ._rule import WARNING, Found, Rule, Schema


def find(schema: Schema) -> Iterator[Found]:
    facts = schema.catalog.facts
    for c in own(schema.catalog, Constraint):
        mine = columns_at(schema.catalog, c.parent, c.positions)
        theirs = (facts.get(Id("column", (*c.references, name))) for name in c.referenced)
        for here, there in zip(mine, theirs, strict=False):
            if isinstance(there, Column) and here.plain_type != there.plain_type:
                yield Found(
                    c.id,
                    f"{ident(here.id.path[-1])} is {here.plain_type}, {called(there.id)} is {there.plain_type}",
                    "give both columns the same type",
                    (here.id,),
                )


RULE = Rule("foreign-key-types-differ", WARNING, schema=find)
