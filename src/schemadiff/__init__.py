"""Schema as code for PostgreSQL: one schema.sql, and a proven migration there and back."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._api import apply, diff, history, plan, read, revert
    from ._checking import check
    from ._drift import Drift
    from ._findings import Asking
    from ._patience import Patience
    from ._plan import Plan
    from ._scope import Scope
    from .errors import SchemadiffError
    from .model import Catalog, Id

__all__ = [
    "Asking",
    "Catalog",
    "Drift",
    "Id",
    "Patience",
    "Plan",
    "SchemadiffError",
    "Scope",
    "apply",
    "check",
    "diff",
    "history",
    "plan",
    "read",
    "revert",
]

_HOMES = {
    "Asking": "_findings", "Catalog": "model", "Drift": "_drift", "Id": "model", "Patience": "_patience", "Plan": "_plan", "SchemadiffError": "errors",
    "Scope": "_scope", "apply": "_api", "check": "_checking", "diff": "_api", "history": "_api", "plan": "_api", "read": "_api",
    "revert": "_api",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Loads a public name when it is first used: the imports behind it take most of a second."""
    import importlib

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
