"""Which words of two definitions differ. Pure; knows no format.

https://docs.python.org/3/library/difflib.html
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

MOST = 1_000_000
"""Pairs of words that are compared; of longer texts whole lines are, since the time grows with their product."""

type Piece = tuple[str, bool]
"""A part of a text, and whether the other text lacks it."""


def marked(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, by whether the other one has them."""
    a, b = _words(before), _words(after)
    if len(a) * len(b) > MOST:
        a, b = before.splitlines(keepends=True), after.splitlines(keepends=True)
    old: list[Piece] = []
    new: list[Piece] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        old += _piece(a[i:j], tag)
        new += _piece(b[k:m], tag)
    return old, new


def unified(before: str, after: str) -> list[str]:
    """Both texts as one, each line behind ``-``, ``+`` or a space, by who has it; an ellipsis where lines that both
    have are left out."""
    a, b = before.split("\n"), after.split("\n")
    if len(a) == len(b) == 1:
        return [f"-{before}", f"+{after}"]
    found = list(difflib.unified_diff(a, b, n=2, lineterm=""))[3:]
    return [" …" if line.startswith("@@") else line for line in found]


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|\w+|.", text)


def _piece(parts: Sequence[str], tag: str) -> list[Piece]:
    return [("".join(parts), tag != "equal")] if parts else []
