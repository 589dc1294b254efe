"""Measure what the clients of a database see of a plan that is applied to it.

    benchmarks/busy.py [--scale 10] [--clients 8] [--reader 2] [--lock-timeout 3s] [--url URL] [--write FILE]

pgbench's clients work on the tables of tests/support/busy while the change there is applied; beside them somebody
reads for --reader seconds at a time. The clients' times are pgbench's own, of whole transactions with all their
tries. Without --url, of an empty database, that is one of the scratch server, whose data lies in memory and is not
durable.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

import schemadiff
from schemadiff import Patience, Plan
from schemadiff._apply import Event, Retrying, apply_plan
from schemadiff._patience import duration
from schemadiff.scratch import scratch_server
from schemadiff.scratch.binaries import embedded
from schemadiff.scratch.processes import server_user

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from support import busy

SPAN = 10.0
"""Seconds that the clients are watched before the plan and after it."""


@dataclass(frozen=True)
class Phase:
    """What the clients did in some time."""

    name: str
    seconds: float
    transactions: Sequence[busy.Transaction]

    @property
    def row(self) -> str:
        took = sorted(t.seconds * 1000 for t in self.transactions)
        at = [took[min(int(len(took) * share), len(took) - 1)] for share in (0.5, 0.99, 0.999)]
        retries = sum(t.retries for t in self.transactions)
        failed = sum(1 for t in self.transactions if t.failed)
        figures = [f"{len(took) / self.seconds:,.0f}", *(f"{ms:,.1f}" for ms in (*at, took[-1]))]
        return f"| {self.name} | {self.seconds:.0f} | {len(took):,} | {' | '.join(figures)} | {retries} | {failed} |"


def main() -> None:
    options = _options()
    with _database(options.url) as url, tempfile.TemporaryDirectory() as folder:
        busy.fill(url, options.scale)
        plan = _plan(url)
        text = _measured(url, plan, Path(folder), options)
    print(text)
    if options.write:
        options.write.write_text(text + "\n", encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--scale", type=int, default=10)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--reader", type=float, default=2.0)
    parser.add_argument("--lock-timeout", default="3s")
    parser.add_argument("--url")
    parser.add_argument("--write", type=Path)
    return parser.parse_args()


@contextmanager
def _database(url: str | None) -> Iterator[str]:
    if url:
        yield url
        return
    with scratch_server() as server, server.database() as made:
        yield made


def _plan(url: str) -> Plan:
    with scratch_server() as server, server.database() as wanted:
        with psycopg.connect(wanted, autocommit=True) as connection:
            connection.execute(busy.AFTER.encode())
        return schemadiff.plan(url, wanted)


def _measured(url: str, plan: Plan, folder: Path, options: argparse.Namespace) -> str:
    patience = Patience(lock_timeout=duration(options.lock_timeout, "--lock-timeout"), retries=50)
    pgbench = embedded(server_user()).bin / "pgbench"
    seen: list[Event] = []
    with (
        busy.clients(pgbench, url, folder, count=options.clients, scale=options.scale) as clients,
        busy.reading(url, seconds=options.reader, pause=options.reader / 2),
    ):
        time.sleep(SPAN)
        began = time.time()
        apply_plan(plan, url, progress=seen.append, patience=patience)
        ended = time.time()
        time.sleep(SPAN)
    phases = (
        Phase("before", SPAN, clients.during(began - SPAN, began)),
        Phase("during", ended - began, clients.during(began, ended)),
        Phase("after", SPAN, clients.during(ended, ended + SPAN)),
    )
    steps = plan.forward.steps
    with psycopg.connect(url) as connection:
        version = connection.info.server_version // 10000
    return "\n".join(
        [
            "| clients | seconds | transactions | a second | median ms | 99 % ms | 99.9 % ms | longest ms | tried again | failed |",
            "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
            *(phase.row for phase in phases),
            "",
            f"{len(steps)} steps in {len(plan.forward.transactions)} transactions, "
            f"{sum(bool(s.builds) for s in steps)} indexes built; {100_000 * options.scale:,} accounts, "
            f"{20_000 * options.scale:,} customers, {50_000 * options.scale:,} sales in three partitions; "
            f"{clients.connected} of {clients.asked} clients at work to the end. lock_timeout {options.lock_timeout}, "
            f"{sum(isinstance(e, Retrying) for e in seen)} tries in vain; a reader of {options.reader:.1f} s at a time. "
            f"PostgreSQL {version}, {platform.system()} {platform.machine()}, {os.cpu_count()} processors.",
        ]
    )


if __name__ == "__main__":
    main()
