"""A `serial` column is three objects that only look like one: the default can be changed or lost apart from the
sequence, and who inserts needs rights on the sequence too. An identity column is one thing, and standard SQL.

**What to do.** `generated always as identity`, or `by default` where rows bring their own values.
"""

from collections.abc import Iterator

from ..kinds.column import Column
from ._facts import called, own, sequence_of
from ._rule import NOTE, Found, Rule, Schema


def find(schema: Schema) -> Iterator[Found]:
    for column in own(schema.catalog, Column):
        if sequence := sequence_of(column, schema.catalog):
            yield Found(
                column.id,
                f"takes its values from {called(sequence)} by a default, apart from which the sequence has rights of its own",
                "make it generated always as identity",
            )


RULE = Rule("prefer-identity", NOTE, schema=find)
