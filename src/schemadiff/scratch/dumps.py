"""``pg_dump``: found beside PostgreSQL's other programs, and run.

Knows nothing of what it prints. https://www.postgresql.org/docs/current/app-pgdump.html
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from schemadiff.errors import ScratchError
from schemadiff.scratch import binaries
from schemadiff.scratch.processes import libraries, server_user
from schemadiff.scratch.spec import is_sandbox, programs

NEWEST = 30
"""No major of PostgreSQL that is looked for is newer."""
OPTIONS = ("--schema-only", "--encoding=UTF8", "--lock-wait-timeout=10s", "--no-password")


def dumper(major: int, spec: str | None = None) -> Path:
    """The ``pg_dump`` that can dump a server of a major: of the same where there is one, else of a newer one.

    Raises ScratchError where there is none."""
    for folder in _folders(major, spec):
        program = folder / "pg_dump"
        if program.is_file() and (binaries.version_of(folder) or 0) >= major:
            return program
    raise ScratchError(
        f"No pg_dump of PostgreSQL {major} or newer is here. Fetch it with 'schemadiff scratch install {major}'."
    )


def _folders(major: int, spec: str | None) -> Iterator[Path]:
    user = server_user()
    given = programs(spec) if is_sandbox(spec) else spec
    if given and Path(given).is_dir():
        yield Path(given)
    if found := binaries.of_major(major, user):
        yield found.bin
    yield binaries.embedded(user).bin
    yield from (found.bin for newer in range(major + 1, NEWEST) if (found := binaries.of_major(newer, user)))


def pg_dump(program: Path, url: str, arguments: Sequence[str] = ()) -> str:
    """The schema of a database as SQL. Where tables are locked, waits ten seconds for them.

    Reads password files and libpq's variables as any client does. Raises ScratchError with pg_dump's own words."""
    conninfo, password = _without_password(url)
    environment = {**os.environ, "LC_ALL": "C", "LD_LIBRARY_PATH": libraries(program)}
    done = subprocess.run(
        [str(program), *OPTIONS, *arguments, f"--dbname={conninfo}"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        env=environment | ({"PGPASSWORD": password} if password else {}),
    )
    if done.returncode:
        raise ScratchError(f"pg_dump fails: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout.decode()


def _without_password(url: str) -> tuple[str, str]:
    """What may stand on a command line, which everybody on the machine can read, and what must not."""
    from psycopg import conninfo

    parts = conninfo.conninfo_to_dict(url)
    password = str(parts.pop("password", None) or "")
    if parts.get("sslpassword"):
        raise ScratchError(
            "pg_dump would show the sslpassword of the URL to everybody on this machine; use a key without one"
        )
    return conninfo.make_conninfo("", **{name: str(value) for name, value in parts.items()}), password
