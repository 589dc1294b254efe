"""A plan adds a primary key, a unique or an exclusion constraint, and builds its index while others cannot write.

**What to do.** Plan with the online strategy: it builds the index concurrently and lets the constraint take it. For an
exclusion constraint, and on a partitioned table, nothing does that.
"""

from collections.abc import Iterator

from ._rule import WARNING, Found, Migration, Rule
from ._steps import built, named, steps


def find(migration: Migration) -> Iterator[Found]:
    for step in steps(migration, "create", "constraint"):
        if relations := built(step, migration):
            said = f"builds an index of {named(relations)} while nobody may write to it"
            yield from (Found(i, said, "plan with --strategy online") for i in step.ids)


RULE = Rule("disallowed-unique-constraint", WARNING, plan=find)
