"""An Alembic history as a source: upgraded to its heads on a scratch database, by Alembic itself in a process of its own.

Online rather than ``--sql``: a history that looks into the database, or whose ``env.py`` was never run offline, is
then what it is in production. ``env.py`` is a program that finds its database where it likes: ``upgrade`` leads each
connection to the scratch database instead, and lets none stand that leads elsewhere.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from psycopg import conninfo

from .._compile import LOADER, fresh, opened
from .._inside import inside
from .._scope import Scope
from ..catalog import connect, read_catalog
from ..errors import SourceError
from ..model import Catalog
from ..scratch import ScratchServer
from ..sqltext import ident

PREFIX = "alembic:"
PROGRAM = Path(__file__).with_name("upgrade.py")
SCHEMES = ("postgresql://", "postgres://", "postgresql+", "postgres+")
NO_ROLE = 'role "', '" does not exist'
"""PostgreSQL's words where a role is missing, around its name; the server of ours speaks English."""
MISSING = (
    "an Alembic history is run by the package alembic, which must be installed beside schemadiff, with all that env.py "
    "imports: pip install 'schemadiff[alembic]'"
)


def configuration(text: str) -> Path:
    """The ``alembic.ini`` of a source ``alembic:PATH``. Raises SourceError where there is none."""
    path = Path(text.removeprefix(PREFIX) or ".")
    found = path / "alembic.ini" if path.is_dir() else path
    if not found.is_file():
        raise SourceError(
            f"{text}: no such file; give the path of an alembic.ini, or the folder that it is in"
        )
    return found


def history(text: str, server: ScratchServer) -> Catalog:
    """What all revisions of a source ``alembic:PATH`` make, without the table that says which have run. Raises
    SourceError with what Alembic said."""
    with upgraded(text, server) as url:
        found = inside(read_catalog(url), Scope(presets=("alembic",)))
        made = opened(found, fresh(server))
    return replace(made, server=replace(made.server, role=LOADER))


@contextmanager
def upgraded(text: str, server: ScratchServer) -> Iterator[str]:
    """The URL of a scratch database in which all revisions ran, as ``LOADER``. A role that they name and the server lacks
    is created, and they run anew.

    Raises SourceError with what Alembic said, also where the package is not installed."""
    path = configuration(text)
    if find_spec("alembic") is None:
        raise SourceError(f"{text}: {MISSING}")
    asked: set[str] = set()
    while True:
        with server.database() as url:
            error = _ran(path, url, server)
            missing = error.removeprefix(NO_ROLE[0]).removesuffix(NO_ROLE[1])
            if not error:
                yield url
                return
            if error != missing.join(NO_ROLE) or missing in asked:
                raise SourceError(f"{text}: {error}")
        asked.add(missing)
        server.ensure_roles([missing])


def _ran(path: Path, url: str, server: ScratchServer) -> str:
    """What went wrong when the revisions ran. Every session in the database is ``LOADER``'s meanwhile."""
    name = ident(str(conninfo.conninfo_to_dict(url)["dbname"]))
    server.ensure_roles([LOADER])
    with connect(url) as connection:
        connection.execute(f"alter database {name} set role = {ident(LOADER)}".encode())
        server.become(connection, LOADER)
    error = _failure(path, url)
    with connect(url) as connection:
        connection.execute("set role none")
        connection.execute(f"alter database {name} reset role".encode())
    return error


def _failure(path: Path, url: str) -> str:
    """What went wrong, '' where nothing did."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer"
        given = {"url": _parts(url), "ini": str(path.resolve()), "answer": str(answer)}
        done = subprocess.run(
            [sys.executable, "-P", str(PROGRAM)],
            input=json.dumps(given),
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            cwd=path.resolve().parent,
            env=_environment(os.environ, url),
        )
        if answer.exists():
            return str(json.loads(answer.read_text(encoding="utf-8"))["error"])
        said = done.stderr.strip().split("\n")[-1]
        return f"alembic ended with {done.returncode}: {said}"


def _parts(url: str) -> dict[str, str]:
    wanted = ("host", "port", "user", "password", "dbname")
    return {
        name: str(value) for name, value in conninfo.conninfo_to_dict(url).items() if name in wanted and value
    }


def _environment(found: Mapping[str, str], url: str) -> dict[str, str]:
    """Our environment, where each database is the scratch database: env.py may look there too."""
    kept = {name: value for name, value in found.items() if not name.startswith("PG")}
    led = {name: url if value.startswith(SCHEMES) else value for name, value in kept.items()}
    names = {
        "host": "PGHOST",
        "port": "PGPORT",
        "user": "PGUSER",
        "password": "PGPASSWORD",
        "dbname": "PGDATABASE",
    }
    return led | {names[name]: value for name, value in _parts(url).items()}
