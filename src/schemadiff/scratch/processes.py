"""Users and processes of a scratch server: who runs it, whether it lives, how it ends.

Owns no folder. A process is known by its id *and* the data folder on its command line, so that an id
that the kernel has given away again is never signalled.
"""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from schemadiff.errors import ScratchError


@dataclass(frozen=True, slots=True)
class User:
    """The operating system's user that PostgreSQL runs as; it refuses to run as root."""

    uid: int
    gid: int
    drop: bool
    """Whether that is another user than ours, because we are root."""


def server_user() -> User:
    """Ourselves, or `nobody` for root: it owns nothing that a schema's code could harm."""
    if os.geteuid() != 0:
        return User(os.geteuid(), os.getegid(), False)
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        raise ScratchError(
            "PostgreSQL does not run as root and this system has no user 'nobody' to run it as. "
            "Run as another user, or give a server with --scratch URL."
        ) from None
    return User(entry.pw_uid, entry.pw_gid, True)


def run(command: Sequence[str | Path], user: User) -> subprocess.CompletedProcess[str]:
    """Runs a program of PostgreSQL as that user, with none of our `PG*` and locale settings.

    Returns code and merged output, whatever they are. Raises OSError where it cannot be started.
    """
    kept = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR", "TZDIR")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    if sys.platform == "linux":
        environment["LD_LIBRARY_PATH"] = libraries(Path(command[0]))
    return subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
        # The current folder may be one that the other user must not enter.
        cwd="/",
        # macOS: without LC_ALL, the postmaster becomes multithreaded and refuses to start.
        env=environment | {"LC_ALL": "C"},
        user=user.uid if user.drop else None,
        group=user.gid if user.drop else None,
        extra_groups=[] if user.drop else None,
    )


def libraries(program: Path) -> str:
    """``LD_LIBRARY_PATH`` with PostgreSQL's own folder first: extensions that use libpq would else get the
    system's, which may be older. A wheel's name the folder that they were built for.

    macOS has no such use for it: the shell between `pg_ctl` and `postgres` does not pass it on.
    """
    places = [str(program.parent.parent / "lib")] if program.is_absolute() else []
    return os.pathsep.join([*places, *filter(None, [os.environ.get("LD_LIBRARY_PATH")])])


def postmaster(data: Path, user: User) -> int | None:
    """The id of the live postmaster of a data folder (the first line of its postmaster.pid), or None."""
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    return pid if is_postmaster(pid, data, user) else None


def postmasters(data: Path, user: User) -> list[int]:
    """The postmasters of a data folder that was removed under them, and so names none any more."""
    if sys.platform == "linux":
        pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal()]
    else:
        command = ["pgrep", "-u", str(user.uid), "-f", str(data)]
        shown = subprocess.run(command, capture_output=True, text=True, check=False)
        pids = [int(word) for word in shown.stdout.split()]
    return [pid for pid in pids if is_postmaster(pid, data, user)]


def end_initdb(data: Path, user: User) -> None:
    """Ends the backend of an `initdb` whose starter was killed, so that it frees its shared memory.

    It is known by its id, negative in postmaster.pid, and by its current folder. `initdb` then fails and
    removes its data. Without `/proc` nothing is done: what stays is small and gone at the next boot.
    """
    try:
        pid = -int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return
    place = Path("/proc") / str(pid)
    deadline = time.monotonic() + 5
    with suppress(OSError):
        while pid > 0 and place.stat().st_uid == user.uid and os.readlink(place / "cwd") == str(data):
            os.kill(pid, signal.SIGTERM)
            if time.monotonic() > deadline:
                return
            time.sleep(0.01)


def is_postmaster(pid: int, data: Path, user: User) -> bool:
    """Whether that process lives, is the user's, and has the data folder on its command line."""
    if sys.platform == "linux":
        return _is_postmaster_proc(pid, data, user)
    shown = subprocess.run(
        ["ps", "-o", "uid=,stat=,command=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout.split(None, 2)
    if len(shown) < 3:
        return False
    return int(shown[0]) == user.uid and not shown[1].startswith("Z") and f"-D {data}" in shown[2]


def _is_postmaster_proc(pid: int, data: Path, user: User) -> bool:
    folder = Path("/proc") / str(pid)
    try:
        # A zombie's command line is empty, so one that nobody reaps counts as gone.
        words = (folder / "cmdline").read_bytes().split(b"\0")
        return folder.stat().st_uid == user.uid and os.fsencode(data) in words
    except OSError:
        return False


def end_postmaster(pid: int, data: Path, user: User) -> None:
    """Ends a postmaster and its children at once: SIGQUIT, after five seconds SIGKILL.

    An immediate shutdown writes nothing and still gives its shared memory back.
    """
    for number, patience in ((signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
        deadline = time.monotonic() + patience
        if not is_postmaster(pid, data, user):
            return
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return
        while is_postmaster(pid, data, user) and time.monotonic() < deadline:
            time.sleep(0.005)
