"""Which columns a diagram shows: the words that a command line takes, apart from what draws."""

from __future__ import annotations

from enum import StrEnum


class Columns(StrEnum):
    """Which columns a box shows."""

    some = "some"
    all = "all"
    keys = "keys"
    none = "none"
