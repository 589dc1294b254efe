"""Every kind of object, found by looking at the modules of this folder. Nothing else names them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from .._lazy import loading

if TYPE_CHECKING:
    from ._kind import REPLACE, Alter, Context, Kind, Secrets, Statement, renaming
    from ._question import Question
    from ._rows import heirs

__all__ = [
    "REPLACE",
    "Alter",
    "Context",
    "Kind",
    "Question",
    "Secrets",
    "Statement",
    "heirs",
    "kinds",
    "renaming",
]


@cache
def kinds() -> Mapping[str, Kind[Any]]:
    """The kinds by name, in the order in which PostgreSQL needs them created."""
    modules = sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))
    found: list[Kind[Any]] = [importlib.import_module(f"{__name__}.{name}").KIND for name in modules]
    return MappingProxyType({k.name: k for k in sorted(found, key=lambda k: (k.rank, k.name))})


__getattr__ = loading(
    __name__,
    {
        "_kind": ("REPLACE", "Alter", "Context", "Kind", "Secrets", "Statement", "renaming"),
        "_question": ("Question",),
        "_rows": ("heirs",),
    },
)
