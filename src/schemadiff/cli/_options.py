"""Arguments and options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class Strategy(StrEnum):
    """How a plan treats tables in use."""

    online = "online"
    simple = "simple"


SOURCE = "Any source: a database, a .sql file or folder, git:REV:PATH, a snapshot, module:metadata, 'empty'."
URL = Annotated[
    str | None,
    typer.Argument(
        help="The database; else --target, DATABASE_URL, or libpq's PG* variables.", show_default=False
    ),
]
URLS = Annotated[
    list[str] | None,
    typer.Argument(
        help="The databases; else --target, DATABASE_URL, or libpq's PG* variables.", show_default=False
    ),
]
Target = Annotated[str | None, typer.Option("--target", help="A database by its name in the configuration.")]
Targets = Annotated[
    list[str] | None,
    typer.Option("--target", help="A database by its name in the configuration; may be repeated."),
]
To = Annotated[
    str | None,
    typer.Option(
        "--to", help="The target: any source; else 'schema' of the configuration, else schema/schema.sql."
    ),
]
Scratch = Annotated[
    str | None,
    typer.Option(
        "--scratch",
        help="Where scratch databases come from: a server's URL, a folder with PostgreSQL's programs, "
        "'embedded', or 'live' for the server of the database itself.",
    ),
]
StrategyOption = Annotated[
    Strategy | None,
    typer.Option(
        "--strategy",
        help="online lets those who use the tables work on: indexes are built concurrently, constraints "
        "looked at once they hold. simple runs in as few transactions as PostgreSQL allows. By default "
        "'strategy' of the configuration, else online.",
    ),
]
Sandbox = Annotated[
    bool,
    typer.Option(
        "--sandbox",
        help="Load .sql sources as a role with few rights, on a server of its own; for schemas of strangers.",
    ),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
Allow = Annotated[
    list[str] | None,
    typer.Option("--allow", help="Hazards that are accepted, by name, with commas between; may be repeated."),
]
ExitCode = Annotated[bool, typer.Option("--exit-code", help="End with 2 where there is a difference.")]


class PlanFormat(StrEnum):
    """How a plan is printed."""

    text = "text"
    sql = "sql"
    json = "json"
    markdown = "markdown"


class DiffFormat(StrEnum):
    """How a comparison is printed."""

    text = "text"
    sql = "sql"
    json = "json"


class CheckFormat(StrEnum):
    """How drift is printed."""

    text = "text"
    json = "json"
