"""``schemadiff dump``: the canonical SQL of any source."""

from __future__ import annotations

from typing import Annotated

import typer

from ._options import Scratch
from ._output import working, write
from ._targets import configuration


def command(
    source: Annotated[
        str,
        typer.Argument(
            show_default=False,
            help="A database, a .sql file or folder, git:REV:PATH, a snapshot, module:metadata.",
        ),
    ],
    scratch: Scratch = None,
) -> int:
    """The canonical SQL of any source.

    Loaded, it gives the same schema.
    """
    from .._dump import dump

    spec = scratch or configuration().scratch
    with working(f"reading {source.rpartition('@')[2]}"):
        text = dump(source, scratch=None if spec == "live" else spec)
    write(text)
    return 0
