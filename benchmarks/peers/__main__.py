"""Runs the comparison and writes its page."""

from __future__ import annotations

import argparse
import os
import platform
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from schemadiff.scratch import stop_embedded

from .install import install
from .judge import TOO_MUCH, judged, prepared
from .log import Log
from .page import Found, page
from .pairs import Pair, pairs, smaller
from .server import server
from .tools import ABSENT, TOOLS, Tool


def words(text: str) -> list[str]:
    return text.split(",")


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.peers", description=__doc__)
    parser.add_argument("--only", type=words, metavar="TOOL,…", help="run these tools alone")
    parser.add_argument("--pairs", type=words, metavar="PAIR,…", help="run these pairs alone")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "schemadiff-peers")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="how often each is timed")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the page there")
    arguments = parser.parse_args()
    # Ended from outside, its servers and folders go with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    arguments.cache.mkdir(exist_ok=True)
    log = Log(arguments.cache / "results.json")
    tools = [tool for tool in TOOLS if arguments.only is None or tool.name in arguments.only]
    given = [pair for pair in pairs() if arguments.pairs is None or pair.name in arguments.pairs]
    compare(tools, given, arguments.cache, arguments.runs, log)
    if arguments.write:
        found = Found(TOOLS, list(pairs()), log.results, log.versions, ABSENT, machine())
        arguments.write.write_text(page(found))


def machine() -> str:
    with server() as running:
        return (
            f"PostgreSQL {running.version}, Python {platform.python_version()}, {platform.system()} "
            f"{platform.machine()}, {os.cpu_count()} processors for a load of {os.getloadavg()[2]:.0f}, {date.today():%B %Y}."
        )


def compare(tools: Sequence[Tool], given: Sequence[Pair], cache: Path, runs: int, log: Log) -> None:
    """Give each pair to each tool, and keep what comes of it."""
    places = {tool.name: install(tool, cache) for tool in tools}
    with server() as running, tempfile.TemporaryDirectory(prefix="peers-") as folder, kept_server() as kept:
        for pair in given:
            bench = prepared(running, pair, Path(folder), kept)
            for tool in tools:
                spared = log.was_late(tool.name, smaller(pair))
                result = TOO_MUCH if spared else judged(bench, tool, places[tool.name], runs)
                log.keep(tool.name, places[tool.name].version, pair.name, result)
                print(f"{pair.name} | {tool.name} | {result}", flush=True)
            running.drop(bench.old, bench.new)


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


if __name__ == "__main__":
    main()
