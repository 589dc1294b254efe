"""``schemadiff check``: the drift gate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from .._psycopg import in_parts
from ..errors import UsageError
from ._options import URLS, Jobs, Reports, Sandbox, Scratch, Targets, TextOrJson, To
from ._output import load, show, working, write
from ._reports import of_check, standing, wanted_reports, write_reports
from ._targets import Named, chosen, configuration, databases, scratch_spec, wanted, whole
from ._together import JOBS, raise_last, together

if TYPE_CHECKING:
    from .._drift import Drift
    from .._pair import Pair
    from .._waivers import Waiver
    from .._witness import Testimony
    from ..config import Config
    from ..report._report import Report
    from ..report.text import Text

WHAT_SHOWS = partial(load, "schemadiff._drift", "schemadiff.report.text._drift")


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
    verify: Annotated[
        bool,
        typer.Option(
            "--verify",
            help="Also compare what pg_dump writes of the database and of the target; ends with 4 where that and the "
            "catalogs disagree.",
        ),
    ] = False,
    format: Annotated[TextOrJson, typer.Option("--format", help="How drift is printed.")] = TextOrJson.text,
    scratch: Scratch = None,
    sandbox: Sandbox = False,
    report: Reports = None,
    jobs: Jobs = JOBS,
) -> int:
    """Whether databases are what they should be.

    Names every difference; ends with 0 in sync, 2 drifted. A difference that a waiver of the configuration is about
    does not count until the waiver's last day is over. A database that cannot be read hides none of the others, and
    the exit code is that of its error.
    With --verify, pg_dump has its say too: ends with 4 where it disagrees.
    """
    _spare(urls or (), target or ())
    files = wanted_reports(report or ())
    if snapshot and to:
        raise UsageError(
            "--snapshot and --to: give one of them; a snapshot stands for the schema of the configuration"
        )
    config = configuration(sandbox)
    target_text = wanted(to, config)

    def look(database: Named) -> list[Seen]:
        return [*_seen(database, target_text, config, scratch, snapshot, verify, pairs=bool(files))]

    asked = chosen(urls or [], target or [], config)
    answers = together(asked, look, jobs, "checking")
    seen = [one for answer in answers if not isinstance(answer, Exception) for one in answer]
    failed = [(d.name, a) for d, a in zip(asked, answers, strict=True) if isinstance(a, Exception)]
    found = [one.drift for one in seen]
    reports = [_report(one, target_text, snapshot) for one in seen] if files else []
    unused = () if failed else _idle(found, config)
    if files:
        write_reports(files, reports, [one.pair for one in seen])
    if format is TextOrJson.json:
        write(_json(reports, found, unused))
    else:
        show(_text(asked, answers, unused))
    raise_last(failed)
    if verify:
        _ensure_agreed(seen)
    return 0 if all(d.in_sync for d in found) else 2


def _spare(urls: Sequence[str], targets: Sequence[str]) -> None:
    """Of psycopg, only what a check needs whose verdict holds; several databases are asked in threads."""
    if len(urls) + len(targets) <= 1:
        in_parts()


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found of one database, what was compared where somebody asks, and what pg_dump says to it."""

    drift: Drift
    pair: Pair | None
    scratch: str | None
    testimony: Testimony | None = None


def _seen(
    database: Named,
    target: str,
    config: Config,
    scratch: str | None,
    snapshot: bool,
    verify: bool,
    *,
    pairs: bool,
) -> Iterator[Seen]:
    """Raises UsageError where pg_dump is to look at what is no whole database."""
    if verify:
        databases([whole(database, "--verify")])
    spec = None if snapshot and not verify else scratch_spec(scratch, config, database)
    for pair, drift in _looked_at(database, target, config, spec, snapshot=snapshot, pairs=pairs):
        said = _testimony(drift, database, target, config, spec) if verify else None
        notes = (*drift.notes, *(said.notes if said else ()))
        yield Seen(replace(drift, notes=notes), pair if pairs else None, spec, said)


def _report(found: Seen, target: str, snapshot: bool) -> Report:
    from ..sources import Reader

    assert found.pair is not None, "a report is of what was compared"
    with working(f"looking where the objects of {target} stand"):
        where = standing(target, found.pair, Reader(found.scratch), kept=snapshot)
    return of_check(found.drift, found.pair, where)


def _looked_at(
    database: Named, target: str, config: Config, spec: str | None, *, snapshot: bool, pairs: bool
) -> Iterator[tuple[Pair | None, Drift]]:
    """How a database differs, and with ``pairs`` what was compared."""
    if pairs or (database.tenants and not snapshot):
        yield from _compared(database, target, config, spec, snapshot=snapshot)
        return
    yield (
        None,
        _by_snapshot(database, config, target) if snapshot else _whole(database, target, config, spec),
    )


def _testimony(found: Drift, database: Named, target: str, config: Config, spec: str | None) -> Testimony:
    from .._witness import asked, said
    from ..sources import Reader, source

    with working(f"asking pg_dump about {database.name}"):
        return said(found, asked(source(database.text), source(target), Reader(spec), config.scope))


def _by_snapshot(database: Named, config: Config, target: str) -> Drift:
    from .._checking import check_snapshot

    whole(database, "--snapshot")
    with working(f"checking {database.name}"):
        found = check_snapshot(database.text, config.snapshots, target, config.scope, WHAT_SHOWS)
    return _waived(replace(found, database=database.name), config)


def _waived(found: Drift, config: Config) -> Drift:
    if found.in_sync:
        return found
    from .._check import waive

    return waive(found, config.waivers, date.today())


def _whole(database: Named, target: str, config: Config, scratch: str | None) -> Drift:
    from .._checking import check

    with working(f"checking {database.name}"):
        found = check(database.text, target, scratch=scratch, scope=config.scope, meanwhile=WHAT_SHOWS)
    return _waived(replace(found, database=database.name), config)


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


def _ensure_agreed(seen: Sequence[Seen]) -> None:
    from .._witness import ensure_agreed

    ensure_agreed([one.testimony for one in seen if one.testimony])


def _json(reports: Sequence[Report], found: Sequence[Drift], unused: Sequence[Waiver]) -> str:
    from ..report import json
    from ..report._report import of_drift

    return json.reports(reports or [of_drift(d) for d in found], unused)


def _idle(found: Sequence[Drift], config: Config) -> tuple[Waiver, ...]:
    from .._drift import idle

    return idle(found, config.waivers)


def _text(
    asked: Sequence[Named], answers: Sequence[list[Seen] | Exception], unused: Sequence[Waiver]
) -> Text:
    from ..report import text

    rows: list[Drift | str] = []
    for database, answer in zip(asked, answers, strict=True):
        rows += [database.name] if isinstance(answer, Exception) else [one.drift for one in answer]
    parts = [text.drift(d) for d in rows if not isinstance(d, str)]
    if unused:
        parts.append(text.idle(unused))
    if len(rows) > 1:
        parts.append(text.verdicts(rows))
    return text.Text("\n\n").join(parts)
