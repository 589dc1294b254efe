"""Plans as SQL files for psql, and whole schemas as one SQL file."""

from __future__ import annotations

from .._plan import Plan, Script

STOP = "\\set ON_ERROR_STOP on\n"
UNFIT = (
    "\\warn 'This script lacks the secrets that it sets, so nothing of it was run; the files of plan --out have them.'\n"
    "\\quit\n"
)


def migration(script: Script) -> str:
    """A script as a file for ``psql -f``: stops at the first error."""
    return STOP + script.sql


def printed(script: Script) -> str:
    """A script for whoever reads it, without secrets. Where it lacks one, psql runs nothing of it."""
    if not script.secret:
        return migration(script)
    return f"{STOP}{UNFIT}{script.shown}"


def schema(plan: Plan, name: str) -> str:
    """The steps of a plan from an empty database as a ``schema.sql``: one statement after the other.

    It has no transaction of its own, so that psql's ``-1`` can give it one. A secret is left open in it, as
    a source may leave it: ``'***'``."""
    lines = [f"-- The schema of {name}.", "-- Names are qualified: the search path is empty here.", ""]
    lines += ["set search_path = '';", "set check_function_bodies = off;"]
    for before, step in zip((None, *plan.forward.steps), plan.forward.steps, strict=False):
        apart = before is None or "\n" in step.sql + before.sql or before.id.kind != step.id.kind
        lines += ["", f"{step.display};"] if apart else [f"{step.display};"]
    return "\n".join(lines) + "\n"
