"""A sequence that goes further than the column that takes its values: inserts fail long before the sequence is
exhausted, and nothing that looks at sequences sees it come.

**What to do.** Make the column a `bigint`, or the sequence of the column's type: `alter sequence … as integer`.
"""

from collections.abc import Iterator

from ..kinds.column import Column
from ..kinds.sequence import Sequence
from ._facts import called, own, sequence_of
from ._rule import WARNING, Found, Rule, Schema

TOPS = {"smallint": 2**15 - 1, "integer": 2**31 - 1}


def find(schema: Schema) -> Iterator[Found]:
    for column in own(schema.catalog, Column):
        top, i = TOPS.get(column.plain_type), sequence_of(column, schema.catalog)
        sequence = schema.catalog.facts[i] if i else None
        if top and isinstance(sequence, Sequence) and sequence.maximum > top:
            yield Found(
                column.id,
                f"of type {column.plain_type} ends at {top:,}, its sequence {called(sequence.id)} at {sequence.maximum:,}",
                f"make the column a bigint, or the sequence as {column.plain_type}",
                (sequence.id,),
            )


RULE = Rule("sequence-exceeds-column", WARNING, schema=find)
