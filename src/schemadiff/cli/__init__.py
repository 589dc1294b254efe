"""The command line: parses, calls, prints. Holds no logic of its own and is imported by nobody."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from .._lazy import loading
from .._memory import leave, uncollected

if TYPE_CHECKING:
    from ._main import run

__all__ = ["main", "run"]

__getattr__ = loading(__name__, {"_main": ("run",)})


def main() -> None:
    """The entry point of the ``schemadiff`` command."""
    with uncollected():
        # To import what a command needs makes more objects than most commands do.
        from ._main import run

        code = run(sys.argv[1:])
        leave()
    sys.exit(code)
