"""A server of a test's own, which can be killed as a crash would kill it, and started again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from schemadiff.scratch.binaries import embedded
from schemadiff.scratch.processes import run, server_user

OPTIONS = ("listen_addresses=", "fsync=off", "autovacuum=off", "dynamic_shared_memory_type=mmap")


@dataclass(slots=True)
class OwnServer:
    """Its programs, and the folder of its data and socket. What a commit has said survives ``crash``."""

    bin: Path
    folder: Path
    options: tuple[str, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    """Our own child: who has ended keeps its number until its parent has asked for it."""

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def url(self, name: str = "postgres") -> str:
        return f"postgresql://postgres@/{name}?host={self.folder}"

    @contextmanager
    def database(self, name: str = "own") -> Iterator[str]:
        """A new database on a server on which nobody else makes roles."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(f"create database {name} template template0")
            try:
                yield self.url(name)
            finally:
                connection.execute(f"drop database {name} with (force)")

    def start(self) -> None:
        user = server_user()
        settings = (*OPTIONS, f"unix_socket_directories={self.folder}", *self.options)
        command = [self.bin / "postgres", "-D", self.data, *(f"--{setting}" for setting in settings)]
        with (self.folder.with_suffix(".log")).open("ab") as log:
            self.process = subprocess.Popen(
                list(map(str, command)),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env={
                    "LC_ALL": "C",
                    "PATH": os.environ["PATH"],
                    "LD_LIBRARY_PATH": str(self.bin.parent / "lib"),
                },
                user=user.uid if user.drop else None,
                group=user.gid if user.drop else None,
                extra_groups=[] if user.drop else None,
            )
        deadline = time.monotonic() + 30
        while not self._answers():
            assert self.process.poll() is None, self.log()
            assert time.monotonic() < deadline, self.log()
            time.sleep(0.02)

    def _answers(self) -> bool:
        with suppress(psycopg.OperationalError), psycopg.connect(self.url()):
            return True
        return False

    def crash(self) -> None:
        """``kill -9`` of the postmaster and all of its processes."""
        assert self.process is not None
        found = subprocess.run(["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True)
        pairs = [tuple(map(int, line.split())) for line in found.stdout.splitlines()]
        pids = [pid for pid, parent in pairs if parent == self.process.pid]
        self.process.kill()
        self.process.wait()
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + 10
        while any(_lives(pid) for pid in pids):
            assert time.monotonic() < deadline, pids
            time.sleep(0.01)

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGQUIT)  # an immediate shutdown
            self.process.wait(30)

    def log(self) -> str:
        return self.folder.with_suffix(".log").read_text()


def _lives(pid: int) -> bool:
    """Whether a process runs; one that has ended and whose parent has not asked for it does not."""
    found = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return bool(found.stdout.strip()) and not found.stdout.startswith("Z")


@contextmanager
def own_server(*options: str) -> Iterator[OwnServer]:
    """A server that runs, with the superuser ``postgres`` whom it trusts; options as ``name=value``."""
    user = server_user()
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="sdo-", dir=memory if memory.is_dir() else "/tmp")).resolve()
    server = OwnServer(embedded(user).bin, folder, options)
    try:
        if user.drop:
            shutil.chown(folder, user.uid, user.gid)
        initdb = [server.bin / "initdb", "-D", server.data, "-U", "postgres", "-A", "trust"]
        done = run([*initdb, "--no-sync", "--no-locale", "-E", "UTF8"], user)
        assert done.returncode == 0, done.stdout
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)
        folder.with_suffix(".log").unlink(missing_ok=True)
