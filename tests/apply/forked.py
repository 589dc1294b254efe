"""Applies a plan in processes that can be killed: each a fork of this one, which has all imports behind it.

Reads one byte a word from stdin: ``r`` runs an apply in a new fork, ``.`` lets it go on after what it told.
Writes a line for each event, ``pid``, ``began``, ``waiting`` or ``ended`` with a number, and ``left`` with the
fork's exit code once it is gone.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from schemadiff import Patience, Plan
from schemadiff._apply import Event, StepBegan, StepEnded, Waiting, _session, _watch, apply_plan
from schemadiff.errors import SchemadiffError

NAMES = {StepBegan: "began", StepEnded: "ended", Waiting: "waiting"}


def say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def tell(event: Event) -> None:
    if isinstance(event, StepBegan | StepEnded | Waiting):
        say(NAMES[type(event)], event.number)
        os.read(0, 1)


def apply(plan: Plan, url: str) -> int:
    """The exit code: 0 once the database is at the target."""
    say("pid", os.getpid())
    try:
        apply_plan(plan, url, progress=tell, patience=Patience(wait=30))
    except SchemadiffError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def main(file: str, url: str) -> None:
    plan = Plan.from_json(Path(file).read_text(encoding="utf-8"))
    _watch.FIRST_LOOK = 0.02
    _session.ASK_EVERY = 0.02
    while word := os.read(0, 1):
        if word != b"r":
            continue  # for a fork that was gone already
        pid = os.fork()
        if pid == 0:
            os._exit(apply(plan, url))
        say("left", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))


if __name__ == "__main__":
    main(*sys.argv[1:])
