"""``schemadiff apply``: run the plan."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from ..config import Config
from ..errors import SourceError, UsageError
from ._options import (
    URLS,
    Allow,
    KeepGoing,
    LockTimeout,
    Retries,
    Scratch,
    StatementTimeout,
    StrategyOption,
    Targets,
    To,
    Wait,
    Yes,
    patience,
)
from ._planning import Failed, Planned, each, planned
from ._running import Way, rehearse, run
from ._targets import Named, chosen, configuration, databases, scratch_spec, wanted


def command(
    urls: URLS = None,
    to: To = None,
    target: Targets = None,
    plan: Annotated[Path | None, typer.Option("--plan", help="Run exactly this plan file.")] = None,
    yes: Yes = False,
    allow: Allow = None,
    no_prove: Annotated[
        bool, typer.Option("--no-prove", help="Do not run the plan on scratch databases first.")
    ] = False,
    strategy: StrategyOption = None,
    scratch: Scratch = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help="Run all steps in one transaction and roll it back. Takes the locks that the steps take. Ends "
            "with 3, and runs nothing, where a step cannot be taken back.",
        ),
    ] = False,
    keep_going: KeepGoing = False,
    lock_timeout: LockTimeout = None,
    statement_timeout: StatementTimeout = None,
    retries: Retries = None,
    wait: Wait = None,
) -> int:
    """Run the plan on one database or several.

    All are planned before the first is touched, then run one after the other; the first failure ends it. What
    deletes data, rewrites a large table or locks one for long needs --allow with the name of the hazard. A
    transaction that cannot have a lock in time is tried again. After a crash the same command goes on.
    """
    if plan is not None and to is not None:
        raise UsageError("--plan and --to: give one of them; a plan file has its target in it")
    config = configuration()
    waits = patience(config.patience, lock_timeout, statement_timeout, retries, wait)
    found = databases(chosen(urls or [], target or [], config))
    made: list[Planned]
    failed: list[Failed]
    if plan is not None:
        made, failed = _from_file(plan, found, scratch, config), []
    else:
        schema, how = wanted(to, config), strategy or config.strategy

        def make(d: Named) -> Planned:
            spec = scratch_spec(scratch, config, d)
            return planned(
                d, schema, spec, config.scope, prove=not no_prove, strategy=how, asking=config.asks
            )

        made, failed = each(found, make, keep_going=keep_going)
    allowed = (*config.allow, *(allow or ()))
    way = Way("Apply to", yes, allowed, config.rewrite_limit, waits, config.asks, keep_going, tuple(failed))
    return rehearse(made, way) if dry_run else run(made, way)


def _from_file(path: Path, found: Sequence[Named], scratch: str | None, config: Config) -> list[Planned]:
    from .._plan import Plan

    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}; make it with 'schemadiff plan --out'") from None
    made = Plan.from_json(text, str(path))
    return [Planned(d, made, scratch_spec(scratch, config, d)) for d in found]
