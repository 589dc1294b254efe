"""Runs the comparison and writes its page."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from schemadiff.scratch import stop_embedded

from .install import Installed, NotInstalled, install
from .judge import Outcome, Result, judged, prepared
from .pairs import pairs
from .server import server
from .tools import TOOLS


def words(text: str) -> list[str]:
    return text.split(",")


@contextmanager
def kept_server() -> Iterator[Path]:
    """A folder for schemadiff's scratch server, which is stopped at the end."""
    parent = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="schemadiff-peers-", dir=parent) as folder:
        # For root, PostgreSQL runs as another user, who has to get in.
        os.chmod(folder, 0o755)
        os.environ["SCHEMADIFF_SCRATCH_DIR"] = folder
        try:
            yield Path(folder)
        finally:
            stop_embedded()


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.peers", description=__doc__)
    parser.add_argument("--only", type=words, metavar="TOOL,…", help="these tools alone")
    parser.add_argument("--pairs", type=words, metavar="PAIR,…", help="these pairs alone")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "schemadiff-peers")
    arguments = parser.parse_args()
    arguments.cache.mkdir(exist_ok=True)
    where = {}
    for tool in TOOLS:
        if not arguments.only or tool.name in arguments.only:
            try:
                where[tool.name] = install(tool, arguments.cache)
                print(tool.name, where[tool.name].version, flush=True)
            except NotInstalled as error:
                print(tool.name, error)
    with server() as running, tempfile.TemporaryDirectory(prefix="peers-") as folder, kept_server() as kept:
        print(running.version)
        for pair in pairs():
            if arguments.pairs and pair.name not in arguments.pairs:
                continue
            bench = prepared(running, pair, Path(folder), kept)
            for tool in TOOLS:
                if tool.name in where:
                    result = judged(bench, tool, where[tool.name])
                    print(pair.name, "|", tool.name, "|", f"{result.seconds:.2f}s {result.memory / 1024:.0f}M", "|", result.there.sign, result.there.shown[:300], "|", result.back.sign, result.back.shown[:300], flush=True)
            running.drop(bench.old, bench.new)


if __name__ == "__main__":
    main()
