"""A plan builds an index of a table that is there while others cannot write to it.

**What to do.** Plan with the online strategy: it builds the index concurrently. On a partitioned table nothing does that
in one step: build the index of each partition concurrently first.
"""

from collections.abc import Iterator

from ._rule import WARNING, Found, Migration, Rule
from ._steps import built, named, steps


def find(migration: Migration) -> Iterator[Found]:
    for step in steps(migration, "create", "index"):
        if relations := built(step, migration):
            said = f"is built while nobody may write to {named(relations)}"
            yield from (Found(i, said, "plan with --strategy online") for i in step.ids)


RULE = Rule("require-concurrent-index-creation", WARNING, plan=find)
