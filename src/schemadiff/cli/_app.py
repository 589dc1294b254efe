"""The app: every command, in the order in which a user meets them."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Annotated

import typer

COMMANDS = (
    "init",
    "plan",
    "apply",
    "revert",
    "purge",
    "history",
    "check",
    "lint",
    "explain",
    "queries",
    "diff",
    "dump",
    "snapshot",
    "diagram",
    "doctor",
    "demo",
    "scratch",
)
"""Each is the module of its name, with a ``command``, or an ``app`` of its own."""


def _version(wanted: bool) -> None:
    if not wanted:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        typer.echo(f"schemadiff {version('schemadiff')}")
    except PackageNotFoundError:
        typer.echo("schemadiff (not installed as a package)")
    raise typer.Exit


def root(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of an error; may stand anywhere.")
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def app(commands: Iterable[str] = COMMANDS) -> typer.Typer:
    """The app with some of its commands: loading and describing all of them takes longer than most need to run."""
    made = typer.Typer(
        name="schemadiff",
        help="Schema as code for PostgreSQL: one schema.sql, and a proven migration there and back.",
        epilog="Exit codes: 0 in sync or done, 2 differs, 3 refused (a hazard that is not allowed, drift, rows in the way), 4 the two looks of check --verify disagree, 1 error, 64 wrong usage.",
        no_args_is_help=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    made.callback(invoke_without_command=True)(root)
    for name in commands:
        module = import_module(f".{name}", __package__)
        if hasattr(module, "app"):
            made.add_typer(module.app, name=name)
        else:
            made.command(name)(module.command)
    return made


def called(arguments: Iterable[str]) -> str:
    """The command that arguments call; '' where they call none that there is."""
    first = next((a for a in arguments if not a.startswith("-")), "")
    return first if first in COMMANDS else ""
