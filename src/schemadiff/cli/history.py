"""``schemadiff history``: what was applied to a database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ._options import URL, Target, TextOrJson
from ._output import say, show, write
from ._targets import chosen, configuration, databases

if TYPE_CHECKING:
    from .._apply import Record


def command(
    url: URL = None,
    target: Target = None,
    format: Annotated[
        TextOrJson, typer.Option("--format", help="How the history is printed.")
    ] = TextOrJson.text,
) -> int:
    """What was applied to a database, newest first."""
    from .._apply import history
    from ..report import json, text

    named = [target] if target and not url else []
    (database,) = databases(chosen([url] if url else [], named, configuration()))
    found = history(database.text)
    if format is TextOrJson.json:
        write(json.history(database.name, [_record(r) for r in found]))
    elif found:
        show(text.table([("id", "when", "what", "from", "to", "role", "steps", "state"), *map(_row, found)]))
    else:
        say(f"{database.name}: nothing was applied yet")
    return 0


def _row(r: Record) -> tuple[str, ...]:
    when = f"{r.applied_at:%Y-%m-%d %H:%M:%S}"
    return (str(r.id), when, r.direction, r.origin, r.target, r.role, str(r.steps), _state(r))


def _state(r: Record) -> str:
    if not r.finished:
        return f"stopped after step {r.steps_done}"
    return "done" if r.reverted_by is None else f"reverted by {r.reverted_by}"


def _record(r: Record) -> dict[str, object]:
    return {
        "id": r.id,
        "applied_at": r.applied_at.isoformat(),
        "finished_at": r.finished_at.isoformat() if r.finished_at else None,
        "direction": r.direction,
        "origin": r.origin,
        "target": r.target,
        "role": r.role,
        "tool": r.tool,
        "steps": r.steps,
        "steps_done": r.steps_done,
        "reverted_by": r.reverted_by,
    }
