"""Numbers and names in a row, as sentences have them."""

from __future__ import annotations

from collections.abc import Iterable


def counted(number: int, singular: str, plural: str = "") -> str:
    """A number with its noun."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def listed(names: Iterable[str], most: int = 6) -> str:
    """Names in a row, cut after some, with how many are left out."""
    found = list(names)
    left = len(found) - most
    return ", ".join(found[:most]) + (f" and {left} more" if left > 0 else "")


def numbers(found: Iterable[tuple[str, int]]) -> str:
    """Counts by what they count: ``3 schemas, 12 tables``."""
    return ", ".join(f"{number} {what}" for what, number in found)
