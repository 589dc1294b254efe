"""``schemadiff diff``: any two sources."""

from __future__ import annotations

from typing import Annotated

import typer

from . import _complete
from ._options import SOURCE, DiffFormat, ExitCode, Sandbox, Scratch
from ._output import show, working, write
from ._targets import Named, configuration, scratch_spec


def command(
    origin: Annotated[
        str, typer.Argument(metavar="FROM", show_default=False, help=SOURCE, autocompletion=_complete.sources)
    ],
    target: Annotated[
        str, typer.Argument(metavar="TO", show_default=False, help=SOURCE, autocompletion=_complete.sources)
    ],
    format: Annotated[
        DiffFormat,
        typer.Option("--format", help="How the difference is printed; sql leads from FROM to TO, unproven."),
    ] = DiffFormat.text,
    exit_code: ExitCode = False,
    scratch: Scratch = None,
    sandbox: Sandbox = False,
) -> int:
    """What leads from one source to another."""
    from .._api import plan_pair
    from .._check import drift
    from .._pair import pair
    from ..report import json, sql, text
    from ..report._report import of_drift
    from ..sources import Reader, source

    sources = source(origin), source(target)
    names = str(sources[0]), str(sources[1])
    config = configuration(sandbox)
    spec = scratch_spec(scratch, config, *(Named(str(s), s.text) for s in sources))
    with working("comparing"):
        found = pair(*sources, Reader(spec), config.scope)
    compared = drift(found, names)
    match format:
        case DiffFormat.text:
            show(text.compared(compared))
        case DiffFormat.json:
            write(json.compared(of_drift(compared)))
        case DiffFormat.sql:
            write(sql.printed(plan_pair(found, names, prove=False).forward))
    return 2 if exit_code and not compared.in_sync else 0
