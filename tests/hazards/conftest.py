"""Plans between two schemas on the oldest and the newest server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import psycopg
import pytest

import schemadiff
from schemadiff import Plan
from schemadiff._snapshots import MAJORS
from schemadiff.scratch import ScratchServer, scratch_server
from schemadiff.scratch.binaries import of_major
from schemadiff.scratch.processes import server_user

type Planned = Callable[..., Plan]


@pytest.fixture(scope="session", params=[min(MAJORS), max(MAJORS)])
def spec(request: pytest.FixtureRequest) -> str:
    """Where a server of a major comes from."""
    if request.param == max(MAJORS):
        return "embedded"
    found = of_major(request.param, server_user())
    if found is None:
        pytest.skip(
            f"no PostgreSQL {request.param} on this machine: install it, or: schemadiff scratch install {request.param}"
        )
    return str(found.bin)


@pytest.fixture
def planned(spec: str) -> Iterator[Planned]:
    """The plan from the SQL of one schema to that of another, proven."""
    with ExitStack() as stack:
        server = stack.enter_context(scratch_server(spec))

        def made(old: str, new: str, strategy: str = "online") -> Plan:
            urls = [stack.enter_context(filled(server, sql)) for sql in (old, new)]
            return schemadiff.plan(*urls, scratch=spec, strategy=strategy)

        yield made


@contextmanager
def filled(server: ScratchServer, sql: str) -> Iterator[str]:
    """A database with some SQL run in it, as its URL."""
    with server.database() as url:
        execute(url, sql)
        yield url


def execute(url: str, sql: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.encode())
