"""``schemadiff demo``: the whole story on the embedded server."""

from __future__ import annotations


def command() -> int:
    """The whole story on the embedded server.

    Plan, apply, check and revert, on two databases that are gone at the end.
    """
    from ..demo import tell

    tell()
    return 0
