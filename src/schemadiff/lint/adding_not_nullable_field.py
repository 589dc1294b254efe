"""A plan makes a column `not null` by reading the whole table under a lock that lets nobody read or write it.

**What to do.** Plan with the online strategy: it adds a check `not valid`, validates it beside all others, and lets that
prove it.
"""

from collections.abc import Iterator

from ._rule import WARNING, Found, Migration, Rule
from ._steps import named, read, steps


def find(migration: Migration) -> Iterator[Found]:
    for step in steps(migration, "create", "not_null"):
        if not step.apart and (relations := read(step)):
            said = f"reads {named(relations)} from end to end under a strong lock"
            yield from (Found(i, said, "plan with --strategy online") for i in step.ids)


RULE = Rule("adding-not-nullable-field", WARNING, plan=find)
