"""Each test has a scratch folder of its own, and must leave neither a process nor a file in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from schemadiff.scratch import ScratchServer, scratch_server, stop_embedded

PROC = Path("/proc")


def processes_of(folder: Path) -> list[str]:
    """The live processes that have the folder on their command line or as their current folder."""
    if not PROC.is_dir():
        shown = subprocess.run(["ps", "-axo", "command="], capture_output=True, text=True, check=True)
        return [line for line in shown.stdout.splitlines() if str(folder) in line]
    found = []
    for entry in PROC.glob("[0-9]*"):
        try:
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            place = os.readlink(entry / "cwd")
        except OSError:
            continue
        if command and int(entry.name) != os.getpid() and (str(folder) in command or str(folder) in place):
            found.append(f"{entry.name} {command}")
    return found


def wait_until(done: Callable[[], bool], seconds: float = 20.0) -> bool:
    """Whether it comes true in time."""
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def reachable_folder(prefix: str = "sdt-") -> Path:
    """A new folder that other users may pass through, as pytest's own must not be."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=memory if memory.is_dir() else "/tmp")).resolve()
    folder.chmod(0o711)
    return folder


@pytest.fixture
def base(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The scratch folder; checked at the end to be empty."""
    folder = reachable_folder()
    monkeypatch.setenv("SCHEMADIFF_SCRATCH_DIR", str(folder))
    try:
        yield folder
        stop_embedded()
        assert list(folder.iterdir()) == []
        assert wait_until(lambda: not processes_of(folder)), processes_of(folder)
    finally:
        monkeypatch.setenv("SCHEMADIFF_SCRATCH_DIR", str(folder))
        stop_embedded()
        shutil.rmtree(folder)


@pytest.fixture
def python() -> Callable[[str], subprocess.Popen[str]]:
    """Runs code in another process with our modules; its output is piped."""

    def start(code: str) -> subprocess.Popen[str]:
        path = os.pathsep.join(entry for entry in sys.path if entry)
        return subprocess.Popen(
            [sys.executable, "-c", code],
            # Open, so that what waits for input waits.
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": path},
        )

    return start


@pytest.fixture
def as_root() -> None:
    if os.geteuid() != 0:
        pytest.skip("only root starts the server as another user")


@pytest.fixture(scope="module")
def server() -> Iterator[ScratchServer]:
    """One server for the tests of a module that only look at it."""
    folder = reachable_folder()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCHEMADIFF_SCRATCH_DIR", str(folder))
        try:
            with scratch_server() as found:
                yield found
        finally:
            stop_embedded()
            left = list(folder.iterdir())
            shutil.rmtree(folder)
    assert left == []
