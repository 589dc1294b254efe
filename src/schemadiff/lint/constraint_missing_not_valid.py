"""A plan adds a foreign key or a check and reads the whole table to see that it holds, while others cannot write.

**What to do.** Plan with the online strategy: it adds the constraint `not valid`, and validates it beside all others.
"""

from collections.abc import Iterator

from ._rule import WARNING, Found, Migration, Rule
from ._steps import named, read, steps


def find(migration: Migration) -> Iterator[Found]:
    for step in steps(migration, "create", "constraint"):
        if not step.apart and (relations := read(step)):
            said = f"reads {named(relations)} from end to end while nobody may write to it"
            yield from (Found(i, said, "plan with --strategy online") for i in step.ids)


RULE = Rule("constraint-missing-not-valid", WARNING, plan=find)
