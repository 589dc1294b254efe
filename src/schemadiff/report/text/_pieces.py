"""What texts for people are put together from: styles, labels, lines and columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from rich.text import Text as Text

from ...sqltext import one_line
from ..numbers import numbers

type Highlight = Callable[[str], Text]

GOOD, BAD, MILD, QUIET, LOUD = "green", "red", "yellow", "dim", "bold"


def plain(sql: str) -> Text:
    """SQL without colours."""
    return Text(sql)


def coloured(sql: str) -> Text:
    """SQL with colours by token, from the sixteen that every terminal has."""
    from rich.syntax import Syntax

    found = Syntax("", "postgresql", theme="ansi_dark", background_color="default").highlight(sql)
    found.rstrip()
    return found


def labelled(label: str, rest: Text) -> Text:
    """A line that begins with what it is about."""
    return Text.assemble((f"{label:9} "[: max(9, len(label) + 1)], LOUD), rest)


def stacked(lines: Iterable[Text]) -> Text:
    """Lines as one text."""
    return Text("\n").join(lines)


def notes(found: Iterable[str]) -> Iterator[Text]:
    """What else is to be said."""
    return (labelled("note", Text(one_line(note))) for note in found)


def scope(left_out: Sequence[tuple[str, int]]) -> Iterator[Text]:
    """What the scope leaves out, counted."""
    if left_out:
        yield labelled("scope", Text(f"leaves out {numbers(left_out)}", QUIET))


def results(rows: Sequence[tuple[str, str, bool]]) -> Text:
    """One line for each database: its name, what became of it, and whether that is well."""
    width = max((len(name) for name, _, _ in rows), default=0)
    return stacked(
        Text.assemble(("✓ ", GOOD) if well else ("✗ ", BAD), one_line(f"{name:{width}}  {said}"))
        for name, said, well in rows
    )


def table(rows: Sequence[Sequence[str]]) -> Text:
    """Rows in columns, the first as the heading."""
    cells = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join(f"{cell:{w}}" for cell, w in zip(row, widths, strict=True)).rstrip() for row in cells]
    return stacked(Text(line, "" if n else QUIET) for n, line in enumerate(lines))


def finding(what: str, said: str, well: bool | None) -> Text:
    """One line of ``doctor``: whether something works, and what it is."""
    mark = {True: ("✓ ", GOOD), False: ("✗ ", BAD), None: ("· ", QUIET)}[well]
    return Text.assemble(mark, (f"{what:20}", LOUD), said)
