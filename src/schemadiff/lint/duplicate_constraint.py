"""Two constraints of one table that demand the same: each write is checked twice.

**What to do.** Drop one of them.
"""

from collections.abc import Iterator

from ..kinds.constraint import Constraint
from ..model import Id
from ..sqltext import ident
from ._facts import own
from ._rule import WARNING, Found, Rule, Schema


def find(schema: Schema) -> Iterator[Found]:
    first: dict[tuple[Id | None, str], Id] = {}
    for c in own(schema.catalog, Constraint):
        if c.type not in "cf":
            continue  # of two equal keys, duplicate-index says it
        other = first.setdefault((c.parent, c.definition), c.id)
        if other != c.id:
            yield Found(c.id, f"demands the same as {ident(other.path[-1])}", "drop one of the two")


RULE = Rule("duplicate-constraint", WARNING, schema=find)
