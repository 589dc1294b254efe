"""What sequences and identity columns share: the limits of their types, and moving into a new range."""

from __future__ import annotations

from ..sqltext import literal

LIMITS = {"smallint": 2**15 - 1, "integer": 2**31 - 1, "bigint": 2**63 - 1}

type Range = tuple[int, int]


def moved(name: str, before: Range, after: Range, ascending: bool, widen: str) -> list[str]:
    """Statements that bring a sequence to a value inside its new range, where it may stand outside.

    Past the far end it stands used up, so that no value comes twice. ``widen`` is the start of the
    statement that sets ``minvalue`` and ``maxvalue`` where the ranges have nothing in common."""
    (low, high), (old_low, old_high) = after, before
    if low <= old_low and high >= old_high:
        return []
    apart = low > old_high or high < old_low
    wide = f"{widen} {_bounds(min(low, old_low), max(high, old_high), widen)}"
    used_up = f"last_value > {high}" if ascending else f"last_value < {low}"
    value = f"greatest(least(last_value, {high}), {low})"
    called = f"case when last_value between {low} and {high} then is_called else {used_up} end"
    return [wide] * apart + [f"select pg_catalog.setval({literal(name)}, {value}, {called}) from {name}"]


def _bounds(low: int, high: int, widen: str) -> str:
    word = "set " if " alter column " in widen else ""
    return f"{word}minvalue {low} {word}maxvalue {high}"
