"""A waiver: a difference that somebody knows of, which a check does not fail for until a day. What that does to drift
is ``_check``'s.

    [[waiver]]
    object = "index:app.*"          as ``ignore`` of the scope: kind:schema.name, a glob
    reason = "built by hand for the report of the year"
    owner = "data team"
    until = 2026-12-31              the last day on which it holds

The scope leaves an object out of every comparison and plan; a waiver leaves the difference where everybody sees it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Waiver:
    """``until`` is the last day on which it holds."""

    object: str
    reason: str
    owner: str
    until: date

    def holds(self, today: date) -> bool:
        """Whether it is not past its last day."""
        return today <= self.until
