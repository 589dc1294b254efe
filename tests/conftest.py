"""What every test may have: a scratch server for the session, and fresh databases on it.

Owns the folder that the session's embedded server lives in, apart from the one of whoever runs the
tests, and the check that neither a process nor a folder is left of it at the end.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.own_server import OwnServer, own_server
from support.programs import Programs

import schemadiff
from schemadiff.scratch import ScratchServer, scratch_server, stop_embedded

# What is first loaded while a test replaces a name would keep what it is replaced with.
for found in pkgutil.walk_packages(schemadiff.__path__, "schemadiff."):
    if not found.name.endswith("__main__"):
        importlib.import_module(found.name)

VARIABLE = "SCHEMADIFF_SCRATCH_DIR"
FOLDER = pytest.StashKey[Path]()
LEFT_BEHIND = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def binaries() -> str | None:
    """What ``scratch`` says where plans are to be proven on the server under test: SCHEMADIFF_TEST_BINARIES names a
    folder with the programs of another major, on which the cases of kinds, renames, lint and preflight can be walked."""
    return os.environ.get("SCHEMADIFF_TEST_BINARIES")


@pytest.fixture(scope="session")
def server(binaries: str | None) -> Iterator[ScratchServer]:
    """The session's scratch server; all workers share it."""
    with scratch_server(binaries) as started:
        yield started


@pytest.fixture(scope="session")
def programs(server: ScratchServer) -> Programs:
    """``psql`` and ``pg_dump`` of its major."""
    return Programs.of(server)


@pytest.fixture
def database(server: ScratchServer) -> Iterator[str]:
    """The URL of a fresh, empty database."""
    with server.database() as url:
        yield url


@pytest.fixture(scope="module")
def own() -> Iterator[OwnServer]:
    with own_server() as server:
        yield server


@pytest.fixture
def apart(own: OwnServer) -> Iterator[str]:
    """The URL of a fresh database on a server of its own: where others make roles, what was kept of one does not hold."""
    with own.database() as url:
        yield url


def pytest_configure(config: pytest.Config) -> None:
    if is_worker(config):
        return
    # Short, since a socket's path may have 103 bytes, and open to the user that PostgreSQL runs as.
    parent = next(folder for folder in ("/dev/shm", "/tmp", tempfile.gettempdir()) if writable(folder))
    folder = Path(tempfile.mkdtemp(prefix="schemadiff-test-", dir=parent))
    folder.chmod(0o755)
    config.stash[FOLDER] = folder
    os.environ[VARIABLE] = str(folder)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    folder = session.config.stash.get(FOLDER, None)
    if folder is None:
        return
    stop_embedded()
    left = left_in(folder)
    session.config.stash[LEFT_BEHIND] = left
    if left and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for line in config.stash.get(LEFT_BEHIND, []):
        terminalreporter.write_line(f"left behind by the tests: {line}", red=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    folder = config.stash.get(FOLDER, None)
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)


def is_worker(config: pytest.Config) -> bool:
    """Whether this process is one that pytest-xdist started; it has the controller's environment."""
    return hasattr(config, "workerinput")


def writable(folder: str) -> bool:
    return os.path.isdir(folder) and os.access(folder, os.W_OK | os.X_OK)


def left_in(folder: Path, patience: float = 3.0) -> list[str]:
    """What is still there of servers: processes, which get some seconds to end, and files."""
    deadline = time.monotonic() + patience
    while left := [f"process {line}" for line in processes_of(folder)] + sorted(map(str, folder.iterdir())):
        if time.monotonic() > deadline:
            break
        time.sleep(0.05)
    return left


def processes_of(folder: Path) -> list[str]:
    """Processes that work in the folder or name it in their command line."""
    if sys.platform == "linux":
        found = (linux_process(path, str(folder)) for path in Path("/proc").glob("[0-9]*"))
        return [line for line in found if line]
    listing = subprocess.run(
        ["ps", "-axww", "-o", "pid=,command="], capture_output=True, text=True, check=True
    )
    return [line for line in listing.stdout.splitlines() if str(folder) in line]


def linux_process(path: Path, folder: str) -> str:
    try:
        command = (path / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        cwd = os.readlink(path / "cwd")
    except OSError:  # it ended meanwhile, or is a process of another user
        return ""
    return f"{path.name} {command}" if folder in command or cwd.startswith(folder) else ""
