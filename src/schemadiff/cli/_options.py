"""Arguments and options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from .._patience import Patience, duration
from . import _complete


class Strategy(StrEnum):
    """How a plan treats tables in use."""

    online = "online"
    simple = "simple"


SOURCE = (
    "Any source: a database, a .sql file or folder, git:REV:PATH, a snapshot, module:metadata, alembic:PATH, "
    "dbmate:FOLDER, golang-migrate:FOLDER, flyway:FOLDER, 'empty'."
)
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
Target = Annotated[
    str | None,
    typer.Option(
        "--target",
        help="A database by its name in the configuration.",
        autocompletion=_complete.targets,
    ),
]
Targets = Annotated[
    list[str] | None,
    typer.Option(
        "--target",
        help="A database by its name in the configuration; may be repeated.",
        autocompletion=_complete.targets,
    ),
]
To = Annotated[
    str | None,
    typer.Option(
        "--to",
        help="The target: any source; else 'schema' of the configuration, else schema/schema.sql.",
        autocompletion=_complete.sources,
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
SoftDrop = Annotated[
    bool,
    typer.Option(
        "--soft-drop",
        help="Put tables, columns and sequences that would be dropped into the trash, from where the reverse brings "
        "them back with their rows, and 'purge' deletes them. As 'soft_drop' of the configuration.",
    ),
]
Sandbox = Annotated[
    bool,
    typer.Option(
        "--sandbox",
        help="Load .sql sources as a role with few rights, on a server of its own; for schemas of strangers.",
    ),
]
Reports = Annotated[
    list[str] | None,
    typer.Option(
        "--report",
        metavar="FORMAT=PATH",
        autocompletion=_complete.reports,
        help="Also write what was found to a file: json, markdown, junit, sarif, github or html; may be repeated.",
    ),
]
Jobs = Annotated[
    int, typer.Option("--jobs", min=1, metavar="N", help="How many databases are asked at the same time.")
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
Allow = Annotated[
    list[str] | None,
    typer.Option(
        "--allow",
        help="Hazards that are accepted, by name, with commas between; may be repeated.",
        autocompletion=_complete.hazards,
    ),
]
LockTimeout = Annotated[
    str | None,
    typer.Option(
        "--lock-timeout",
        help="How long others may wait behind a transaction that waits for its locks, before it is tried again: 500ms, "
        "3s. By default 'lock_timeout' of the configuration, else 3s.",
    ),
]
StatementTimeout = Annotated[
    str | None,
    typer.Option(
        "--statement-timeout",
        help="How long a step may run. By default 'statement_timeout' of the configuration, else without limit.",
    ),
]
Retries = Annotated[
    int | None,
    typer.Option(
        "--retries",
        min=0,
        help="How often a transaction is tried again that could not have a lock or stood in a deadlock. By "
        "default 'retries' of the configuration, else 10: some three minutes.",
    ),
]
Wait = Annotated[
    str | None,
    typer.Option(
        "--wait",
        help="How long another apply to the same database is waited for. By default 'wait' of the "
        "configuration, else not at all.",
    ),
]
KeepGoing = Annotated[
    bool, typer.Option("--keep-going", help="Go on with the other databases where one fails.")
]
ExitCode = Annotated[bool, typer.Option("--exit-code", help="End with 2 where there is a difference.")]


class PlanFormat(StrEnum):
    """How a plan is printed, or the tool in whose layout its files are written."""

    text = "text"
    sql = "sql"
    json = "json"
    markdown = "markdown"
    alembic = "alembic"
    dbmate = "dbmate"
    golang_migrate = "golang-migrate"
    flyway = "flyway"


class DiffFormat(StrEnum):
    """How a comparison is printed."""

    text = "text"
    sql = "sql"
    json = "json"


class TextOrJson(StrEnum):
    """How a result is printed, for people or for programs."""

    text = "text"
    json = "json"


def patience(
    found: Patience,
    lock_timeout: str | None,
    statement_timeout: str | None,
    retries: int | None,
    wait: str | None,
) -> Patience:
    """What the configuration says, with what the call says instead. Raises UsageError for what is no time."""
    return Patience(
        found.lock_timeout if lock_timeout is None else duration(lock_timeout, "--lock-timeout"),
        found.statement_timeout
        if statement_timeout is None
        else duration(statement_timeout, "--statement-timeout"),
        found.retries if retries is None else retries,
        found.wait if wait is None else duration(wait, "--wait"),
    )
