"""``schemadiff diagram``: a schema as a picture."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import UsageError
from ..report.diagram.columns import Columns
from . import _complete
from ._options import SOURCE, Sandbox, Scratch
from ._output import say, working, write, write_file
from ._targets import Named, configuration, scratch_spec

if TYPE_CHECKING:
    from ..report.diagram.model import Diagram


class DiagramFormat(StrEnum):
    """How a diagram is written."""

    svg = "svg"
    html = "html"
    mermaid = "mermaid"
    dot = "dot"


SUFFIXES = {
    ".svg": DiagramFormat.svg,
    ".html": DiagramFormat.html,
    ".htm": DiagramFormat.html,
    ".mmd": DiagramFormat.mermaid,
    ".mermaid": DiagramFormat.mermaid,
    ".dot": DiagramFormat.dot,
    ".gv": DiagramFormat.dot,
}


def command(
    source: Annotated[str, typer.Argument(show_default=False, help=SOURCE, autocompletion=_complete.sources)],
    compare: Annotated[
        str | None,
        typer.Option(
            "--compare",
            autocompletion=_complete.sources,
            help="Another source: what SOURCE adds to it, changes and removes is coloured.",
        ),
    ] = None,
    focus: Annotated[
        list[str] | None,
        typer.Option("--focus", help="Only this table and what is near it; may be repeated."),
    ] = None,
    depth: Annotated[
        int, typer.Option("--depth", min=0, help="How many foreign keys away from --focus.")
    ] = 1,
    format: Annotated[
        DiagramFormat | None,
        typer.Option(
            "--format", help="svg, html, mermaid or dot; by default what the name of the file says, else svg."
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file to write, instead of stdout.")
    ] = None,
    columns: Annotated[
        Columns,
        typer.Option("--columns", help="some shows up to 20 of a table, keys first, and counts the others."),
    ] = Columns.some,
    views: Annotated[bool, typer.Option("--views", help="Views too, and what they read.")] = False,
    scratch: Scratch = None,
    sandbox: Sandbox = False,
) -> int:
    """The schema as a picture: tables, keys and foreign keys.

    svg and html need the extra 'schemadiff[diagram]'.
    """
    from .._diagram import diagram
    from ..report.diagram.select import focused, with_columns
    from ..sources import source as parsed

    wanted = format or _format_of(output)
    config = configuration(sandbox)
    sources = [parsed(text) for text in (source, *([compare] if compare else []))]
    spec = scratch_spec(scratch, config, *(Named(str(s), s.text) for s in sources))
    with working(f"drawing {sources[0]}"):
        drawn = diagram(source, against=compare, views=views, scratch=spec, scope=config.scope)
        drawn = focused(drawn, focus, depth) if focus else drawn
        text = _writer(wanted)(with_columns(drawn, columns))
    if output is None:
        write(text)
        return 0
    _ensure_folder(output)
    write_file(output, [text], private=False)
    say(f"wrote {output}: {len(drawn.boxes)} tables")
    return 0


def _format_of(output: Path | None) -> DiagramFormat:
    if output is None:
        return DiagramFormat.svg
    if output.suffix.lower() not in SUFFIXES:
        raise UsageError(f"{output}: its name says no format; give --format, or a name that ends with .svg")
    return SUFFIXES[output.suffix.lower()]


def _ensure_folder(output: Path) -> None:
    if not output.parent.is_dir():
        raise UsageError(f"{output}: there is no folder {output.parent}")


def _writer(wanted: DiagramFormat) -> Callable[[Diagram], str]:
    match wanted:
        case DiagramFormat.svg:
            from ..report.diagram.svg import svg

            return svg
        case DiagramFormat.html:
            from ..report.diagram.html import html

            return html
        case DiagramFormat.mermaid:
            from ..report.diagram.mermaid import mermaid

            return mermaid
        case DiagramFormat.dot:
            from ..report.diagram.dot import dot

            return dot
