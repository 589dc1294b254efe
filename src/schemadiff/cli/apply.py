"""``schemadiff apply``: run the plan."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from ..config import Config
from ..errors import SourceError, UsageError
from ._options import URLS, Allow, Scratch, StrategyOption, Targets, To, Yes
from ._planning import Planned, planned
from ._running import run
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
) -> int:
    """Run the plan on one database or several.

    All are planned before the first is touched. What deletes data, rewrites a large table or locks one for long
    needs --allow with the name of the hazard.
    """
    if plan is not None and to is not None:
        raise UsageError("--plan and --to: give one of them; a plan file has its target in it")
    config = configuration()
    found = databases(chosen(urls or [], target or [], config))
    if plan is not None:
        plans = _from_file(plan, found, scratch, config)
    else:
        schema = wanted(to, config)
        plans = [
            planned(
                d,
                schema,
                scratch_spec(scratch, config, d),
                config.scope,
                prove=not no_prove,
                strategy=strategy or config.strategy,
            )
            for d in found
        ]
    return run(plans, config, yes=yes, allow=allow, question="Apply to")


def _from_file(path: Path, found: Sequence[Named], scratch: str | None, config: Config) -> list[Planned]:
    from .._plan import Plan

    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}; make it with 'schemadiff plan --out'") from None
    made = Plan.from_json(text, str(path))
    return [Planned(d, made, scratch_spec(scratch, config, d)) for d in found]
