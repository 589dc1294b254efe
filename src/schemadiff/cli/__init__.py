"""The command line: parses, calls, prints. Holds no logic of its own and is imported by nobody."""

from ._main import main, run

__all__ = ["main", "run"]
