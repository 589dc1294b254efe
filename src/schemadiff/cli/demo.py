"""``schemadiff demo``: the whole story on the embedded server."""

from __future__ import annotations


def command() -> int:
    """The whole story on two databases of the embedded server: plan, apply, check, revert."""
    from ..demo import tell

    tell()
    return 0
