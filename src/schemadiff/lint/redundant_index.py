"""An index whose work another one does: a unique one on the same columns, or one that begins with its columns. Every
write pays for both. The smaller one may be faster where it is read much; that is rarely worth it.

**What to do.** Drop it, unless it is measured to be worth its cost; then ignore it with that reason.
"""

from collections.abc import Iterator

from ._facts import Key, by_table, called
from ._rule import WARNING, Found, Rule, Schema


def find(schema: Schema) -> Iterator[Found]:
    for found in by_table(schema.catalog).values():
        for key in found:
            if key.unique or not key.valid or not key.whole or key.inherited:
                continue
            other = next((o for o in found if o.valid and o.whole and _does_its_work(o, key)), None)
            if other is not None:
                how = "begins with its columns" if other.rest != key.rest else "is unique on the same columns"
                yield Found(
                    key.id,
                    f"{called(other.id)} {how}: every write pays for both",
                    "drop it",
                    (key.table,),
                )


def _does_its_work(other: Key, key: Key) -> bool:
    """The definitions say how each column is sorted, so they must begin alike too."""
    if other.rest == key.rest:
        return other.unique
    longer = len(other.keys) > len(key.keys) and other.keys[: len(key.keys)] == key.keys
    return longer and key.method == "btree" and other.rest.startswith(key.rest[:-1] + ", ")


RULE = Rule("redundant-index", WARNING, schema=find)
