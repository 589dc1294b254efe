"""A plan changes the type of a column such that the table is written anew, under a lock that lets nobody read it; or
values may come out changed. What PostgreSQL changes without touching the rows, such as `varchar(10)` to `text`, is not
found.

**What to do.** Add a second column, fill it in portions, exchange the two, drop the old one.
"""

from collections.abc import Iterator

from ._rule import WARNING, Found, Migration, Rule
from ._steps import named, rewritten, steps


def find(migration: Migration) -> Iterator[Found]:
    for step in steps(migration, "alter", "column"):
        relations = rewritten(step)
        said = f"its new type writes {named(relations)} anew: nobody reads it meanwhile" if relations else ""
        if "LOSES_PRECISION" in step.hazards:
            said += f"{said and '; '}values may come out changed"
        if said:
            fix = "add a second column, fill it in portions, exchange the two"
            yield from (Found(i, said, fix) for i in step.ids)


RULE = Rule("changing-column-type", WARNING, plan=find)
