"""A table, view or column whose name must be quoted wherever it is used: with upper case letters, blanks, or a keyword.
Off unless it is asked for: names that a library chose cannot be helped.

**What to do.** Give it a name of lower case letters, digits and `_`, with [a directive](renames.md).
"""

from collections.abc import Iterator

from ..sqltext import ident
from ._rule import OFF, Found, Rule, Schema

LOOKED_AT = ("table", "column", "view", "materialized_view", "foreign_table")


def find(schema: Schema) -> Iterator[Found]:
    for kind in LOOKED_AT:
        for fact in schema.catalog.of_kind(kind):
            name = fact.id.path[-1]
            if ident(name) != name and not fact.inherited:
                yield Found(fact.id, f"must be written {ident(name)}, quotes and all", "give it another name")


RULE = Rule("quoted-name", OFF, schema=find)
