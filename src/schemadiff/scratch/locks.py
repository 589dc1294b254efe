"""File locks that the kernel releases when their holder dies. Owns no path and no process."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schemadiff.errors import ScratchError

PATIENCE = 120.0
"""Seconds to wait for another process that starts the same server."""


def try_lock(path: Path, *, shared: bool = False) -> int | None:
    """A descriptor that holds the lock of a file, or None while another process holds it.

    The file is created; whoever holds the exclusive lock may unlink it, which the next taker notices.
    The lock ends with `os.close`, or with the process. Raises OSError when the folder is missing.
    """
    while True:
        fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(fd, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(fd)
            return None
        except BaseException:
            os.close(fd)
            raise
        if same_file(fd, path):
            return fd
        os.close(fd)


def same_file(fd: int, path: Path) -> bool:
    """Whether the path still names the file that the descriptor has open."""
    try:
        found = path.lstat()
    except OSError:
        return False
    return os.path.samestat(os.fstat(fd), found)


def is_locked(path: Path) -> bool:
    """Whether any process holds a lock on the file; a missing file is not locked."""
    if not path.exists():
        return False
    fd = try_lock(path)
    if fd is None:
        return True
    os.close(fd)
    return False


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Holds the exclusive lock of a file; makes its folder again when it vanishes meanwhile.

    Raises ScratchError when another process keeps the lock for longer than `PATIENCE`.
    """
    deadline = time.monotonic() + PATIENCE
    while (fd := _try_lock_in(path)) is None:
        if time.monotonic() > deadline:
            raise ScratchError(
                f"{path} has been locked for {PATIENCE:.0f} s by another process that starts or stops "
                "the scratch server. Wait for it or end it, then try again."
            )
        time.sleep(0.005)
    try:
        yield
    finally:
        os.close(fd)


def _try_lock_in(path: Path) -> int | None:
    try:
        return try_lock(path)
    except FileNotFoundError:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        return None
