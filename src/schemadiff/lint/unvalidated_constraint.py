"""A constraint that was added `not valid` and never validated: rows from before may break it, and the planner does not
rely on it.

**What to do.** Leave `not valid` out of `schema.sql`: the plan then validates it, online.
"""

from collections.abc import Iterator

from ..kinds.constraint import Constraint
from ..kinds.domain_constraint import DomainConstraint
from ..kinds.not_null import NotNull
from ._facts import every, own
from ._rule import WARNING, Found, Rule, Schema


def find(schema: Schema) -> Iterator[Found]:
    catalog = schema.catalog
    found: list[Constraint | NotNull | DomainConstraint] = [
        *own(catalog, Constraint),
        *own(catalog, NotNull),
        *every(catalog, DomainConstraint),
    ]
    for c in found:
        if not c.validated and not (isinstance(c, Constraint) and c.definition.endswith("NOT ENFORCED")):
            yield Found(
                c.id, "is not validated: rows from before may break it", "take NOT VALID out, or validate it"
            )


RULE = Rule("unvalidated-constraint", WARNING, schema=find)
