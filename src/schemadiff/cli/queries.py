"""``schemadiff queries``: whether the application's queries outlive a plan."""

from __future__ import annotations

from typing import Annotated

import typer

from ..errors import UsageError
from ._options import Sandbox, Scratch, StrategyOption, Target, TextOrJson, To
from ._output import show, working, write
from ._targets import Named, chosen, configuration, scratch_spec, wanted, whole


def command(
    folder: Annotated[
        str,
        typer.Argument(
            metavar="FOLDER", show_default=False, help="A .sql file, or a folder with some: the queries."
        ),
    ],
    url: Annotated[
        str | None,
        typer.Argument(
            help="The database, or any source, that the plan leads from; else the queries are held to the target alone.",
            show_default=False,
        ),
    ] = None,
    to: To = None,
    target: Target = None,
    search_path: Annotated[
        str | None,
        typer.Option("--search-path", help="The search_path of the application: 'app, public'."),
    ] = None,
    format: Annotated[TextOrJson, typer.Option("--format", help="How it is printed.")] = TextOrJson.text,
    strategy: StrategyOption = None,
    scratch: Scratch = None,
    sandbox: Sandbox = False,
) -> int:
    """Which of the application's queries break with a plan.

    Each query is prepared on a scratch database, before the plan, after it, and after its reverse; none is run.
    Parameters may be written :name, %(name)s, %s, @name, $1 or ?. Ends with 2 where a query breaks.
    """
    from .._queries import judge
    from ..report import documents, queries
    from ..sources import Reader, source

    if url and target:
        raise UsageError("give a URL or --target, not both")
    config = configuration(sandbox)
    found = chosen([url] if url else [], [target] if target else [], config) if url or target else ()
    wished = source(wanted(to, config))
    spec = scratch_spec(scratch, config, *found, Named(str(wished), wished.text))
    with working("preparing queries"):
        made = judge(
            folder,
            source(whole(found[0], "queries").text) if found else None,
            wished,
            Reader(spec),
            config.scope,
            search_path=search_path,
            strategy=strategy or config.strategy,
        )
    if format is TextOrJson.json:
        write(documents.judged(made))
    else:
        show(queries.judged(made))
    return 2 if made.breaks else 0
