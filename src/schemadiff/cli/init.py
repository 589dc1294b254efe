"""``schemadiff init``: the first ``schema.sql``, from a database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..errors import NotAllowed, UsageError
from ._options import URL, Scratch, Target
from ._output import say, working
from ._targets import chosen, configuration, scratch_spec


def command(
    url: URL = None,
    target: Target = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a schema.sql that is there.")] = False,
    scratch: Scratch = None,
) -> int:
    """Write schema/schema.sql from a database."""
    from .._dump import dump

    config = configuration()
    path = Path(config.schema)
    if path.suffix != ".sql":
        raise UsageError(
            f"{config.schema}: 'schema' of the configuration is no .sql file that could be written"
        )
    if path.exists() and not force:
        raise NotAllowed(f"{path}: is there already; --force replaces it")
    (database,) = chosen([url] if url else [], [target] if target and not url else [], config)
    with working(f"reading {database.name}"):
        text = dump(database.text, scratch=scratch_spec(scratch, config, database), scope=config.scope)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    say(f"wrote {path}; put it under version control, edit it, and see 'schemadiff plan'")
    return 0
