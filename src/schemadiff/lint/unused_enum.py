"""An enum that no column, domain, function or view uses. What a function's body uses is not seen: PostgreSQL does not
say it.

**What to do.** Drop it, or ignore it with where it is used.
"""

from collections.abc import Iterator

from ..kinds import kinds
from ..kinds.enum import Enum
from ._facts import every
from ._rule import NOTE, Found, Rule, Schema


def find(schema: Schema) -> Iterator[Found]:
    for enum in every(schema.catalog, Enum):
        users = (i for i in schema.catalog.dependents.get(enum.id, ()) if not kinds()[i.kind].satellite)
        if not any(users):
            yield Found(enum.id, "nothing uses it, as far as PostgreSQL says", "drop it")


RULE = Rule("unused-enum", NOTE, schema=find)
