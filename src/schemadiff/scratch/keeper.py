"""The keeper: a small process beside each embedded server that ends it when nobody needs it any more.

Called with FOLDER UID GID DROP, it locks the folder's `keeper` file, goes to the
background, and ends the server and removes its folder when

- nobody has used it for `SCHEMADIFF_SCRATCH_IDLE` seconds (600),
- its start was broken off, or PostgreSQL has died,
- its folder has been removed.

It holds no connection and loads no driver.
"""

from __future__ import annotations

import os
import stat
import time
from contextlib import suppress
from pathlib import Path

from schemadiff.scratch.cluster import data_of, discard, lock_of, remove, running_socket, socket_elsewhere
from schemadiff.scratch.locks import same_file, try_lock
from schemadiff.scratch.processes import User, end_postmaster, postmasters

IDLE_SECONDS = 600.0
LOG_BYTES = 1_000_000


def main(arguments: list[str]) -> int:
    """Runs the keeper; the parent process returns once the lock is held."""
    folder = Path(arguments[0])
    user = User(int(arguments[1]), int(arguments[2]), arguments[3] == "1")
    held = try_lock(folder / "keeper")
    if held is None or os.fork():
        return 0
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    os.write(held, str(os.getpid()).encode())
    keep(folder, user, held, idle_seconds())
    return 0


def idle_seconds() -> float:
    """Seconds without use after which a server is stopped; a value that is no number counts as unset."""
    try:
        return max(float(os.environ.get("SCHEMADIFF_SCRATCH_IDLE", "")), 0.0)
    except ValueError:
        return IDLE_SECONDS


def keep(folder: Path, user: User, held: int, idle: float) -> None:
    """Watches until the server is gone. ``held`` is the descriptor of the locked keeper file."""
    data = data_of(folder)
    elsewhere = socket_elsewhere(folder)
    used = time.time()
    while True:
        time.sleep(min(1.0, max(idle / 4, 0.05)))
        if not same_file(held, folder / "keeper"):
            break
        _trim(folder / "server" / "log", user)
        lock = _try(lock_of(folder))
        if lock is None:
            continue
        try:
            used = max(used, time.time() if _in_use(folder / "use") else _touched(folder / "use"))
            if running_socket(folder) is None or time.time() - used >= idle:
                discard(folder, user)
                return
        finally:
            os.close(lock)
    for pid in postmasters(data, user):
        end_postmaster(pid, data, user)
    if elsewhere is not None:
        remove(elsewhere)
    _tidy(folder, user)


def _tidy(folder: Path, user: User) -> None:
    """Removes the lock file of a folder that somebody removed, unless a new server is in its place."""
    lock = _try(lock_of(folder))
    if lock is not None:
        if not folder.exists():
            discard(folder, user)
        os.close(lock)


def _try(path: Path) -> int | None:
    try:
        return try_lock(path)
    except OSError:
        return None


def _in_use(path: Path) -> bool:
    fd = _try(path)
    if fd is not None:
        os.close(fd)
    return fd is None


def _touched(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _trim(log: Path, user: User) -> None:
    """Empties a log that has grown; the server appends, so it goes on at the start."""
    with suppress(OSError):
        found = log.lstat()
        if found.st_size > LOG_BYTES and stat.S_ISREG(found.st_mode) and found.st_uid == user.uid:
            fd = os.open(log, os.O_WRONLY | os.O_NOFOLLOW)
            os.ftruncate(fd, 0)
            os.close(fd)
