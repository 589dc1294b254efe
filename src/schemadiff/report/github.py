"""Reports as workflow commands of GitHub Actions: annotations at the lines of the target's files.

Drift is an error, a change of a plan a notice, a hazard a warning, a finding of lint what its level says. GitHub shows ten of each sort for a step: what
comes along with an object is counted in its own, and the last line says how much there is in all.
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ..script import Location
from ..sqltext import one_line, visible
from . import words
from ._report import CHECK, Object, Report, Shown, lines, tree
from ._review import LINT, Review
from .describe import Entry

ESCAPES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
LEVELS = {"error": "error", "warning": "warning", "note": "notice"}
OF_PROPERTIES = {**ESCAPES, ":": "%3A", ",": "%2C"}


def reports(found: Sequence[Report]) -> str:
    """What one run found, of one database or several: a command a line, nothing where there is nothing to say."""
    several = len(found) > 1
    said = (_commands(report, f"{report.origin}: " if several else "") for report in found)
    return "".join(f"{line}\n" for commands in said for line in commands)


def _commands(report: Report, named: str) -> Iterator[str]:
    level = "error" if report.run == CHECK else "notice"
    for entry in tree(report.objects):
        each = entry.object
        yield _command(level, report, f"{named}{each.name} is {each.what}", _said(entry), each.location)
    for step in report.migration.forward if report.migration else ():
        if step.hazards:
            said = "\n".join([*(text for text, _ in step.effects), step.sql])
            title = f"{named}{', '.join(step.hazards)}: {', '.join(map(words.name, step.ids))}"
            yield _command("warning", report, title, said, step.location)
    if report.objects:
        counts = Counter(each.what for each in report.objects)
        total = ", ".join(f"{n} {what}" for what, n in counts.items())
        yield _command(level, report, f"{named}schemadiff {report.run}", total, None)


def linted(found: Review) -> str:
    """What ``lint`` found: a command for each finding, the gravest first, and one with the counts."""
    said = [
        _command(
            LEVELS[f.level],
            found,
            f"{f.rule}: {words.name(f.id)}",
            f"{f.message}\nfix: {f.fix}",
            found.location(f),
        )
        for f in found.linted.findings
    ]
    if found.counts:
        total = ", ".join(words.counted(number, level) for level, number in found.counts)
        said.append(_command(LEVELS[found.counts[0][0]], found, f"schemadiff {LINT}", total, None))
    return "".join(f"{line}\n" for line in said)


def _said(entry: Entry[Object]) -> str:
    below = Counter(each.id.kind for each in entry.everything)
    below[entry.object.id.kind] -= 1
    along = [f"with {words.numbers((kind.replace('_', ' '), n) for kind, n in below.items() if n)}"]
    return "\n".join([*lines(entry.object), *(along if entry.below else [])]) or entry.object.what


def _command(level: str, report: Shown, title: str, said: str, at: Location | None) -> str:
    where = report.shown_at(at)
    properties = {"file": where.file, "line": str(where.line)} if where else {}
    properties["title"] = title
    given = ",".join(
        f"{name}={_escaped(one_line(value), OF_PROPERTIES)}" for name, value in properties.items()
    )
    return f"::{level} {given}::{_escaped(visible(said), ESCAPES)}"


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(character, character) for character in text)
