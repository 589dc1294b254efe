"""The parts of the comparison with other tools: what it takes for equal, what it measures, how its page reads.

The comparison itself needs package registries, and does not run here.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.peers.install import INSTALLERS
from benchmarks.peers.judge import TOO_MUCH, Outcome, Result, complaint, difference, first_error, lost_rows
from benchmarks.peers.log import Log
from benchmarks.peers.page import SIGNS, Found, ahead, cell, page, shortened, table
from benchmarks.peers.pairs import Pair, pairs, smaller
from benchmarks.peers.runs import run
from benchmarks.peers.tools import ABSENT, TOOLS, Tool

EQUAL = Outcome("equal")
BOTH = Result(EQUAL, EQUAL, seconds=2.0, processor=1.0, memory=2048, runs=3)
THERE = replace(BOTH, back=Outcome("differs", "missing: TABLE public.`a|b`"), processor=0.5)
OURS = Tool("ours", "this", ("ours",), "true")
THEIRS = Tool("theirs", "PyPI", ("theirs",), "true", leaves_out={"second": "its page says so"})
GIVEN = (Pair("first", "One", "", ""), Pair("second", "Two", "", ""))


def found(results: dict[tuple[str, str], Result]) -> Found:
    return Found((OURS, THEIRS), GIVEN, results, {"ours": "1", "theirs": "2"}, ABSENT, "Here.")


def test_entries_in_another_order_are_no_difference() -> None:
    assert difference(["TABLE a\nx", "VIEW b\ny"], ["VIEW b\ny", "TABLE a\nx"]) == ""


def test_a_difference_names_what_differs_what_is_left_and_what_is_missing() -> None:
    has, wants = ["TABLE a\nx", "VIEW b\ny", "VIEW b\ny"], ["TABLE a\nz", "VIEW b\ny", "INDEX c\n"]
    assert difference(has, wants) == "differs: TABLE a; left: VIEW b; missing: INDEX c"


def test_rows_count_where_a_table_is_there_before_and_after() -> None:
    assert lost_rows({"kept": 2, "emptied": 3, "dropped": 4}, {"kept": 2, "emptied": 0, "new": 1}) == (
        "emptied has 0 of 3 rows"
    )


def test_what_is_shown_of_an_error() -> None:
    assert first_error("psql:f.sql:3: ERROR:  no such table\nLINE 1: …") == "no such table"
    assert complaint("Error: first\n  at place (1)\n\nexamples: run") == "Error: first"
    trace = "  at parseErrorMessage (/a/b-1/c.js:3)\nsyntax error in /tmp/x/f.sql, see a/b\n  at raiseError (x.js)"
    assert complaint(trace) == "syntax error in …/f.sql, see a/b"
    assert complaint("only this\n") == "only this"
    assert complaint("") == "no message"


def test_a_run_counts_the_memory_and_processor_time_of_its_children(tmp_path: Path) -> None:
    program = "import time; kept = bytearray(60 << 20); end = time.process_time() + 0.3\nwhile time.process_time() < end: pass"
    done = run(f"echo out; echo err >&2; {sys.executable} -c '{program}'; exit 3", tmp_path, {}, 30)
    assert (done.code, done.output, done.errors) == (3, "out\n", "err\n")
    assert done.memory > 60 << 10
    assert done.processor >= 0.3


def test_a_run_that_takes_too_long_is_ended_with_its_children(tmp_path: Path) -> None:
    done = run("sleep 30 & echo $! > child; wait", tmp_path, {}, 0.03)
    assert done.code is None
    assert done.seconds < 10
    child = Path("/proc", (tmp_path / "child").read_text().strip(), "stat")
    # On a busy machine, who is killed may have to wait for a processor to end.
    deadline = time.monotonic() + 10
    while is_alive(child) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not is_alive(child)


def is_alive(process: Path) -> bool:
    try:
        return process.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_run_that_works_too_long_is_ended(tmp_path: Path) -> None:
    assert run(f"{sys.executable} -c 'while True: pass'; echo", tmp_path, {}, 1).code is None


def test_a_line_sees_nothing_of_our_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGUSER", "somebody")
    assert run('echo "${PGUSER-none} $OLD"', tmp_path, {"OLD": "x"}, 10).output == "none x\n"


def test_a_table_keeps_what_would_end_a_cell() -> None:
    assert list(table(["a", "b"], [["x|y", ""]])) == ["| a | b |", "| --- | :---: |", "| x\\|y |  |"]


def test_a_pair_that_a_tool_is_not_made_for_is_not_held_against_it() -> None:
    results = {("theirs", "first"): THERE, ("theirs", "second"): THERE}
    assert [cell(found(results), THEIRS, pair) for pair in GIVEN] == ["yes / no", "yes / –"]
    assert cell(found(results), OURS, GIVEN[0]) == ""


def test_the_page_says_who_is_ahead_of_us() -> None:
    slow = {("ours", "first"): BOTH, ("theirs", "first"): replace(BOTH, processor=0.9)}
    wrong = {("ours", "second"): THERE, ("theirs", "second"): BOTH}
    assert [line.rpartition(": ")[2] for line in ahead(found(slow | wrong))] == [
        "theirs (1).",
        "theirs (second).",
    ]
    fast = {("ours", "first"): BOTH, ("theirs", "first"): THERE}
    assert [line.rpartition(": ")[2] for line in ahead(found(fast))] == ["none.", "none."]


def test_the_page_shows_what_stood_in_the_way() -> None:
    text = page(found({("ours", "first"): THERE, ("theirs", "second"): THERE}))
    assert "  - first: *back* `missing: TABLE public.'a|b'`" in text
    assert "  - not what it is for: second (its page says so)" in text
    assert "| 0.5 · 2.0 · 2 |" in text
    assert all(each.why in text for each in ABSENT)
    assert len(shortened("x" * 1000)) < 300


def test_results_are_read_as_they_were_kept(tmp_path: Path) -> None:
    kept = Log(tmp_path / "log.json")
    kept.keep("theirs", "2", "first", THERE)
    kept.keep("theirs", "3", "second", BOTH)
    read = Log(tmp_path / "log.json")
    assert read.results == {("theirs", "first"): THERE, ("theirs", "second"): BOTH}
    assert read.versions == {"theirs": "3"}
    assert not read.was_late("theirs", ["first", "second"])
    read.keep("theirs", "3", "second", TOO_MUCH)
    assert read.was_late("theirs", ["second"])
    assert not read.was_late("theirs", ["first"])
    assert not read.was_late("ours", ["second"])


def test_the_tools_and_the_pairs_are_what_the_page_needs() -> None:
    given = list(pairs())
    names = [pair.name for pair in given]
    assert len(names) == len(set(names)) >= 14
    assert all(pair.says and pair.old != pair.new for pair in given)
    assert len({tool.name for tool in TOOLS}) == len(TOOLS)
    assert {tool.registry for tool in TOOLS} <= set(INSTALLERS)
    assert {name for tool in TOOLS for name in tool.leaves_out} <= set(names)
    assert [smaller(pair) for pair in given[-3:]] == [[], [], [given[-2].name]]
    assert "equal" in SIGNS
