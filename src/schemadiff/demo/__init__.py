"""The example's story on the embedded server: real calls of the real commands, as a user types them.

Owns the two databases and the folder that the commands run in. Each command is a process of its own.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg

from ..errors import SchemadiffError
from ..scratch import scratch_server

HERE = Path(__file__).parent

CONFIG = """\
schema = "schema.sql"

[targets.main]
url_env = "MAIN_URL"

[targets.test]
url_env = "TEST_URL"
"""


@dataclass(frozen=True, slots=True)
class Scene:
    """A command with what it shows, and the exit code that it must end with."""

    says: str
    command: str
    code: int


STORY = (
    Scene(
        "schema.sql has a new table for videos. What would change on main, there and back?",
        "plan --target main",
        0,
    ),
    Scene("Run it on main, and on main only.", "apply --target main --yes", 0),
    Scene(
        "The gate of CI: main is what schema.sql says, test lags behind.",
        "check --target main --target test",
        2,
    ),
    Scene("So run it on test as well.", "apply --target test --yes", 0),
    Scene("Now both are in sync.", "check --target main --target test", 0),
    Scene(
        "Take it back on test. That drops a table, so it must be allowed by name.",
        "revert --target test --yes --allow DELETES_DATA",
        0,
    ),
    Scene("And the gate sees it.", "check --target main --target test", 2),
)


def tell() -> None:
    """Plays the story on two new databases. Raises SchemadiffError where a command does not end as it must."""
    with (
        scratch_server() as server,
        server.database() as main,
        server.database() as test,
        tempfile.TemporaryDirectory(prefix="schemadiff-demo-") as folder,
    ):
        _prepare(Path(folder), (main, test))
        environment = {**os.environ, "MAIN_URL": main, "TEST_URL": test}
        if sys.stdout.isatty():
            environment.setdefault("FORCE_COLOR", "1")
        for number, scene in enumerate(STORY, 1):
            _play(number, scene, folder, environment)
    print("\nThat was the whole story. Both databases are gone again.")


def _prepare(folder: Path, urls: Sequence[str]) -> None:
    (folder / "schemadiff.toml").write_text(CONFIG, encoding="utf-8")
    (folder / "schema.sql").write_bytes((HERE / "schema.sql").read_bytes())
    before = (HERE / "before.sql").read_bytes()
    for url in urls:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(before)


def _play(number: int, scene: Scene, folder: str, environment: dict[str, str]) -> None:
    print(f"\n{number}. {scene.says}\n\n$ schemadiff {scene.command}", flush=True)
    command = [sys.executable, "-m", "schemadiff", *shlex.split(scene.command)]
    code = subprocess.run(command, cwd=folder, env=environment, check=False).returncode
    print(f"(exit code {code})", flush=True)
    if code != scene.code:
        raise SchemadiffError(f"the demo stops: this command had to end with {scene.code}")
