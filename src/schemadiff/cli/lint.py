"""``schemadiff lint``: what is unwise in the schema, or in a plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import UsageError
from . import _complete
from ._options import SOURCE, Reports, Sandbox, Scratch, StrategyOption, TextOrJson
from ._output import show, working, write
from ._planning import plan_file
from ._reports import wanted_reports, write_review
from ._targets import Named, configuration, scratch_spec, wanted

if TYPE_CHECKING:
    from ..config import Config
    from ..report._review import Review


def command(
    schema: Annotated[
        str | None,
        typer.Argument(
            metavar="SOURCE",
            autocompletion=_complete.sources,
            show_default=False,
            help=f"{SOURCE} By default 'schema' of the configuration, else schema/schema.sql.",
        ),
    ] = None,
    origin: Annotated[
        str | None,
        typer.Option(
            "--from",
            autocompletion=_complete.sources,
            help="Any source: look at the plan that leads from it too, and only at what it does not have itself.",
        ),
    ] = None,
    plan: Annotated[
        Path | None, typer.Option("--plan", help="Look at this plan file and nothing else.")
    ] = None,
    format: Annotated[
        TextOrJson, typer.Option("--format", help="How findings are printed.")
    ] = TextOrJson.text,
    strategy: StrategyOption = None,
    scratch: Scratch = None,
    sandbox: Sandbox = False,
    report: Reports = None,
) -> int:
    """What is unwise in the schema, or in a plan, though PostgreSQL takes it.

    Each rule has its page in docs/lint.md; [lint] of the configuration sets how much its findings weigh. Ends with
    2 where one is an error.
    """
    from ..report import documents, findings

    files = wanted_reports(report or ())
    config = configuration(sandbox)
    if plan is not None:
        if schema is not None or origin is not None:
            raise UsageError("--plan: takes neither a source nor --from; a plan file has its ends in it")
        found = _of_plan(plan, config)
    else:
        found = _of_source(schema, origin, config, scratch, strategy)
    write_review(files, found)
    if format is TextOrJson.json:
        write(documents.linted(found))
    else:
        show(findings.linted(found))
    return 2 if found.linted.failed else 0


def _of_plan(plan: Path, config: Config) -> Review:
    from .._linting import lint_plan
    from ..report._review import Review

    return Review(str(plan), lint_plan(plan_file(plan), dict(config.lint)))


def _of_source(
    schema: str | None, origin: str | None, config: Config, scratch: str | None, strategy: str | None
) -> Review:
    """What was found in a source, and where its objects stand."""
    from .._linting import lint_change, lint_source
    from ..report._review import Review
    from ..sources import Reader, source

    target, levels = source(wanted(schema, config)), dict(config.lint)
    ends = [target] if origin is None else [source(origin), target]
    reader = Reader(scratch_spec(scratch, config, *(Named(str(s), s.text) for s in ends)))
    with working(f"reading {target}"):
        if origin is None:
            found = lint_source(target, reader, levels, config.scope)
        else:
            how = strategy or config.strategy
            found = lint_change(ends[0], target, reader, levels, config.scope, how)
        at = reader.locations(target) if found.findings or found.ignored else {}
    return Review(str(target), found, at, reader.first_file(target))
