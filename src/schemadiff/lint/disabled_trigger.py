"""A trigger that is disabled does nothing and looks as if it did. Mostly it was switched off to load data, and
forgotten.

**What to do.** Enable it, or drop it.
"""

from collections.abc import Iterator

from ..kinds.trigger import Trigger
from ..sqltext import ident
from ._facts import called, every
from ._rule import WARNING, Found, Rule, Schema


def find(schema: Schema) -> Iterator[Found]:
    for trigger in every(schema.catalog, Trigger):
        if trigger.enabled == "D" and trigger.parent:
            yield Found(
                trigger.id,
                "is disabled: it does nothing and looks as if it did",
                f"alter table {called(trigger.parent)} enable trigger {ident(trigger.id.path[-1])}",
            )


RULE = Rule("disabled-trigger", WARNING, schema=find)
