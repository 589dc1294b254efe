"""Which words of two definitions differ. Pure; knows no format.

https://docs.python.org/3/library/difflib.html
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from itertools import groupby

MOST = 1_000_000
"""Pairs of words that are compared; of longer texts whole lines are, since the time grows with their product."""

type Piece = tuple[str, bool]
"""A part of a text, and whether the other text lacks it."""


def marked(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, by whether the other one has them."""
    a, b = _words(before), _words(after)
    head = _alike(a, b)
    tail = _alike(a[head:][::-1], b[head:][::-1])
    ends = ("".join(a[:head]), "".join(a[len(a) - tail :]))
    a, b = a[head : len(a) - tail], b[head : len(b) - tail]
    if len(a) * len(b) > MOST:
        a, b = ("".join(part).splitlines(keepends=True) for part in (a, b))
    old: list[Piece] = [(ends[0], False)]
    new: list[Piece] = [(ends[0], False)]
    for tag, i, j, k, m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        old.append(("".join(a[i:j]), tag != "equal"))
        new.append(("".join(b[k:m]), tag != "equal"))
    return _joined([*old, (ends[1], False)]), _joined([*new, (ends[1], False)])


def _alike(a: Sequence[str], b: Sequence[str]) -> int:
    """How many words two texts begin with alike."""
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _joined(found: Iterable[Piece]) -> list[Piece]:
    """The pieces with a text in them, neighbours of one sort as one."""
    kept = (piece for piece in found if piece[0])
    return [
        ("".join(text for text, _ in run), differs) for differs, run in groupby(kept, lambda piece: piece[1])
    ]


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
