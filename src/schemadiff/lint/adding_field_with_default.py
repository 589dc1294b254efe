"""A plan adds a column whose value differs from row to row, such as a default with `random()` or a stored generated
column: the table is written anew, under a lock that lets nobody read it. A default that is the same for all rows does
not do that, and is not found.

**What to do.** Plan with the online strategy: it adds the column without the default and fills the rows in portions. For
a stored generated column nothing does that: add an ordinary one that a trigger keeps.
"""

from collections.abc import Iterator

from ._rule import WARNING, Found, Migration, Rule
from ._steps import named, rewritten, steps


def find(migration: Migration) -> Iterator[Found]:
    for step in steps(migration, "create", "column"):
        if relations := rewritten(step):
            said = f"its values write {named(relations)} anew: nobody reads it meanwhile"
            fix = "plan with --strategy online, or run it when nobody needs the table"
            yield from (Found(i, said, fix) for i in step.ids)


RULE = Rule("adding-field-with-default", WARNING, plan=find)
