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
    (
        "yes",
        "pg_dump writes the same of the result as of the database that it should equal, and no row is gone",
    ),
    (
        "**rows**",
        "the same, but a table that is there before and after has lost rows (which the tool may have announced, and was allowed)",
    ),
    (
        "no",
        "the statements run, and pg_dump sees a difference; what was not written is nowhere said, or only in a warning",
    ),
    ("fails", "PostgreSQL refuses a statement"),
    ("stops", "the tool ends with an error and writes nothing"),
    ("late", "no answer within some two minutes of processor time, and larger pairs are not tried"),
    ("nothing", "not run this time"),
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
        return [
            self.results[tool.name, pair.name]
            for pair in self.pairs
            if (tool.name, pair.name) in self.results
        ]


def page(found: Found) -> str:
    parts = [
        ["# Side by side", "", INTRODUCTION],
        ["## In short", "", *table(*summary(found)), "", SHORT, "", *ahead(found)],
        ["## Pair by pair", "", "There / back.", "", *table(*outcomes(found)), "", *meanings()],
        ["The pairs:", "", *listed_pairs(found.pairs)],
        ["## Time and memory", "", times_said(found), "", *table(*times(found))],
        ["## What stood in the way", "", MISSING, "", *missing(found)],
        ["## Not here", "", *absentees(found.absent)],
        ["## How it was done", "", METHOD, "", found.machine],
    ]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


