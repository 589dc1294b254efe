"""A plan in Markdown, for the comment on a pull request: summary first, the SQL folded away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .._findings import Preflight
from .._plan import LOSSLESS, Plan, Script
from ..hazards import effects, sights
from ..sqltext import one_line, visible
from . import words

LONGEST = 30_000
"""Characters of one direction's SQL: a comment on GitHub holds 65,536 in all."""
MEANT = str.maketrans(
    {mark: "\\" + mark for mark in "\\`*_~[]|#!"} | {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "@<!-- -->"}
)
"""What Markdown, or GitHub, would take for more than text."""


def plan(found: Plan) -> str:
    """The whole plan; SQL that no comment could hold is cut, with a word about it."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Plan) -> Iterator[str]:
    yield f"### schemadiff: {_cell(found.origin)} → {_cell(found.target)}"
    yield ""
    if found.empty:
        yield "Nothing to do: the database is what the target says."
    else:
        yield from _counts(found)
        yield from _facts(found)
        yield from _folded("Forward", found.forward)
        yield from _folded("Reverse", found.reverse)
    if found.unmodelled:
        yield from ("", f"Not compared: {_plain(words.census(found))}.")
    if found.left_out:
        yield from ("", f"Left out by the scope: {_plain(words.numbers(found.left_out))}.")
    for note in found.notes:
        yield from ("", f"Note: {_plain(note)}.")


def _counts(found: Plan) -> Iterator[str]:
    heads = ("created", "altered", *words.moving(found), "dropped")
    yield f"| | {' | '.join(heads)} |"
    yield f"| --- |{' ---: |' * len(heads)}"
    for c in found.counts:
        yield f"| {c.title} | {' | '.join(str(getattr(c, head) or '') for head in heads)} |"
    yield ""


def _facts(found: Plan) -> Iterator[str]:
    for each in found.renamed:
        yield f"- {_cell(words.renamed(each))}"
    mark = "✅" if found.proof else "⚠️"
    yield f"- {mark} **Proof:** {words.verdict(found)}"
    gone = words.contents(words.deletes(found.forward))
    yield f"- {'⚠️' if gone else '✅'} **Forward** deletes {_plain(gone) or 'nothing'}"
    yield f"- {'✅' if found.restores == LOSSLESS else '⚠️'} **Reverse** {_plain(words.grade(found))}"
    hazards = ", ".join(f"`{name}`" for name in found.hazards)
    yield f"- **Hazards:** {hazards or 'none'}"
    for _, sight in sights(found.forward):
        for effect in effects(sight, found.usage) if sight else ():
            yield f"  - {_plain(effect.text)}"
    if found.preflight and found.preflight.asked:
        yield from _preflight(found.preflight)


def _preflight(found: Preflight) -> Iterator[str]:
    """Without the values of rows: more people read a comment than may read the database."""
    yield f"- {'⚠️' if found.findings else '✅'} **Preflight:** {words.asked(found)}"
    for each in found.findings:
        yield f"  - step {each.step}: {_plain(words.finding(replace(each, examples=())))}; look: {_cell(words.look(each))}"


def _folded(title: str, script: Script) -> Iterator[str]:
    sql = visible(script.shown)
    cut = sql if len(sql) <= LONGEST else sql[:LONGEST].rpartition("\n")[0]
    yield from ("", f"<details><summary>{title}: {words.counted(len(script.steps), 'step')}</summary>", "")
    fence = "```"
    while fence in cut:
        fence += "`"
    yield from (f"{fence}sql", cut.rstrip("\n"), fence)
    if cut is not sql:
        yield from ("", "Cut here; the plan's files have the rest.")
    yield from ("", "</details>")


def _cell(text: str) -> str:
    """A text as code within a line."""
    return "`" + one_line(text).replace("`", "'") + "`"


def _plain(text: str) -> str:
    """A text that says nothing but itself: no markup, no HTML, no link and nobody's name to call."""
    return one_line(text).translate(MEANT).replace("://", ":<!-- -->//")
