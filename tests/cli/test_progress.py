"""What is told while a plan runs: bars on a terminal, lines elsewhere."""

from __future__ import annotations

import io

import pytest

from schemadiff._apply import Blocker, Building, Event, Retrying, StepBegan, StepEnded, Waiting
from schemadiff.cli import _progress
from schemadiff.engine import Step
from schemadiff.model import Id

STEP = Step("create index concurrently i on t (a)", Id("index", ("public", "i")), "create", "rules")
SOMEBODY = Blocker(17, "app", "report", "idle in transaction", 840.0, "select sum(amount) from sale")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def building(phase: str, done: int, left: float | None = 40.0) -> Event:
    return Building(2, 3, STEP, phase, done, 1000, "blocks", left)


def told(*events: Event) -> list[str]:
    """The lines of a run without a terminal."""
    said: list[str] = []
    lines = _progress.Lines("main", said.append)
    for event in events:
        lines.tell(event)
    return said


def test_a_line_for_each_phase_and_another_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = building("scans", 100), building("scans", 500)
    assert told(first, second) == ["main: step 2 of 3: scans: 10 %, 100 of 1,000 blocks, 40 s left"]
    assert len(told(first, building("loads", 1), second)) == 3
    monkeypatch.setattr(_progress, "BETWEEN_LINES", 0.0)
    assert told(first, second)[1:] == ["main: step 2 of 3: scans: 50 %, 500 of 1,000 blocks, 40 s left"]


def test_who_is_in_the_way_is_named_once() -> None:
    waits = Waiting(2, 3, STEP, 1.0, (SOMEBODY,))
    again = Retrying(2, 3, STEP, "a lock was not to be had", 1, 11, 0.5, (SOMEBODY,))
    who = "server process 17 of role app (report, idle in transaction, for 14 min in a transaction): select sum(amount) from sale"
    assert told(StepBegan(2, 3, STEP), waits, waits, again, waits) == [
        f"main: step 2 of 3 waits for 17: {who}",
        f"main: step 2 of 3: a lock was not to be had behind {who}; try 1 of 11, the next in 0.5 s",
        f"main: step 2 of 3 waits for 17: {who}",
    ]


@pytest.mark.parametrize("terminal", [True, False])
def test_a_terminal_has_bars_and_the_lines_of_what_is_in_the_way(
    monkeypatch: pytest.MonkeyPatch, terminal: bool
) -> None:
    screen = Terminal() if terminal else io.StringIO()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "200")
    with _progress.stepping("main") as tell:
        tell(StepBegan(2, 3, STEP))
        tell(building("scans", 420))
        if isinstance(tell.__self__, _progress.Shown):  # type: ignore[attr-defined]
            tell.__self__.bars.refresh()  # type: ignore[attr-defined]
        tell(Waiting(2, 3, STEP, 1.0, (SOMEBODY,)))
        tell(StepEnded(2, 3, STEP, 2.0))
    shown = screen.getvalue()
    assert "scans: 42 %, 420 of 1,000 blocks, 40 s left" in shown
    assert "waits for 17: server process 17 of role app" in shown
    assert ("━" in shown, "step 2 of 3: create index concurrently i" in shown) == (terminal, terminal)
    assert ("\x1b[" in shown) == terminal