INTRODUCTION = """\
The same pairs of databases, given to every tool of this field that installs from a package registry: does what it writes lead from one to the other, and back? PostgreSQL and pg_dump judge, nothing of schemadiff does. `python -m benchmarks.peers --write benchmarks/peers.md` runs it all and makes this page; `benchmarks/peers/tools.py` has the line by which each tool is called. The pairs are of our making, and so they ask for what we have thought of: read the table of a tool with its own list of what it is for."""
SHORT = """\
*There*: on how many pairs the statements lead to the target. *There and back*: on how many of them the way back leads to the origin too. The times are seconds of processor time of the tool's own processes, the median of all small pairs, then each large one."""
MISSING = "The first thing that stood in the way, by tool; *back* stands before what concerns the way back."
METHOD = """\
- Each tool is installed into an environment of its own, in the version that its registry gives by default unless the table says otherwise, and called with the options that its documentation gives for taking all differences along: privileges and owners where they are left out by default, and what deletes where that must be allowed (`--unsafe`, `--allow-drops`).
- What it writes runs with `psql`, statement by statement, on a copy of the database that it is for; tools that say how to wrap it in a transaction do so themselves. Then `pg_dump --schema-only` of the copy must have the same entries as that of the other end, in any order; the order of columns, of grants and of storage parameters and the names of `NOT NULL` constraints are set aside. A table that is there before and after must have as many rows.
- The way back is what the tool writes for it, or, where it writes none, what it writes when both databases are swapped. It runs on a copy of the target, so that a failure on the way there does not count twice; the target has no rows, so rows count on the way there alone.
- The memory is the largest sum of resident sets of all processes of the call, looked at every 20 ms. No server is in it, neither the one with both databases nor the scratch server of schemadiff, which runs beforehand and works for `plan` on the proof of both directions. Every call finds an empty cache.
- A tool that compares files gets them from `pg_dump`, or the pair's own file; that is in its time."""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A Markdown table: the first column to the left, the others in the middle."""
    yield _row(head)
    yield _row(["---", *[":---:"] * (len(head) - 1)])
    yield from map(_row, rows)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def summary(found: Found) -> tuple[list[str], Iterator[list[str]]]:
    head = [
        "tool",
        "version",
        "from",
        "there",
        "and back",
        "way back",
        "a small pair",
        *_large(found),
        "remark",
    ]
    return head, (_summary_row(found, tool) for tool in found.tools)


def _large(found: Found) -> list[str]:
    return [pair.name for pair in found.pairs if pair.tables]


def _summary_row(found: Found, tool: Tool) -> list[str]:
    results = found.of(tool)
    small = [
        found.results[tool.name, pair.name].processor
        for pair in found.pairs
        if not pair.tables and (tool.name, pair.name) in found.results
    ]
    there = sum(result.there.sign == "equal" for result in results)
    back = sum(map(_whole, results))
    large = [found.results.get((tool.name, name)) for name in _large(found)]
    return [
        f"**{tool.name}**" if tool.registry == "this" else tool.name,
        found.versions.get(tool.name, ""),
        "here" if tool.registry == "this" else tool.registry,
        f"{there} of {len(results)}",
        f"{back} of {len(results)}",
        "by swapping" if tool.back == SWAPPED else "written by it",
        f"{median(small):.1f} s" if small else "",
        *[_seconds(result) for result in large],
        tool.remark,
    ]


def _seconds(result: Result | None) -> str:
    if result is None:
        return ""
    return "late" if result.there.sign == "late" else f"{result.processor:.1f} s"


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


def listed_pairs(pairs: Iterable[Pair]) -> Iterator[str]:
    yield from (f"- `{pair.name}`: {pair.says}." for pair in pairs)


def ahead(found: Found) -> Iterator[str]:
    """Who is ahead of us, and where."""
    for ours in (tool for tool in found.tools if tool.registry == "this"):
        others = [tool for tool in found.tools if tool.registry != "this"]
        faster = [f"{tool.name} ({count})" for tool in others if (count := len(_quicker(found, tool, ours)))]
        better = [
            f"{tool.name} ({', '.join(names)})" for tool in others if (names := _better(found, tool, ours))
        ]
        yield f"- Of those that reach both ends, less processor time than `{ours.name}` is taken by (on how many pairs): {', '.join(faster) or 'none'}."
        yield f"- Both ends are reached where `{ours.name}` does not reach them by: {', '.join(better) or 'none'}."


def _quicker(found: Found, tool: Tool, ours: Tool) -> list[str]:
    return [
        name
        for name, own, other in _both(found, tool, ours)
        if _whole(other) and other.processor < own.processor
    ]


def _better(found: Found, tool: Tool, ours: Tool) -> list[str]:
    return [name for name, own, other in _both(found, tool, ours) if _whole(other) and not _whole(own)]


def _both(found: Found, tool: Tool, ours: Tool) -> Iterator[tuple[str, Result, Result]]:
    for pair in found.pairs:
        own, other = (found.results.get((each.name, pair.name)) for each in (ours, tool))
        if own and other:
            yield pair.name, own, other


def _whole(result: Result) -> bool:
    return result.there.sign == result.back.sign == "equal"


def times_said(found: Found) -> str:
    counts = sorted({result.runs for result in found.results.values() if result.runs})
    runs = " or ".join(map(str, counts))
    return (
        "Seconds of processor time of the tool's processes, seconds on the clock, MiB: the median and the largest memory "
        f"of {runs} runs. What PostgreSQL works for a tool is in the clock alone, and so is whatever else the machine did."
    )


def times(found: Found) -> tuple[list[str], Iterator[list[str]]]:
    rows = (
        [pair.name, *[_time(found.results.get((tool.name, pair.name))) for tool in found.tools]]
        for pair in found.pairs
    )
    return ["pair", *[tool.name for tool in found.tools]], rows


def _time(result: Result | None) -> str:
    if result is None or not result.runs:
        return ""
    return f"{result.processor:.1f} · {result.seconds:.1f} · {result.memory / 1024:.0f}"


def missing(found: Found) -> Iterator[str]:
    for tool in found.tools:
        lines = [*_missing(found, tool), *_not_asked(tool)]
        yield f"- **{tool.name}**{'' if lines else ': nothing'}"
        yield from lines


def _not_asked(tool: Tool) -> Iterator[str]:
    for reason in dict.fromkeys(tool.leaves_out.values()):
        names = [name for name, why in tool.leaves_out.items() if why == reason]
        yield f"  - not what it is for: {', '.join(names)} ({reason})"


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
