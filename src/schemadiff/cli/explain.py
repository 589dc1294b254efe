"""``schemadiff explain``: one object, what it hangs together with, and what a plan does to it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import UsageError
from ._options import Sandbox, Scratch, StrategyOption, Target, TextOrJson, To
from ._output import highlight, show, working, write
from ._targets import Named, chosen, configuration, scratch_spec, wanted, whole

if TYPE_CHECKING:
    from .._explain import Explanation
    from ..config import Config


def command(
    name: Annotated[
        str,
        typer.Argument(
            metavar="OBJECT",
            show_default=False,
            help="courses, courses.title, app.f(integer), or with its kind index:app.courses_title.",
        ),
    ],
    url: Annotated[
        str | None,
        typer.Argument(help="A database: also say what its plan does to the object.", show_default=False),
    ] = None,
    to: To = None,
    target: Target = None,
    format: Annotated[TextOrJson, typer.Option("--format", help="How it is printed.")] = TextOrJson.text,
    strategy: StrategyOption = None,
    scratch: Scratch = None,
    sandbox: Sandbox = False,
) -> int:
    """What an object is, what it needs, and who needs it.

    With a database, given by its URL or --target: the steps of the plan that touch the object, and why each is there.
    """
    from ..report import documents, explained

    if url and target:
        raise UsageError("give a URL or --target, not both")
    config = configuration(sandbox)
    databases = chosen([url] if url else [], [target] if target else [], config) if url or target else ()
    schema = wanted(to, config)
    if databases:
        found = _with_plan(name, databases[0], schema, config, scratch, strategy)
    else:
        found = _alone(name, schema, config, scratch)
    if format is TextOrJson.json:
        write(documents.explained(found))
    else:
        show(explained.explained(found, highlight()))
    return 0


def _alone(name: str, schema: str, config: Config, scratch: str | None) -> Explanation:
    from .._explain import explain, find
    from ..sources import Reader, source

    spec = scratch_spec(scratch, config, Named(str(source(schema)), schema))
    with working("reading"):
        catalog = Reader(spec).read(source(schema))
        i = find(name, [catalog])
        at = Reader(spec).locations(source(schema), catalog.server.major)
    return replace(explain(i, catalog), location=at.get(i))


def _with_plan(
    name: str, database: Named, schema: str, config: Config, scratch: str | None, strategy: str | None
) -> Explanation:
    from .._explain import explain, find, touching
    from ..sources import Reader, source
    from ._planning import planned, turns

    spec = scratch_spec(scratch, config, database)
    (turn,) = turns([whole(database, "explain")], schema, config.scope, lambda _: spec)
    made = planned(turn, schema, spec, strategy=strategy or config.strategy)
    assert made.ends is not None
    before, after = made.ends.compared
    i = find(name, [after, before])
    found = explain(i, after if i in after.facts else before, only_there=i not in after.facts)
    at = Reader(spec).locations(source(schema), before.server.major)
    return replace(found, plan=touching(i, made.plan, database.name, (before, after)), location=at.get(i))
