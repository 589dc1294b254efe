"""Plans and drift as text for people, with styles that a terminal shows as colours. The one user of Rich.

Every function is pure: values in, ``Text`` out. ``highlight`` turns SQL into ``Text``; give ``plain``
where nobody looks at colours, since that costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._lazy import loading

if TYPE_CHECKING:
    from ._differences import compared, differences
    from ._drift import drift, idle, verdicts
    from ._pieces import (
        BAD,
        GOOD,
        LOUD,
        MILD,
        QUIET,
        Highlight,
        Text,
        coloured,
        finding,
        labelled,
        plain,
        results,
        stacked,
        table,
    )
    from ._plan import plan, preflight, running

__all__ = [
    "BAD",
    "GOOD",
    "LOUD",
    "MILD",
    "QUIET",
    "Highlight",
    "Text",
    "coloured",
    "compared",
    "differences",
    "drift",
    "finding",
    "idle",
    "labelled",
    "plain",
    "plan",
    "preflight",
    "results",
    "running",
    "stacked",
    "table",
    "verdicts",
]

__getattr__ = loading(
    __name__,
    {
        "_pieces": (
            "BAD",
            "GOOD",
            "LOUD",
            "MILD",
            "QUIET",
            "Highlight",
            "Text",
            "coloured",
            "finding",
            "labelled",
            "plain",
            "results",
            "stacked",
            "table",
        ),
        "_drift": ("drift", "idle", "verdicts"),
        "_differences": ("compared", "differences"),
        "_plan": ("plan", "preflight", "running"),
    },
)
