"""What a tool's migration of a pair comes to, judged by PostgreSQL and pg_dump alone.

The statements run on a copy of the database that they are for; then pg_dump's entries must be those of the
database that they lead to, and each table that is in both must still have as many rows.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from .install import Installed
from .pairs import Pair
from .runs import Run, run
from .server import Server
from .tools import SWAPPED, Tool

LIMIT = 120.0
"""Seconds of processor time that a process of a tool may take."""
LONG = 60.0
"""Seconds after which a run is not repeated."""
FAULT = re.compile("error|exception", re.I)
FOLDERS = re.compile(r"(?<![\w/])/(?:[\w.@+-]+/)+")
HERE = Path(__file__).parent
SRC = HERE.parents[1] / "src"


@dataclass(frozen=True)
class Outcome:
    """One direction: how it ended, a key of `page.SIGNS`, and what shows that."""

    sign: str
    shown: str = ""


@dataclass(frozen=True)
class Result:
    """A tool on a pair. The times are medians of the way there; the memory, in KiB, is the largest."""

    there: Outcome
    back: Outcome
    seconds: float
    processor: float
    memory: int
    runs: int


TOO_MUCH = Result(
    Outcome("late", "not tried, since fewer tables took too long"), Outcome("late"), 0.0, 0.0, 0, runs=0
)
"""What comes of a pair that is larger than one that took too long."""


@dataclass(frozen=True)
class Bench:
    """The two databases of a pair on the server, with what pg_dump and a count say of them."""

    server: Server
    old: str
    new: str
    new_sql: Path
    kept: Path
    """A folder for what a tool keeps running from one call to the next."""
    entries: Mapping[str, list[str]]
    rows: Mapping[str, Mapping[str, int]]


def prepared(server: Server, pair: Pair, folder: Path, kept: Path) -> Bench:
    """Both databases, filled."""
    old, new = f"{pair.name}_old", f"{pair.name}_new"
    for name, texts in ((old, [pair.old, pair.rows]), (new, [pair.new])):
        server.make(name)
        file = folder / f"{name}.sql"
        file.write_text("\n".join(texts))
        if said := server.psql(name, file):
            raise ValueError(f"{pair.name}: {said}")
    entries = {name: server.entries(name) for name in (old, new)}
    rows = {name: server.rows(name) for name in (old, new)}
    return Bench(server, old, new, folder / f"{new}.sql", kept, entries, rows)


def judged(bench: Bench, tool: Tool, at: Installed, times: int) -> Result:
    """Run the tool there, so many times, and back."""
    with tempfile.TemporaryDirectory(prefix="peer-") as folder:
        place = Path(folder)
        variables = _variables(bench, at, bench.old, bench.new)
        runs = [_run(tool.line, place / "1", variables)]
        while len(runs) < times and runs[0].seconds < LONG and runs[0].code in tool.codes:
            runs.append(_run(tool.line, place / str(len(runs) + 1), variables))
        there = _outcome(bench, runs[0], tool, bench.old, bench.new)
        back = _way_back(bench, tool, at, place)
    bench.server.drop("copy")
    return Result(
        there,
        back,
        median(each.seconds for each in runs),
        median(each.processor for each in runs),
        max(each.memory for each in runs),
        len(runs),
    )


def _way_back(bench: Bench, tool: Tool, at: Installed, place: Path) -> Outcome:
    if tool.back == SWAPPED:
        taken = _run(tool.line, place / "back", _variables(bench, at, bench.new, bench.old))
    else:
        taken = run(tool.back, place / "1", _variables(bench, at, bench.old, bench.new), LIMIT)
    return _outcome(bench, taken, tool, bench.new, bench.old)


def _variables(bench: Bench, at: Installed, old: str, new: str) -> dict[str, str]:
    server = bench.server
    return {
        "OLD": server.url(old),
        "NEW": server.url(new),
        "OLD_DB": old,
        "NEW_DB": new,
        "NEW_SQL": str(bench.new_sql),
        "PORT": server.port,
        "BIN": str(at.bin),
        "PG": str(server.bin),
        "HERE": str(HERE),
        "SRC": str(SRC),
        "KEPT": str(bench.kept),
    }


def _run(line: str, folder: Path, variables: Mapping[str, str]) -> Run:
    folder.mkdir()
    return run(line, folder, variables, LIMIT)


def _outcome(bench: Bench, taken: Run, tool: Tool, start: str, end: str) -> Outcome:
    if taken.code is None:
        return Outcome("late", f"no answer within some {LIMIT:.0f} s of processor time")
    if taken.code not in tool.codes:
        return Outcome("stopped", complaint(taken.errors or taken.output))
    server = bench.server
    server.make("copy", template=start)
    script = bench.new_sql.with_name("migration.sql")
    script.write_text(taken.output)
    if said := server.psql("copy", script):
        return Outcome("fails", first_error(said))
    if differs := difference(server.entries("copy"), bench.entries[end]):
        return Outcome("differs", differs)
    if lost := lost_rows(bench.rows[start], server.rows("copy")):
        return Outcome("loses", lost)
    return Outcome("equal")


def difference(found: Iterable[str], wanted: Iterable[str]) -> str:
    """What is too much and what is missing, entry by entry; '' where both hold the same."""
    have, want = Counter(found), Counter(wanted)
    extra, missing = _heads(have - want), _heads(want - have)
    parts = [("differs", extra & missing), ("left", extra - missing), ("missing", missing - extra)]
    return "; ".join(f"{word}: {', '.join(sorted(heads))}" for word, heads in parts if heads)


def _heads(entries: Iterable[str]) -> set[str]:
    return {entry.partition("\n")[0] for entry in entries}


def lost_rows(before: Mapping[str, int], after: Mapping[str, int]) -> str:
    """The tables that are there before and after with another number of rows."""
    changed = [
        f"{name} has {after[name]} of {count} rows"
        for name, count in sorted(before.items())
        if after.get(name, count) != count
    ]
    return ", ".join(changed)


def first_error(said: str) -> str:
    """The message of psql's first error, without the place in its file."""
    return said.partition("ERROR:")[2].strip().partition("\n")[0] or complaint(said)


def complaint(text: str) -> str:
    """The last line that speaks of an error, else the last line; without folders, which are of this machine alone."""
    lines = [line.strip() for line in text.splitlines() if line.strip()] or ["no message"]
    said = [line for line in lines if FAULT.search(line) and not line.startswith("at ")]
    return FOLDERS.sub("…/", (said or lines)[-1])
