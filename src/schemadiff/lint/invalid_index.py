"""An index that a concurrent build left behind when it failed: writes pay for it, and no query uses it. A unique one
holds nothing unique.

Seen in databases alone: no `.sql` file makes one.

**What to do.** `reindex index concurrently`, or drop it. A plan to a target with the index does it.
"""

from collections.abc import Iterator

from ..kinds.index import Index
from ._facts import called, every
from ._rule import ERROR, Found, Rule, Schema


def find(schema: Schema) -> Iterator[Found]:
    for index in every(schema.catalog, Index):
        if not index.valid:
            yield Found(
                index.id,
                "is invalid: writes pay for it, and no query uses it",
                f"reindex index concurrently {called(index.id)}",
                (index.parent,) if index.parent else (),
            )


RULE = Rule("invalid-index", ERROR, schema=find)
