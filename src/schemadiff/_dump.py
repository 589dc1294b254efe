"""Any source as one SQL file: the plan from an empty database to it."""

from __future__ import annotations

from dataclasses import replace

from ._draft import draft
from ._pair import pair
from ._scope import EVERYTHING, Scope
from .report import sql
from .sources import Reader, source


def dump(text: str, *, scratch: str | None = None, scope: Scope = EVERYTHING) -> str:
    """The canonical SQL of a source; loaded, it gives an equal catalog.

    What belongs to the role that read a database gets no owner written: it is the role that loads the file.
    Raises what reading a source raises, and PlanError."""
    wanted = source(text)
    found = pair(source("empty"), wanted, Reader(scratch), scope)
    role = found.target.server.role if wanted.live else found.origin.server.role
    origin = replace(found.origin, server=replace(found.origin.server, role=role))
    return sql.schema(draft(origin, found.target, ("empty", str(wanted))).forward, str(wanted))
