from __future__ import annotations


def command() -> int:
    """x."""
    return 0
