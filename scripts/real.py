"""What must hold for every schema, asked of schemas of real projects: ``scripts/real.py FOLDER …``.

Takes ``.sql`` files and folders of them. A ``roles.sql`` beside a file is loaded before it. Prints each fault, and
each schema that the server does not take, with the reason; ends with 1 where there is a fault.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from support.schemas import Unloadable, Whole

from schemadiff.scratch import scratch_server

ROLES = "roles.sql"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path, metavar="FILE_OR_FOLDER")
    parser.add_argument("--seed", type=int, default=1, help="of the order in which statements are mixed")
    parser.add_argument("--scratch", help="where the server comes from, as the --scratch of schemadiff")
    given = parser.parse_args()
    began, held, faulty, refused = time.monotonic(), 0, 0, 0
    with scratch_server(given.scratch) as server:
        whole = Whole.of(server)
        for file in sorted(schemas(given.paths)):
            try:
                faults = list(asked(whole, file, given.seed))
            except Unloadable as reason:
                refused += 1
                print(f"{file}: not loaded: {reason}", flush=True)
                continue
            held, faulty = held + (not faults), faulty + bool(faults)
            for fault in faults:
                print(f"{file}: {fault}", flush=True)
    seconds = time.monotonic() - began
    print(
        f"{held} of {held + faulty} schemas without a fault, {refused} not loaded; "
        f"PostgreSQL {server.major}, {seconds:.0f} s"
    )
    return 1 if faulty else 0


def schemas(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        found = path.rglob("*.sql") if path.is_dir() else [path]
        yield from (file for file in found if file.name != ROLES)


def asked(whole: Whole, file: Path, seed: int) -> Iterator[str]:
    roles = file.with_name(ROLES)
    before = roles.read_text(encoding="utf-8") if roles.exists() else ""
    text = file.read_text(encoding="utf-8")
    if makes_public(text):
        before += "\ndrop schema public;"
    return whole.faults(text, seed, before=before)


def makes_public(text: str) -> bool:
    """Whether a dump makes the schema that every database has."""
    return any(line.lower().startswith("create schema public;") for line in text.splitlines())


if __name__ == "__main__":
    sys.exit(main())
