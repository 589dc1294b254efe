"""``schemadiff purge``: delete for good what soft drops have put aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ._options import (
    URLS,
    Allow,
    KeepGoing,
    LockTimeout,
    Retries,
    StatementTimeout,
    Targets,
    Wait,
    Yes,
    patience,
)
from ._output import show, working
from ._planning import Planned, each, made_before
from ._running import Way, run
from ._targets import Named, chosen, configuration, databases

if TYPE_CHECKING:
    from .._purge import Purge


def command(
    urls: URLS = None,
    target: Targets = None,
    older_than: Annotated[
        str, typer.Option("--older-than", help="How long it has been in the trash: 30d, 4w; 0 for all of it.")
    ] = "30d",
    yes: Yes = False,
    allow: Allow = None,
    keep_going: KeepGoing = False,
    lock_timeout: LockTimeout = None,
    statement_timeout: StatementTimeout = None,
    retries: Retries = None,
    wait: Wait = None,
) -> int:
    """Delete for good what plans with --soft-drop have put into the trash.

    Says what lies there, and deletes what is old with --allow DELETES_DATA; without it, that is all it does, and it
    ends with 3 where something is old.
    """
    from datetime import UTC, datetime

    from .._purge import days, purge

    config = configuration()
    waits = patience(config.patience, lock_timeout, statement_timeout, retries, wait)
    found = databases(chosen(urls or [], target or [], config))
    age, today = days(older_than, "--older-than"), datetime.now(UTC).date()

    def make(d: Named) -> Planned:
        with working(f"reading {d.name}"):
            made = purge(d.text, d.name, older_than=age, today=today)
        _listed(d.name, made, older_than)
        return made_before(d, made.plan, None, config.asks)

    made, failed = each(found, make, keep_going=keep_going)
    allowed = (*config.allow, *(allow or ()))
    way = Way("Purge", yes, allowed, config.rewrite_limit, waits, config.asks, keep_going, tuple(failed))
    plans = [p for p in made if not p.plan.empty]
    return run(plans, way) if plans or failed else 0


def _listed(name: str, found: Purge, older_than: str) -> None:
    """What lies in the trash of a database."""
    from ..report import text, words

    rows = [
        (
            words.called(item.id),
            f"{item.since}",
            words.contents(item.holds) or "nothing that holds rows",
            fate,
        )
        for fate, items in (
            ("is deleted", found.old),
            (f"stays, younger than {older_than}", found.young),
            ("stays, what stays needs it", found.held),
        )
        for item in items
    ]
    if rows:
        show(text.Text(f"{name}: the trash"))
        show(text.table([("in", "since", "holds", "and"), *rows]))
    else:
        show(text.Text(f"{name}: nothing lies in the trash"))
    show(text.Text())
