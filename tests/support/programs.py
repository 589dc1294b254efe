"""PostgreSQL's own client programs, of the major of the server under test.

A plan's scripts are for psql, so psql runs them; pg_dump is the witness that knows nothing of ours.
"""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from schemadiff.scratch.binaries import embedded, of_major
from schemadiff.scratch.processes import server_user
from schemadiff.scratch.server import ScratchServer

LISTED = re.compile(r"^\d+; \d+ \d+ (?P<entry>.*)")


@dataclass(frozen=True, slots=True)
class Programs:
    """A folder with ``psql`` and ``pg_dump``."""

    bin: Path

    @classmethod
    def of(cls, server: ScratchServer) -> Programs:
        user = server_user()
        found = of_major(server.major, user) or embedded(user)
        return cls(found.bin)

    def psql(self, url: str, sql: str) -> None:
        """Runs a script as a file, up to its first error, which fails the test."""
        self._run("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", url, "-f", "-", sql=sql)

    def rows(self, url: str, query: str) -> list[list[str]]:
        """The rows of a query, as text."""
        answer = self._run("psql", "-X", "-q", "-A", "-t", "-F", "\x1f", "-R", "\x1e", "-d", url, "-c", query)
        return [line.split("\x1f") for line in answer.strip("\n").split("\x1e") if line]

    def dump(self, url: str, *options: str) -> str:
        """``pg_dump --schema-only`` of a database, without the history of what was applied to it."""
        return self._run("pg_dump", "--schema-only", "--exclude-schema=schemadiff", *options, "-d", url)

    def listed(self, url: str, archive: Path) -> list[str]:
        """What an archive of the schema lists, which is made at ``archive``: its kind, schema and name."""
        self._run("pg_dump", "--schema-only", "-Fc", "-f", str(archive), "-d", url)
        lines = self._run("pg_restore", "-l", str(archive)).splitlines()
        found = (LISTED.match(line) for line in lines)
        return [line["entry"] for line in found if line]

    def _run(self, name: str, *arguments: str, sql: str = "") -> str:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
        environment |= {
            "PGOPTIONS": "-c client_min_messages=warning",
            "LC_ALL": "C",
            "PGCLIENTENCODING": "UTF8",
        }
        done = subprocess.run(
            [str(self.bin / name), *arguments],
            input=sql,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=environment,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, f"{name} fails: {done.stderr.strip()}\n{sql}"
        return done.stdout
