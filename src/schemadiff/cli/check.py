"""``schemadiff check``: the drift gate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from ..config import Config
from ..errors import UsageError
from ._options import URLS, CheckFormat, Sandbox, Scratch, Targets, To
from ._output import show, working, write
from ._planning import turns
from ._targets import Named, chosen, configuration, scratch_spec, wanted

if TYPE_CHECKING:
    from .._check import Drift
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

    Names every difference; ends with 0 in sync, 2 drifted.
    """
    from ..report import json

    if snapshot and to:
        raise UsageError(
            "--snapshot and --to: give one of them; a snapshot stands for the schema of the configuration"
        )
    config = configuration(sandbox)
    target_text = wanted(to, config)
    found: list[Drift] = []
    for database in chosen(urls or [], target or [], config):
        if snapshot:
            found.append(_by_snapshot(database, config, target_text))
            continue
        spec = scratch_spec(scratch, config, database)
        if database.tenants:
            found += _of_tenants(database, target_text, config, spec)
        else:
            found.append(_whole(database, target_text, config, spec))
    if format is CheckFormat.json:
        write(json.checked(found))
    else:
        show(_text(found))
    return 0 if all(d.in_sync for d in found) else 2


def _by_snapshot(database: Named, config: Config, target: str) -> Drift:
    from .. import _snapshots

    if database.tenants is not None:
        raise UsageError(
            f"{database.name}: --snapshot looks at a whole database; check its tenants without it"
        )
    with working(f"checking {database.name}"):
        found = _snapshots.check(database.text, config.snapshots, target, config.scope)
    return replace(found, database=database.name)


def _whole(database: Named, target: str, config: Config, scratch: str | None) -> Drift:
    from .._api import check

    with working(f"checking {database.name}"):
        found = check(database.text, target, scratch=scratch, scope=config.scope)
    return replace(found, database=database.name)


def _of_tenants(database: Named, target: str, config: Config, scratch: str | None) -> Iterator[Drift]:
    from .._check import drift
    from ..sources import source

    for turn in turns([database], target, config.scope, lambda _: scratch):
        with working(f"checking {turn.name}"):
            yield drift(turn.ends(), (turn.name, str(source(target))))


def _text(found: list[Drift]) -> Text:
    from ..report import text

    parts = [text.drift(d) for d in found]
    if len(found) > 1:
        parts.append(text.verdicts(found))
    return text.Text("\n\n").join(parts)
