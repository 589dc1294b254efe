"""A permissive policy with the condition `true` for what writes: since one policy that lets a row pass is enough, all
others are without effect. That everybody may read is common, and not found.

**What to do.** Write a condition, or `as restrictive`; or where everybody is meant, ignore it with that reason.
"""

from collections.abc import Iterator

from ..kinds.policy import Policy
from ._facts import every
from ._rule import WARNING, Found, Rule, Schema

READS = "r"


def find(schema: Schema) -> Iterator[Found]:
    for policy in every(schema.catalog, Policy):
        # Without WITH CHECK, USING holds for new rows too.
        conditions = [c for c in (policy.using, policy.check) if c is not None]
        if policy.permissive and policy.command != READS and conditions and set(conditions) == {"true"}:
            yield Found(
                policy.id,
                "lets every row pass: other permissive policies for the same are without effect",
                "write a condition",
            )


RULE = Rule("permissive-policy-always-true", WARNING, schema=find)
