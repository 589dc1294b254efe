"""The app: every command, in the order in which a user meets them."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from typing import Annotated

import typer

from . import (
    apply,
    check,
    demo,
    diagram,
    diff,
    doctor,
    dump,
    explain,
    history,
    init,
    lint,
    plan,
    purge,
    queries,
    revert,
    scratch,
    snapshot,
)

app = typer.Typer(
    name="schemadiff",
    help="Schema as code for PostgreSQL: one schema.sql, and a proven migration there and back.",
    epilog="Exit codes: 0 in sync or done, 2 differs, 3 refused (a hazard that is not allowed, drift, rows in the way), 4 the two looks of check --verify disagree, 1 error, 64 wrong usage.",
    no_args_is_help=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if not wanted:
        return
    try:
        typer.echo(f"schemadiff {installed('schemadiff')}")
    except PackageNotFoundError:
        typer.echo("schemadiff (not installed as a package)")
    raise typer.Exit


@app.callback(invoke_without_command=True)
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


for module in (
    init,
    plan,
    apply,
    revert,
    purge,
    history,
    check,
    lint,
    explain,
    queries,
    diff,
    dump,
    snapshot,
    diagram,
    doctor,
    demo,
):
    app.command(module.__name__.rpartition(".")[2])(module.command)
app.add_typer(scratch.app, name="scratch")
