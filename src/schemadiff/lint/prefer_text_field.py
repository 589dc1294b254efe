"""The limit of a `varchar(n)` is part of the type: to lower it, the table is looked through under an `ACCESS
EXCLUSIVE` lock, and views on the column stand in the way of any change. A check can be changed online.

**What to do.** Use `text`, and where a limit is meant a check: `check (length(title) <= 255)`. Turn the rule off where
`varchar(n)` is the habit of the house.
"""

from collections.abc import Iterator

from ..kinds.column import Column
from ._facts import own, plain_type
from ._rule import NOTE, Found, Rule, Schema


def find(schema: Schema) -> Iterator[Found]:
    for column in own(schema.catalog, Column):
        if plain_type(column) == "character varying" and column.type != column.plain_type:
            yield Found(
                column.id,
                "its limit cannot change without a strong lock on the table",
                "use text, with a check where a limit is meant",
            )


RULE = Rule("prefer-text-field", NOTE, schema=find)
