"""``schemadiff check``: the drift gate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import UsageError
from ._options import URLS, Reports, Sandbox, Scratch, Targets, TextOrJson, To
from ._output import show, working, write
from ._reports import of_check, standing, wanted_reports, write_reports
from ._targets import Named, chosen, configuration, scratch_spec, wanted, whole

if TYPE_CHECKING:
    from .._drift import Drift
    from .._pair import Pair
    from .._waivers import Waiver
    from ..config import Config
    from ..report._report import Report
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
    format: Annotated[TextOrJson, typer.Option("--format", help="How drift is printed.")] = TextOrJson.text,
    scratch: Scratch = None,
    sandbox: Sandbox = False,
    report: Reports = None,
) -> int:
    """Whether databases are what they should be.

    Names every difference; ends with 0 in sync, 2 drifted. A difference that a waiver of the configuration is about
    does not count until the waiver's last day is over.
    """
    from .._drift import idle
    from ..sources import Reader

    files = wanted_reports(report or ())
    if snapshot and to:
        raise UsageError(
            "--snapshot and --to: give one of them; a snapshot stands for the schema of the configuration"
        )
    config = configuration(sandbox)
    target_text = wanted(to, config)
    found: list[Drift] = []
    reports: list[Report] = []
    pairs: list[Pair | None] = []
    for database in chosen(urls or [], target or [], config):
        spec = None if snapshot else scratch_spec(scratch, config, database)
        if files:
            for pair, drift in _compared(database, target_text, config, spec, snapshot=snapshot):
                found.append(drift)
                with working(f"looking where the objects of {target_text} stand"):
                    where = standing(target_text, pair, Reader(spec), kept=snapshot)
                reports.append(of_check(drift, pair, where))
                pairs.append(pair)
        elif snapshot:
            found.append(_by_snapshot(database, config, target_text))
        elif database.tenants:
            found += _of_tenants(database, target_text, config, spec)
        else:
            found.append(_whole(database, target_text, config, spec))
    unused = idle(found, config.waivers)
    if files:
        write_reports(files, reports, pairs)
    if format is TextOrJson.json:
        from ..report import json
        from ..report._report import of_drift

        write(json.reports(reports or [of_drift(d) for d in found], unused))
    else:
        show(_text(found, unused))
    return 0 if all(d.in_sync for d in found) else 2


def _by_snapshot(database: Named, config: Config, target: str) -> Drift:
    from .._checking import check_snapshot

    whole(database, "--snapshot")
    with working(f"checking {database.name}"):
        found = check_snapshot(database.text, config.snapshots, target, config.scope)
    return _waived(replace(found, database=database.name), config)


def _waived(found: Drift, config: Config) -> Drift:
    if found.in_sync:
        return found
    from .._check import waive

    return waive(found, config.waivers, date.today())


def _whole(database: Named, target: str, config: Config, scratch: str | None) -> Drift:
    from .._checking import check

    with working(f"checking {database.name}"):
        found = check(database.text, target, scratch=scratch, scope=config.scope)
    return _waived(replace(found, database=database.name), config)


def _of_tenants(database: Named, target: str, config: Config, scratch: str | None) -> Iterator[Drift]:
    for _, drift in _compared(database, target, config, scratch, snapshot=False):
        yield drift


def _compared(
    database: Named, target: str, config: Config, scratch: str | None, *, snapshot: bool
) -> Iterator[tuple[Pair, Drift]]:
    """How a database differs, each tenant of one that has any for itself, with what compares; no verdict that was
    kept tells that."""
    from .. import _snapshots
    from .._check import drift
    from .._checking import compared
    from ..sources import source
    from ._planning import turns

    if snapshot:
        whole(database, "--snapshot")
        with working(f"checking {database.name}"):
            found = compared(database.text, config.snapshots, target, config.scope)
        called = str(_snapshots.path_of(config.snapshots, found.live.server.major))
        yield found, _waived(drift(found, (database.name, called)), config)
        return
    for turn in turns([database], target, config.scope, lambda _: scratch):
        with working(f"checking {turn.name}"):
            found = turn.ends()
        yield found, _waived(drift(found, (turn.name, str(source(target)))), config)


def _text(found: list[Drift], unused: Sequence[Waiver]) -> Text:
    from ..report import text

    parts = [text.drift(d) for d in found]
    if unused:
        parts.append(text.idle(unused))
    if len(found) > 1:
        parts.append(text.verdicts(found))
    return text.Text("\n\n").join(parts)
