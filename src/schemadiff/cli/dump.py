"""``schemadiff dump``: the canonical SQL of any source."""

from __future__ import annotations

from typing import Annotated

import typer

from . import _complete
from ._options import SOURCE, Sandbox, Scratch
from ._output import working, write
from ._targets import Named, configuration, scratch_spec


def command(
    source: Annotated[
        str,
        typer.Argument(
            show_default=False,
            help=SOURCE,
            autocompletion=_complete.sources,
        ),
    ],
    scratch: Scratch = None,
    sandbox: Sandbox = False,
) -> int:
    """The canonical SQL of any source.

    Loaded, it gives the same schema.
    """
    from .._dump import dump
    from ..sources import source as parsed

    name = str(parsed(source))
    spec = scratch_spec(scratch, configuration(sandbox), Named(name, source))
    with working(f"reading {name}"):
        text = dump(source, scratch=spec)
    write(text)
    return 0
