"""Schema as code for PostgreSQL: one schema.sql, and a proven migration there and back."""

from typing import TYPE_CHECKING

from ._lazy import loading

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

# The imports behind them take most of a second.
__getattr__ = loading(
    __name__,
    {
        "_api": ("apply", "diff", "history", "plan", "read", "revert"),
        "_checking": ("check",),
        "_drift": ("Drift",),
        "_findings": ("Asking",),
        "_patience": ("Patience",),
        "_plan": ("Plan",),
        "_scope": ("Scope",),
        "errors": ("SchemadiffError",),
        "model": ("Catalog", "Id"),
    },
)
