"""``schemadiff revert``: run the reverse of what was last applied."""

from __future__ import annotations

from typing import Annotated

import typer

from ._options import (
    URLS,
    Allow,
    KeepGoing,
    LockTimeout,
    Retries,
    Scratch,
    StatementTimeout,
    Targets,
    Wait,
    Yes,
    patience,
)
from ._planning import Planned, each, made_before
from ._running import Way, run
from ._targets import Named, chosen, configuration, databases, scratch_spec


def command(
    urls: URLS = None,
    target: Targets = None,
    to: Annotated[
        int | None,
        typer.Option(
            "--to",
            min=0,
            help="Take back all that was applied after the plan of this id in the history; 0 for all of it.",
        ),
    ] = None,
    yes: Yes = False,
    allow: Allow = None,
    scratch: Scratch = None,
    keep_going: KeepGoing = False,
    lock_timeout: LockTimeout = None,
    statement_timeout: StatementTimeout = None,
    retries: Retries = None,
    wait: Wait = None,
) -> int:
    """Run the reverse of what was last applied.

    It is taken from the history of the database, as it was proven.
    """
    from .._apply import revert_plans

    config = configuration()
    waits = patience(config.patience, lock_timeout, statement_timeout, retries, wait)
    found = databases(chosen(urls or [], target or [], config))

    def make(d: Named) -> list[Planned]:
        return [
            made_before(d, p, scratch_spec(scratch, config, d), config.asks) for p in revert_plans(d.text, to)
        ]

    made, failed = each(found, make, keep_going=keep_going)
    allowed = (*config.allow, *(allow or ()))
    way = Way("Revert", yes, allowed, config.rewrite_limit, waits, config.asks, keep_going, tuple(failed))
    return run([p for plans in made for p in plans], way)
