"""``schemadiff apply``: run the plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..errors import UsageError
from ._options import (
    URLS,
    Allow,
    KeepGoing,
    LockTimeout,
    Retries,
    Scratch,
    SoftDrop,
    StatementTimeout,
    StrategyOption,
    Targets,
    To,
    Wait,
    Yes,
    patience,
)
from ._planning import Planned, Turn, each, made_before, plan_file, planned, turns
from ._running import Way, rehearse, run
from ._targets import Named, chosen, configuration, databases, scratch_spec, wanted, within


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
    soft_drop: SoftDrop = False,
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
    if plan is not None and soft_drop:
        raise UsageError("--plan and --soft-drop: give one of them; a plan file says how it drops")
    config = configuration()
    waits = patience(config.patience, lock_timeout, statement_timeout, retries, wait)
    found = databases(chosen(urls or [], target or [], config))

    def spec(d: Named) -> str | None:
        return scratch_spec(scratch, config, d)

    asks = config.asks
    if plan is not None:
        kept = plan_file(plan)
        made, failed = each(found, lambda d: made_before(d, kept, spec(d), asks), keep_going=keep_going)
    else:
        schema, how = wanted(to, config), strategy or config.strategy
        each_turn = turns(found, schema, within(config, soft_drop), spec)

        def make(turn: Turn) -> Planned:
            return planned(turn, schema, spec(turn.database), prove=not no_prove, strategy=how, asking=asks)

        made, failed = each(each_turn, make, keep_going=keep_going)
    allowed = (*config.allow, *(allow or ()))
    way = Way("Apply to", yes, allowed, config.rewrite_limit, waits, asks, keep_going, tuple(failed))
    return rehearse(made, way) if dry_run else run(made, way)
