"""``schemadiff check``: the drift gate."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import UsageError
from ._options import URLS, CheckFormat, Reports, Sandbox, Scratch, Targets, To
from ._output import show, working, write
from ._reports import of_check, standing, wanted_reports, write_reports
from ._targets import Named, chosen, configuration, scratch_spec, wanted

if TYPE_CHECKING:
    from .._check import Drift
    from .._pair import Pair
    from ..config import Config
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
    report: Reports = None,
) -> int:
    """Whether databases are what they should be.

    Names every difference; ends with 0 in sync, 2 drifted.
    """
    from ..report import json
    from ..report._report import of_drift
    from ..sources import Reader

    files = wanted_reports(report or ())
    if snapshot and to:
        raise UsageError(
            "--snapshot and --to: give one of them; a snapshot stands for the schema of the configuration"
        )
    config = configuration(sandbox)
    target_text = wanted(to, config)
    found, reports = [], []
    for database in chosen(urls or [], target or [], config):
        spec = None if snapshot else scratch_spec(scratch, config, database)
        with working(f"checking {database.name}"):
            if not files:
                found.append(_checked(database, target_text, spec, config, snapshot=snapshot))
                continue
            pair, drift = _compared(database, target_text, spec, config, snapshot=snapshot)
            where = standing(target_text, pair, Reader(spec), kept=snapshot)
            found.append(drift)
            reports.append(of_check(drift, pair, where))
    write_reports(files, reports)
    if format is CheckFormat.json:
        write(json.reports(reports or [of_drift(d) for d in found]))
    else:
        show(_text(found))
    return 0 if all(d.in_sync for d in found) else 2


def _checked(database: Named, target: str, spec: str | None, config: Config, *, snapshot: bool) -> Drift:
    from .. import _snapshots
    from .._api import check

    if snapshot:
        found = _snapshots.check(database.text, config.snapshots, target, config.scope)
    else:
        found = check(database.text, target, scratch=spec, scope=config.scope)
    return replace(found, database=database.name)


def _compared(
    database: Named, target: str, spec: str | None, config: Config, *, snapshot: bool
) -> tuple[Pair, Drift]:
    """The same with what compares; a verdict that was kept does not tell that."""
    from .. import _snapshots
    from .._check import drift
    from .._pair import pair
    from ..sources import Reader, source

    if snapshot:
        found = _snapshots.compared(database.text, config.snapshots, target, config.scope)
        called = str(_snapshots.path_of(config.snapshots, found.live.server.major))
    else:
        found = pair(source(database.text), source(target), Reader(spec), config.scope)
        called = str(source(target))
    return found, drift(found, (database.name, called))


def _text(found: list[Drift]) -> Text:
    from ..report import text

    parts = [text.drift(d) for d in found]
    if len(found) > 1:
        parts.append(text.verdicts(found))
    return text.Text("\n\n").join(parts)
