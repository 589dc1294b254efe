"""Packages whose names are loaded when they are first used: a command that needs one module of a package waits for no
other. https://peps.python.org/pep-0562/ Who waits for a server loads what comes next meanwhile, or nothing."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any


def nothing() -> None:
    """Nothing is done meanwhile."""


def loading(package: str, homes: Mapping[str, Iterable[str]]) -> Callable[[str], Any]:
    """The ``__getattr__`` of a package: ``homes`` says which of its names each of its modules has."""
    places = {name: module for module, names in homes.items() for name in names}

    def load(name: str) -> Any:
        if name not in places:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found = getattr(importlib.import_module(f"{package}.{places[name]}"), name)
        setattr(sys.modules[package], name, found)
        return found

    return load
