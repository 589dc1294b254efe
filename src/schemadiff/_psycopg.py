"""psycopg, loaded as far as it is used: its binding to libpq is a third of it, and all that a check needs whose verdict holds.

Packages stand in ``sys.modules`` with the one module of theirs that is needed; their own code runs when somebody asks
them for a name that is not there. Owns nothing of what they do. https://www.psycopg.org/psycopg3/docs/api/pq.html
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any

BINDING = "psycopg.pq"
PACKAGES = ("psycopg", "psycopg_binary")
LOOP, PART, NAME = "asyncio", "asyncio.exceptions", "CancelledError"
"""All that the binding uses of what it imports beside."""


def in_parts() -> None:
    """Loads psycopg's binding to libpq, and leaves the rest until it is asked for. Changes nothing where psycopg is
    loaded; to call before others import it, and where no other thread asks for the rest."""
    if any(name in sys.modules for name in PACKAGES):
        return
    if LOOP not in sys.modules:
        loop = _bare([LOOP])
        setattr(sys.modules[LOOP], NAME, getattr(import_module(PART), NAME))
        _to_be_continued(loop)
    packages = _bare(PACKAGES)
    try:
        import_module(BINDING)
    except Exception:
        # Whoever imports it next has it whole, or is told why it cannot be.
        for name in [n for n in sys.modules if n.partition(".")[0] in PACKAGES]:
            del sys.modules[name]
    else:
        _to_be_continued(packages)


def _bare(names: Iterable[str]) -> list[ModuleType]:
    """Packages without what their own code says, as far as they are there."""
    found = [module_from_spec(spec) for name in names if (spec := find_spec(name)) is not None]
    sys.modules |= {module.__name__: module for module in found}
    return found


def _to_be_continued(packages: Iterable[ModuleType]) -> None:
    for package in packages:
        package.__class__ = _InParts


class _InParts(ModuleType):
    """A package whose own code has not run."""

    def __getattr__(self, name: str) -> Any:
        object.__setattr__(self, "__class__", ModuleType)  # its code looks for names that are not there yet
        assert self.__spec__, "as it was found"
        assert self.__spec__.loader, "as it was found"
        self.__spec__.loader.exec_module(self)
        return getattr(self, name)
