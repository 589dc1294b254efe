"""A question to the rows of a live database, before a plan runs there: what of them would stop a step, or go with it.

Text only. The kinds write questions, ``_preflight`` asks them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """``rows`` is a query with one row for each thing found and one column of text, ``example``, which is NULL where
    there is none to show; ``look`` is a query for people. Both speak of the database as it is before the plan.

    What is found reads as "3 rows of users: email is NULL": ``unit``, the relation ``of``, ``what``; without a unit there is nothing to count."""

    rows: str
    look: str
    of: tuple[str, str]
    what: str
    unit: str = "row"
    fails: bool = True
    """Whether the step fails where something is found; else it loses that, or changes it."""
    raises: str = ""
    """What it means where PostgreSQL cannot evaluate the query for some row: the step fails then. Empty where it
    means nothing."""
