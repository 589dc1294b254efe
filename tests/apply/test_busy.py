"""A database at work while a plan of many steps runs: no client fails, and none stands still for the lock timeout."""

from __future__ import annotations

import time
from pathlib import Path

import psycopg
from support import busy

import schemadiff
from schemadiff import Patience
from schemadiff._apply import Event, StepBegan, apply_plan
from schemadiff.scratch import ScratchServer
from schemadiff.scratch.binaries import embedded
from schemadiff.scratch.processes import server_user

COUNT = 6
PATIENCE = Patience(lock_timeout=3.0, retries=20)


def test_nobody_fails_and_nobody_waits_for_long(server: ScratchServer, tmp_path: Path) -> None:
    pgbench = embedded(server_user()).bin / "pgbench"
    with server.database() as url, server.database() as wanted:
        busy.fill(url, 1)
        with psycopg.connect(wanted, autocommit=True) as connection:
            connection.execute(busy.AFTER.encode())
        plan = schemadiff.plan(url, wanted, strategy="online")
        seen: list[Event] = []
        with (
            busy.clients(pgbench, url, tmp_path, count=COUNT, scale=1) as clients,
            busy.reading(url, seconds=0.6, pause=0.3),
        ):
            began = time.time()
            apply_plan(plan, url, progress=seen.append, patience=PATIENCE)
            ended = time.time()
            time.sleep(0.5)
        assert schemadiff.check(url, wanted).in_sync
    assert len({e.number for e in seen if isinstance(e, StepBegan)}) == len(plan.forward.steps) >= 25
    assert clients.connected == COUNT, clients.said
    assert [t.failed for t in clients.transactions if t.failed] == []
    during = clients.during(began, ended)
    assert len(during) > 10 * COUNT
    assert max(t.seconds for t in during) < PATIENCE.lock_timeout
