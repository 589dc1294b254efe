"""Texts within XML and within what Graphviz reads like it."""

from __future__ import annotations

from html import escape

from ...sqltext import one_line

_NEVER = str.maketrans({"\ufffe": "\\ufffe", "\uffff": "\\uffff"})
"""Characters that no XML document may hold, besides those that ``one_line`` shows as escapes."""


def text(value: str) -> str:
    """A text in one line that is nothing but text, whatever it holds."""
    return escape(one_line(value).translate(_NEVER))
