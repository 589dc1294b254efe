"""The page that says what was found. Pure: results in, Markdown out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from .judge import Outcome, Result
from .pairs import Pair
from .tools import SWAPPED, Absent, Tool

SIGNS = {
    "equal": "yes",
    "loses": "**rows**",
    "differs": "no",
    "fails": "fails",
    "stopped": "stops",
    "late": "late",
}
MEANT = (
    ("yes", "pg_dump writes the same of the result as of the database that it should equal, and no row is gone"),
    ("**rows**", "the same, but a table lost rows that it need not lose"),
    ("no", "the statements run, and pg_dump sees a difference; what was not written is nowhere said, or only in a warning"),
    ("fails", "PostgreSQL refuses a statement"),
    ("stops", "the tool ends with an error and writes nothing"),
    ("late", "no answer within five minutes"),
    ("–", "differs or fails, and the tool's documentation says that this is not what it is for"),
)
LONGEST = 260
"""Letters of what is shown of one failure."""


@dataclass(frozen=True)
class Found:
    """All that the page is made of."""

    tools: Sequence[Tool]
    pairs: Sequence[Pair]
    results: Mapping[tuple[str, str], Result]
    versions: Mapping[str, str]
    absent: Sequence[Absent]
    machine: str

    def of(self, tool: Tool) -> list[Result]:
        return [self.results[tool.name, pair.name] for pair in self.pairs if (tool.name, pair.name) in self.results]


def page(found: Found, introduction: str, method: str) -> str:
    parts = [
        ["# Side by side", "", introduction],
        ["## In short", "", *table(*summary(found))],
        ["## Pair by pair", "", "There / back.", "", *table(*outcomes(found)), "", *meanings(), "", *listed_pairs(found)],
        ["## Time and memory", "", TIMES, "", *table(*times(found))],
        ["## What was missing", "", MISSING, "", *missing(found)],
        ["## Not here", "", *absentees(found.absent)],
        ["## How it was done", "", method.format(machine=found.machine)],
    ]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


TIMES = (
    "Seconds of processor time of the tool's processes, then seconds on the clock, then MiB: medians of three runs, "
    "the largest memory. What PostgreSQL itself works for a tool is in the clock alone."
)
MISSING = "The first thing that stood in the way, by tool. *Back* stands before what concerns the way back."


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A Markdown table: the first column to the left, the others in the middle."""
    yield _row(head)
    yield _row(["---", *[":---:"] * (len(head) - 1)])
    yield from map(_row, rows)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def summary(found: Found) -> tuple[list[str], Iterator[list[str]]]:
    head = ["tool", "version", "from", "there", "and back", "way back", "a small pair", *_large(found), "remark"]
    return head, (_summary_row(found, tool) for tool in found.tools)


def _large(found: Found) -> list[str]:
    return [pair.name for pair in found.pairs if pair.name.startswith("tables-")]


def _summary_row(found: Found, tool: Tool) -> list[str]:
    results = found.of(tool)
    small = [
        found.results[tool.name, pair.name].processor
        for pair in found.pairs
        if not pair.name.startswith("tables-") and (tool.name, pair.name) in found.results
    ]
    there = sum(result.there.sign == "equal" for result in results)
    back = sum(result.there.sign == result.back.sign == "equal" for result in results)
    large = [found.results.get((tool.name, name)) for name in _large(found)]
    return [
        f"**{tool.name}**" if tool.registry == "this" else tool.name,
        found.versions.get(tool.name, ""),
        tool.registry,
        f"{there} of {len(results)}",
        f"{back} of {len(results)}",
        "by swapping" if tool.back == SWAPPED else "written by it",
        f"{median(small):.1f} s" if small else "",
        *[f"{result.processor:.1f} s" if result else "" for result in large],
        tool.remark,
    ]


def outcomes(found: Found) -> tuple[list[str], Iterator[list[str]]]:
    rows = ([pair.name, *[cell(found, tool, pair) for tool in found.tools]] for pair in found.pairs)
    return ["pair", *[tool.name for tool in found.tools]], rows


def cell(found: Found, tool: Tool, pair: Pair) -> str:
    """How a tool did on a pair, both ways."""
    result = found.results.get((tool.name, pair.name))
    if result is None:
        return ""
    signs = [sign(tool, pair, outcome) for outcome in (result.there, result.back)]
    return " / ".join(signs)


def sign(tool: Tool, pair: Pair, outcome: Outcome) -> str:
    if outcome.sign != "equal" and pair.name in tool.leaves_out:
        return "–"
    return SIGNS[outcome.sign]


def meanings() -> Iterator[str]:
    yield from (f"- {mark}: {says}." for mark, says in MEANT)


def listed_pairs(found: Found) -> Iterator[str]:
    yield from (f"- `{pair.name}`: {pair.says}." for pair in found.pairs)


def times(found: Found) -> tuple[list[str], Iterator[list[str]]]:
    rows = ([pair.name, *[_time(found.results.get((tool.name, pair.name))) for tool in found.tools]] for pair in found.pairs)
    return ["pair", *[tool.name for tool in found.tools]], rows


def _time(result: Result | None) -> str:
    if result is None:
        return ""
    return f"{result.processor:.1f} · {result.seconds:.1f} · {result.memory / 1024:.0f}"


def missing(found: Found) -> Iterator[str]:
    for tool in found.tools:
        lines = list(_missing(found, tool))
        yield f"- **{tool.name}**{'' if lines else ': nothing'}"
        yield from lines
        if tool.leaves_out:
            yield from (f"  - not asked for {name}: {says}" for name, says in tool.leaves_out.items())


def _missing(found: Found, tool: Tool) -> Iterator[str]:
    for pair in found.pairs:
        result = found.results.get((tool.name, pair.name))
        if result is None or pair.name in tool.leaves_out:
            continue
        ways = (("", result.there), ("*back* ", result.back))
        shown = [f"{way}{shortened(outcome.shown)}" for way, outcome in ways if outcome.shown]
        if shown:
            yield f"  - {pair.name}: {'; '.join(shown)}"


def shortened(text: str) -> str:
    """At most so many letters, as code where Markdown would read it as something else."""
    text = text.replace("`", "'")
    return f"`{text if len(text) <= LONGEST else text[:LONGEST] + '…'}`"


def absentees(absent: Iterable[Absent]) -> Iterator[str]:
    yield from (f"- {each.name}: {each.why}." for each in absent)
