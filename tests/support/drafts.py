"""Drafts of plans that are there already, so that tests can prove what they have changed of one."""

from __future__ import annotations

from schemadiff import Plan
from schemadiff._draft import Draft


def draft_of(plan: Plan) -> Draft:
    """A draft that comes to a plan."""
    return Draft(
        plan.forward,
        plan.role,
        plan.version,
        plan.scope,
        plan.renamed,
        back=lambda: plan.reverse.steps,
        plan=lambda reverse: plan,
    )
