"""Any source as a diagram, alone or compared with another."""

from __future__ import annotations

from ._inside import inside
from ._pair import pair
from ._scope import EVERYTHING, Scope
from .report.diagram import build, compare
from .report.diagram.model import Diagram
from .sources import Reader, source


def diagram(
    text: str,
    *,
    against: str | None = None,
    views: bool = False,
    scratch: str | None = None,
    scope: Scope = EVERYTHING,
) -> Diagram:
    """What a source holds, as a diagram; with ``against`` what leads there from another source.

    Raises what reading a source raises; PlanError where two sources cannot be compared."""
    wanted, reader = source(text), Reader(scratch)
    if against is None:
        return build.diagram(inside(reader.read(wanted), scope), str(wanted), views=views)
    origin = source(against)
    before, after = pair(origin, wanted, reader, scope).compared
    return compare.compared(before, after, f"{origin} → {wanted}", views=views)
