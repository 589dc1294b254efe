"""``schemadiff snapshot``: compile the schema into snapshots."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from ._options import Sandbox, To
from ._output import say, working, write, write_file
from ._targets import configuration, wanted


def command(
    to: To = None,
    sandbox: Sandbox = False,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; end with 2 where a snapshot is out of date.")
    ] = False,
) -> int:
    """Compile the schema into snapshots/.

    Writes one file for each PostgreSQL major that has binaries here.
    """
    from .._snapshots import compiled, is_current, path_of

    config = configuration(sandbox)
    schema = wanted(to, config)
    stale = []
    with TemporaryDirectory() as folder:
        with working(f"compiling {schema}"):
            made = compiled(schema, Path(folder), "sandbox" if config.sandbox else None)
        for major, new in made:
            path = path_of(config.snapshots, major)
            if is_current(path, new):
                write(f"{path}  up to date\n")
                continue
            stale.append(path)
            if not check:
                path.parent.mkdir(parents=True, exist_ok=True)
                with new.open(encoding="utf-8") as lines:
                    write_file(path, lines, private=False)
            write(f"{path}  {'out of date' if check else 'written'}\n")
    if check and stale:
        say("run 'schemadiff snapshot' and commit what it writes")
    return 2 if check and stale else 0
