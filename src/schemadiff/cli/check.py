"""``schemadiff check``: the drift gate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import UsageError
from ._options import URLS, CheckFormat, Sandbox, Scratch, Targets, To
from ._output import show, working, write
from ._targets import chosen, configuration, scratch_spec, wanted

if TYPE_CHECKING:
    from .._check import Drift
    from .._waivers import Waiver
    from ..report.text import Text


def command(
    urls: URLS = None,
    to: To = None,
    target: Targets = None,
    snapshot: Annotated[
        bool,
        typer.Option(
            "--snapshot", help="Compare with the snapshot of the database's major; starts no server."
        ),
    ] = False,
    format: Annotated[CheckFormat, typer.Option("--format", help="How drift is printed.")] = CheckFormat.text,
    scratch: Scratch = None,
    sandbox: Sandbox = False,
) -> int:
    """Whether databases are what they should be.

    Names every difference; ends with 0 in sync, 2 drifted. A difference that a waiver of the configuration is about
    does not count until the waiver's last day is over.
    """
    from .. import _snapshots
    from .._api import check
    from .._check import idle, waive
    from ..report import json

    if snapshot and to:
        raise UsageError(
            "--snapshot and --to: give one of them; a snapshot stands for the schema of the configuration"
        )
    config = configuration(sandbox)
    target_text = wanted(to, config)
    found = []
    for database in chosen(urls or [], target or [], config):
        with working(f"checking {database.name}"):
            if snapshot:
                drift = _snapshots.check(database.text, config.snapshots, target_text, config.scope)
            else:
                spec = scratch_spec(scratch, config, database)
                drift = check(database.text, target_text, scratch=spec, scope=config.scope)
        found.append(waive(_called(drift, database.name), config.waivers, date.today()))
    unused = idle(found, config.waivers)
    if format is CheckFormat.json:
        write(json.checked(found, unused))
    else:
        show(_text(found, unused))
    return 0 if all(d.in_sync for d in found) else 2


def _called(drift: Drift, name: str) -> Drift:
    from dataclasses import replace

    return replace(drift, database=name)


def _text(found: list[Drift], unused: Sequence[Waiver]) -> Text:
    from ..report import text

    parts = [text.drift(d) for d in found]
    if unused:
        parts.append(text.idle(unused))
    if len(found) > 1:
        parts.append(text.verdicts(found))
    return text.Text("\n\n").join(parts)
