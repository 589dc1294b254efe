"""A database at work while a plan of many steps runs: no client fails, and none stands still for the lock timeout."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import psycopg
import pytest
from support import busy

import schemadiff
from schemadiff import Patience
from schemadiff._apply import Event, Retrying, StepEnded, apply_plan
from schemadiff.scratch import ScratchServer
from schemadiff.scratch.binaries import embedded
from schemadiff.scratch.processes import server_user

COUNT = 6
READS = "select count(*) from customer where id < 100; select count(*) from sale where id < 100"


@pytest.fixture(scope="module")
def pgbench() -> Path:
    return embedded(server_user()).bin / "pgbench"


def reading(url: str, seconds: float, ended: threading.Event) -> None:
    """Somebody who reads for longer than the others, again and again, and has locks for as long."""
    with psycopg.connect(url, autocommit=True) as connection:
        while not ended.is_set():
            with connection.transaction():
                connection.execute(READS.encode())
                ended.wait(seconds)
            ended.wait(0.05)


@pytest.mark.parametrize("strategy", ["online"])
def test_nobody_fails_and_nobody_waits_for_long(
    server: ScratchServer, pgbench: Path, tmp_path: Path, strategy: str
) -> None:
    patience, seen, ended = Patience(lock_timeout=3.0, retries=30), [], threading.Event()
    with server.database() as url, server.database() as wanted:
        busy.fill(url, 1)
        with psycopg.connect(wanted, autocommit=True) as connection:
            connection.execute(busy.AFTER.encode())
        plan = schemadiff.plan(url, wanted, strategy=strategy)
        assert len(plan.forward.steps) >= 25
        reader = threading.Thread(target=reading, args=(url, 0.3, ended))
        with busy.clients(pgbench, url, tmp_path, count=COUNT, scale=1) as clients:
            reader.start()
            time.sleep(1)
            began = time.time()
            apply_plan(plan, url, progress=seen.append, patience=patience)
            done = time.time()
            time.sleep(0.5)
            ended.set()
        reader.join(20)
        assert schemadiff.check(url, wanted).in_sync
    ours = clients.during(began, done)
    assert clients.connected == COUNT, clients.said
    assert [t.failed for t in clients.transactions if t.failed] == []
    print(
        len(ours),
        sorted(t.seconds for t in ours)[-10:],
        sum(t.retries for t in ours),
        done - began,
        len([e for e in seen if isinstance(e, Retrying)]),
    )
    print([(e.number, e.reason, e.tries, e.most, e.pause) for e in seen if isinstance(e, Retrying)])
    assert len(ours) > 50 * COUNT
    assert max(t.seconds for t in ours) < patience.lock_timeout
