"""``schemadiff plan``: what would change, forward and reverse, proven."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import UsageError
from ._options import (
    URL,
    ExitCode,
    PlanFormat,
    Reports,
    Sandbox,
    Scratch,
    SoftDrop,
    StrategyOption,
    Target,
    To,
)
from ._output import highlight, page, say, show, working, write, write_file
from ._planning import Planned, planned, turns
from ._reports import Standing, of_plan, standing, wanted_reports, write_reports
from ._targets import chosen, configuration, scratch_spec, wanted, within

if TYPE_CHECKING:
    from .._plan import Plan
    from ..report.layouts import Written


def command(
    url: URL = None,
    to: To = None,
    target: Target = None,
    out: Annotated[Path | None, typer.Option("--out", help="A folder to write the plan's files to.")] = None,
    name: Annotated[str, typer.Option("--name", help="The name of the plan's files.")] = "migration",
    format: Annotated[
        PlanFormat,
        typer.Option(
            "--format",
            help="How the plan is printed; sql is the forward script. With the name of a migration tool, --out gets "
            "the files of that tool.",
        ),
    ] = PlanFormat.text,
    exit_code: ExitCode = False,
    no_prove: Annotated[
        bool, typer.Option("--no-prove", help="Do not run the plan on scratch databases.")
    ] = False,
    strategy: StrategyOption = None,
    soft_drop: SoftDrop = False,
    scratch: Scratch = None,
    sandbox: Sandbox = False,
    report: Reports = None,
) -> int:
    """What would change, forward and reverse, proven.

    The plan runs in both directions on scratch databases; a plan that does not reach its ends is an error.
    """
    if "/" in name or not name:
        raise UsageError(f"--name {name!r}: a file name without a folder; the folder is --out's")
    from ..report.layouts import LAYOUTS
    from ..sources import Reader

    if format in LAYOUTS and out is None:
        raise UsageError(f"--format {format}: writes files; give the folder of your migrations with --out")
    files = wanted_reports(report or ())
    config = configuration(sandbox)
    (database,) = chosen([url] if url else [], [target] if target and not url else [], config)
    spec = scratch_spec(scratch, config, database)
    schema, how = wanted(to, config), strategy or config.strategy
    found = [
        planned(turn, schema, spec, prove=not no_prove, strategy=how, asking=config.asks)
        for turn in turns([database], schema, within(config, soft_drop), lambda _: spec)
    ]
    for one in found:
        if out is not None:
            _write_files(one.plan, out, name if len(found) == 1 else f"{name}.{_tenant(one)}", format)
    if files:
        with working("writing reports"):
            where = standing(schema, found[0].compared if found else None, Reader(spec))
            write_reports(files, [of_plan(one, where) for one in found], [one.compared for one in found])
    for one in found:
        _print(one, format)
    return 2 if exit_code and not all(one.plan.empty for one in found) else 0


def _tenant(one: Planned) -> str:
    """A file name for the plan of a tenant: that of its schema, percent-encoded where that would not be one."""
    from urllib.parse import quote

    return quote(str(one.tenant), safe="")


def _print(found: Planned, format: PlanFormat) -> None:
    from ..report import markdown, sql, text

    match format:
        case PlanFormat.sql:
            write(sql.printed(found.plan.forward))
        case PlanFormat.json:
            write(found.plan.to_json())
        case PlanFormat.markdown:
            page(markdown.reports([of_plan(found, Standing())]))
        case _:
            show(text.plan(found.plan, highlight()))


def _write_files(made: Plan, folder: Path, name: str, format: PlanFormat) -> None:
    from ..report.layouts import LAYOUTS

    if made.empty:
        say("nothing to do, so no files were written")
        return
    folder.mkdir(parents=True, exist_ok=True)
    if make := LAYOUTS.get(format):
        written = make(made, name, _there(folder), datetime.now(UTC))
    else:
        written = tuple(_own(made, name))
    for each in written:
        path = folder / each.name
        write_file(path, [each.text], private=each.private)
        say(f"wrote {path}" + (", with a secret in it: only you may read it" if each.private else ""))


def _own(made: Plan, name: str) -> Iterator[Written]:
    from ..report import sql
    from ..report.layouts import Written

    for which, script in (("forward", made.forward), ("reverse", made.reverse)):
        yield Written(f"{name}.{which}.sql", sql.migration(script), bool(script.secret))
    yield Written(f"{name}.plan.json", made.to_json())


def _there(folder: Path) -> dict[str, str]:
    """The files of a folder; the texts only of those that a layout reads, which are Python."""
    found = (path for path in folder.iterdir() if path.is_file())
    return {path.name: path.read_text(encoding="utf-8") if path.suffix == ".py" else "" for path in found}
