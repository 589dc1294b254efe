"""``python -m tests.fuzz --pairs 5000 --seed 7``: walks further than the test does.

Every failure is printed and kept in a folder as ``old.sql``, ``new.sql`` and ``fault.txt``.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from schemadiff.scratch import scratch_server

from .judge import Judge, script
from .run import Failure, walk


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--pairs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=1e9, help="begin no pair after that time")
    parser.add_argument(
        "--tries", type=int, default=150, help="how often a failure is tried to be made smaller"
    )
    parser.add_argument("--keep", type=Path, help="folder for the failures")
    parser.add_argument("--scratch", help="where the server comes from, as the --scratch of schemadiff")
    given = parser.parse_args()

    def report(failure: Failure) -> None:
        print(f"--- {failure}\n", flush=True)
        if given.keep is not None:
            folder = given.keep / f"{given.seed}-{failure.number}"
            folder.mkdir(parents=True, exist_ok=True)
            for name, text in (
                ("old.sql", script(failure.old)),
                ("new.sql", script(failure.new)),
                ("fault.txt", str(failure.fault)),
            ):
                (folder / name).write_text(text, encoding="utf-8")

    with scratch_server(given.scratch) as server:
        walked = walk(
            Judge.of(server),
            pairs=given.pairs,
            number=given.seed,
            seconds=given.seconds,
            tries=given.tries,
            report=report,
        )
    for kind, drawn in sorted(walked.drawn.items()):
        print(f"{kind:20s} {walked.accepted[kind]:6d} of {drawn:6d} accepted")
    for gap, count in walked.gaps.items():
        print(f"known gap of {count} pairs: {gap}")
    print(f"{walked.pairs} pairs in {walked.seconds:.0f} s, {len(walked.failures)} failures")
    return 1 if walked.failures else 0


sys.exit(main())
