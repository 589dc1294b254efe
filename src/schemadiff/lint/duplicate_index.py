"""Two indexes of one table that are the same but for the name: every write pays for both, and no query gains.

**What to do.** Drop one of them.
"""

from collections.abc import Iterator

from ._facts import Key, by_table, called
from ._rule import WARNING, Found, Rule, Schema


def find(schema: Schema) -> Iterator[Found]:
    for found in by_table(schema.catalog).values():
        groups: dict[tuple[bool, str], list[Key]] = {}
        for key in found:
            if key.valid and not key.inherited:
                groups.setdefault((key.unique, key.rest), []).append(key)
        for same in groups.values():
            first, *others = sorted(same, key=lambda k: (not k.is_constraint, k.id))
            yield from (_of(other, first) for other in others)


def _of(key: Key, first: Key) -> Found:
    what = "drop the constraint" if key.is_constraint else "drop it"
    return Found(
        key.id, f"is the same index as {called(first.id)}: every write pays for both", what, (key.table,)
    )


RULE = Rule("duplicate-index", WARNING, schema=find)
