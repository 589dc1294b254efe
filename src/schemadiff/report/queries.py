"""What becomes of an application's queries, as text for people. Pure: a value in, ``Text`` out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from .._queries import AFTER, REVERSED, Judged, Judgement
from ..sqltext import one_line
from . import words
from .text import BAD, GOOD, LOUD, MILD, QUIET, Text, labelled, stacked

SAID = {"breaks": "breaks", "fails": "fails before the plan too", "works after": "works after the plan only"}


def judged(found: Judgement) -> Text:
    """How many queries hold, and each that does not with PostgreSQL's message."""
    counts = Counter(q.verdict for q in found.queries)
    where = f"{one_line(found.origin)} → {one_line(found.target)}" if found.origin else one_line(found.target)
    said = ", ".join(f"{counts[v]} {v}" for v in ("breaks", "fails", "works after", "holds") if counts[v])
    asked = f"{words.counted(len(found.queries), 'query', 'queries')} of {words.counted(found.files, 'file')}"
    style = BAD if found.breaks else MILD if counts["fails"] or counts["works after"] else GOOD
    lines = [Text.assemble((where, LOUD), f": {asked}: ", (said, style))]
    for query in found.queries:
        if query.verdict != "holds":
            lines += _query(query, whether_plan=bool(found.origin))
    if found.left_out:
        what = words.counted(found.left_out, "statement")
        lines.append(
            labelled("left out", Text(f"{what} that PostgreSQL looks into only when it runs them", QUIET))
        )
    return stacked(lines)


def _query(found: Judged, *, whether_plan: bool) -> Iterator[Text]:
    refused = dict(found.refusals)
    head = SAID[found.verdict]
    if not whether_plan:
        head = "PostgreSQL refuses it"
    elif found.verdict == "breaks":
        head = "breaks with the plan" if AFTER in refused else "breaks with the reverse"
        head += "" if REVERSED in refused or AFTER not in refused else ", and works again after the reverse"
    first, *rest = found.why.split("\n")
    yield Text.assemble((one_line(first), LOUD))
    yield from (Text(f"  {one_line(line)}") for line in rest)
    yield Text(f"    {head}", BAD if found.verdict == "breaks" else MILD)
