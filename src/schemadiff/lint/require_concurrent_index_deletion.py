"""A plan drops an index such that it waits for all who use the table, while everybody else waits for it.

**What to do.** Plan with the online strategy: it drops the index concurrently.
"""

from collections.abc import Iterator

from ._rule import WARNING, Found, Migration, Rule
from ._steps import steps


def find(migration: Migration) -> Iterator[Found]:
    for step in steps(migration, "drop", "index"):
        if step.transactional:
            said = "is dropped under a lock that lets nobody use the table"
            yield from (Found(i, said, "plan with --strategy online") for i in step.ids)


RULE = Rule("require-concurrent-index-deletion", WARNING, plan=find)
