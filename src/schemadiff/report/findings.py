"""What ``lint`` found, as text for people. Pure: a value in, ``Text`` out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..lint import Finding
from ..model import Id
from ..script import Location
from ..sqltext import one_line
from . import words
from ._review import Review
from .text import BAD, GOOD, LOUD, MILD, QUIET, Text, labelled, stacked

WEIGHTS = {"error": BAD, "warning": MILD, "note": QUIET}
"""The levels of findings, the gravest first."""


def linted(review: Review) -> Text:
    """What ``lint`` found: each finding with its object and where that stands, what harm there is, and the cure."""
    found, at = review.linted, review.at
    parts = [words.counted(number, level) for level, number in review.counts]
    verdict = Text(", ".join(parts), BAD if found.failed else MILD) if parts else Text("nothing found", GOOD)
    lines = [Text.assemble((one_line(review.origin), LOUD), ": ") + verdict]
    for level, rule, findings in review.groups:
        lines += [Text.assemble((f"{level:9}", WEIGHTS[level]), (rule, LOUD)), *_alike(findings, at)]
    if found.known:
        lines.append(
            labelled("known", Text(f"{words.counted(found.known, 'finding')} that --from has too", QUIET))
        )
    if found.ignored:
        said = f"{words.counted(len(found.ignored), 'finding')} by comments with a reason"
        lines.append(labelled("ignored", Text(said, QUIET)))
    lines += [labelled("note", Text(one_line(said), MILD)) for said in review.remarks]
    return stacked(lines)


def _alike(findings: Iterable[Finding], at: Mapping[Id, Location]) -> Iterator[Text]:
    """The findings of a rule; objects of which the same is said stand together."""
    same: dict[tuple[str, str], list[str]] = {}
    for f in findings:
        same.setdefault((f.message, f.fix), []).append(_placed(f.id, at))
    for (message, fix), names in same.items():
        yield Text(f"{'':9}{', '.join(names)}")
        yield Text(f"{'':11}{one_line(message)}")
        yield Text.assemble((f"{'':11}fix  ", QUIET), one_line(fix))


def _placed(i: Id, at: Mapping[Id, Location]) -> str:
    """An object with where it stands."""
    there = at.get(i)
    return f"{words.name(i)} ({one_line(there.file)}:{there.line})" if there else words.name(i)
