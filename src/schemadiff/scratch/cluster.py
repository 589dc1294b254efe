"""One embedded server: its folder, its start, and its end.

    BASE/schemadiff-UID/        home; ours alone to write
        KEY.lock                held while the server is started, acquired or stopped
        KEY/
            keeper              locked by the keeper for as long as it lives
            use                 share-locked by each process that uses the server
            postgresql.conf
            ready.json          the format's version and the socket's folder; there once the server runs
            socket              the socket's folder, where the path in server/ would be too long
            start               digits that no other start has
            server/             mode 0700, owned by the user that runs PostgreSQL: log, socket and
                data-START/     so that an `initdb` of a killed process meets no newer server's data

What these files say can be made anew, so a server that is not in order is removed, never repaired.
Durability is off, and nothing in here outlives the server. Knows no database and no driver.
"""

from __future__ import annotations

import errno
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from schemadiff.errors import ScratchError
from schemadiff.scratch.binaries import Binaries, digest, version_of
from schemadiff.scratch.locks import is_locked
from schemadiff.scratch.places import own_folder
from schemadiff.scratch.processes import User, end_initdb, end_postmaster, postmaster, run

FORMAT = 1
SOCKET = ".s.PGSQL.5432"
SOCKET_BYTES = 103
"""The longest path of a Unix socket: 103 bytes on macOS, 107 on Linux."""

START_SECONDS = 60.0

KEEPER = """
import sys, types
package = types.ModuleType("schemadiff")
package.__path__ = [sys.argv[1]]
sys.modules["schemadiff"] = package
from schemadiff.scratch.keeper import main
sys.exit(main(sys.argv[2:]))
"""
"""Runs the keeper without the public package around it, whose imports would cost it ten times the time
and the memory."""

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "huge_pages": "off",
    # Segments as files in the data folder: the system's own would be left behind by kill -9.
    "dynamic_shared_memory_type": "mmap",
    "max_locks_per_transaction": "512",
    "max_prepared_transactions": "0",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "logical",
    "min_wal_size": "2MB",
    "max_wal_size": "64MB",
    "temp_file_limit": "2GB",
    "autovacuum": "off",
    # A subscription of a schema under test must never reach out to its publisher.
    "max_logical_replication_workers": "0",
    "max_parallel_workers_per_gather": "0",
    "max_parallel_maintenance_workers": "0",
    "jit": "off",
    "log_min_messages": "fatal",
    "log_min_error_statement": "panic",
    "lc_messages": "C",
}


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where one embedded server is, or would be, and what it is made of."""

    home: Path
    binaries: Binaries
    user: User
    superuser: str = "postgres"
    apart: str = ""
    """Tells a server that nobody else may take from the others."""

    @property
    def folder(self) -> Path:
        """Told apart by the binaries and by what a version of the tool sets: others have their own."""
        return self.home / f"{digest(f'{FORMAT} {SETTINGS} {self.apart}')}-{self.binaries.key}"

    @property
    def home_mode(self) -> int:
        """The server's user has to pass through where it is another one, and must not list."""
        return 0o711 if self.user.drop else 0o700

    @property
    def lock(self) -> Path:
        return lock_of(self.folder)


def data_of(folder: Path) -> Path:
    """The data folder of the server whose folder this is; a name that is nowhere before its start."""
    try:
        return folder / "server" / f"data-{(folder / 'start').read_text()}"
    except OSError:
        return folder / "server" / "data-"


def lock_of(folder: Path) -> Path:
    """The lock file of a server's folder, beside it, so that it outlives the folder's removal."""
    return folder.with_name(folder.name + ".lock")


def home_in(base: Path) -> Path:
    """The folder of all our servers below a base."""
    return base / f"schemadiff-{os.geteuid()}"


def running_socket(folder: Path) -> Path | None:
    """The socket's folder of a server that is ready and accepts connections, or None."""
    try:
        ready = json.loads((folder / "ready.json").read_text())
        place = Path(ready["socket"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(5)
        try:
            probe.connect(str(place / SOCKET))
        except OSError:
            return None
    return place


def start(cluster: Cluster) -> Path:
    """Makes and starts the server from nothing, and returns its socket's folder.

    The caller holds the cluster's lock. The keeper comes first, so that whatever kills us on the way,
    somebody removes what is there. Raises OSError (ENOSPC) when the file system is full and
    ScratchError when PostgreSQL does not start; the folder is gone then.
    """
    end_keeper(cluster.folder)
    wipe(cluster.folder, cluster.user)
    try:
        _make_folders(cluster)
        place = _socket_folder(cluster)
        spawn_keeper(cluster)
        major = version_of(cluster.binaries.bin) or 0
        _initdb(cluster, major)
        _start_postmaster(cluster, place, major)
    except BaseException:
        end_keeper(cluster.folder)
        discard(cluster.folder, cluster.user)
        raise
    return place


def _make_folders(cluster: Cluster) -> None:
    own_folder(cluster.home, cluster.home_mode)
    own_folder(cluster.folder, cluster.home_mode)
    (cluster.folder / "start").write_text(secrets.token_hex(4))
    server = cluster.folder / "server"
    server.mkdir(mode=0o700)
    if cluster.user.drop:
        os.chown(server, cluster.user.uid, cluster.user.gid)


def spawn_keeper(cluster: Cluster) -> None:
    """Starts the keeper of the server's folder unless one lives; returns when it has its lock."""
    if is_locked(cluster.folder / "keeper"):
        return
    user = cluster.user
    words = [cluster.folder, user.uid, user.gid, int(user.drop)]
    done = subprocess.run(
        [sys.executable, "-P", "-c", KEEPER, Path(__file__).parents[1], *map(str, words)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        cwd="/",
        env=os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        start_new_session=True,
    )
    if done.returncode:
        raise ScratchError(f"The keeper of the scratch server did not start: {done.stderr.strip()[-500:]}")


def end_keeper(folder: Path) -> None:
    """Ends the keeper of a folder, before the folder is removed or made again under it.

    Its id stands in the file that it locks, so it is its own as long as the lock is held.
    """
    deadline = time.monotonic() + 5
    while is_locked(folder / "keeper") and time.monotonic() < deadline:
        # It may not have written its id yet, or have just ended.
        with suppress(ValueError, OSError):
            os.kill(int((folder / "keeper").read_text()), signal.SIGTERM)
        time.sleep(0.005)


def _initdb(cluster: Cluster, major: int) -> None:
    """One `initdb`, with the locale C.UTF-8, or C on a system that lacks it."""
    data = data_of(cluster.folder)
    command: list[str | Path] = [cluster.binaries.bin / "initdb", "-D", data]
    command += ["-U", cluster.superuser, "-A", "trust", "-E", "UTF8", "--no-sync", "--no-instructions"]
    command += ["--wal-segsize=1"]
    if major >= 17:
        # The same order of strings on Linux and macOS, whatever their C libraries do.
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    for locale in ("C.UTF-8", "C"):
        done = run([*command, f"--locale={locale}"], cluster.user)
        if done.returncode == 0:
            return
        if "invalid locale" not in done.stdout:
            break
    raise failure("initdb failed", done.stdout, cluster)


def _socket_folder(cluster: Cluster) -> Path:
    """The server's own folder, or one with a short name where the socket's path would be too long."""
    server = cluster.folder / "server"
    if len(os.fsencode(server / SOCKET)) <= SOCKET_BYTES:
        return server
    place = Path(tempfile.mkdtemp(prefix="sd-", dir="/tmp"))
    (cluster.folder / "socket").write_text(str(place))
    if cluster.user.drop:
        os.chown(place, cluster.user.uid, cluster.user.gid)
    return place


def socket_elsewhere(folder: Path) -> Path | None:
    """The socket's folder where it is not in the server's own."""
    try:
        return Path((folder / "socket").read_text())
    except OSError:
        return None


def _start_postmaster(cluster: Cluster, place: Path, major: int) -> None:
    data, log = data_of(cluster.folder), cluster.folder / "server" / "log"
    config = cluster.folder / "postgresql.conf"
    config.write_text(_config(place, major))
    config.chmod(0o644)
    command: list[str | Path] = [cluster.binaries.bin / "pg_ctl", "start", "-W", "-s", "-D", data]
    # pg_ctl hands its options to a shell.
    command += ["-l", log, "-o", f"-c config_file='{config}'"]
    done = run(command, cluster.user)
    deadline = time.monotonic() + START_SECONDS
    while not _is_ready(data):
        gone = time.monotonic() > deadline - START_SECONDS + 2 and not postmaster(data, cluster.user)
        if done.returncode or gone or time.monotonic() > deadline:
            shown = log.read_text(errors="replace")[-1500:] if log.exists() else ""
            raise failure("the server did not start", f"{done.stdout}{shown}", cluster)
        time.sleep(0.005)
    fresh = cluster.folder / "ready.new"
    fresh.write_text(json.dumps({"format": FORMAT, "socket": str(place)}))
    fresh.rename(cluster.folder / "ready.json")


def _config(place: Path, major: int) -> str:
    settings = dict(SETTINGS) | {"unix_socket_directories": f'"{place}"', "timezone": _utc()}
    if major >= 18:
        # No helper processes for reading from memory.
        settings["io_method"] = "sync"
    quoted = ((name, value.replace("'", "''")) for name, value in settings.items())
    return "".join(f"{name} = '{value}'\n" for name, value in quoted)


def _utc() -> str:
    """`GMT` is the one zone that PostgreSQL knows where the system has no zone files."""
    return "UTC" if Path("/usr/share/zoneinfo/UTC").exists() else "GMT"


def _is_ready(data: Path) -> bool:
    """Line eight of postmaster.pid is the postmaster's state (`pg_ctl` waits for the same)."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    return len(lines) > 7 and lines[7].strip() == "ready"


def failure(what: str, shown: str, cluster: Cluster) -> Exception:
    """The error of a failed start; ENOSPC apart, because another file system may have room."""
    if "No space left on device" in shown or "could not resize shared memory" in shown:
        return OSError(errno.ENOSPC, f"{what}: {shown.strip()[-300:]}", str(cluster.folder))
    advice = "Give a server with --scratch URL, or the bin folder of another installation."
    if "error while loading shared libraries" in shown or "Library not loaded" in shown:
        advice = "Install the library that it names. " + advice
    if "could not look up effective user ID" in shown:
        advice = "Run as a user whom /etc/passwd knows. " + advice
    return ScratchError(f"Scratch server of {cluster.binaries.bin}: {what}: {shown.strip()}\n{advice}")


def wipe(folder: Path, user: User) -> None:
    """Ends the server of a folder if one runs there, and removes the folder and all that belongs to it.

    The caller holds the folder's lock.
    """
    data = data_of(folder)
    pid = postmaster(data, user)
    if pid is not None:
        end_postmaster(pid, data, user)
    end_initdb(data, user)
    _release_shared_memory(data, user)
    elsewhere = socket_elsewhere(folder)
    if elsewhere is not None:
        remove(elsewhere)
    remove(folder)


def discard(folder: Path, user: User) -> None:
    """Ends a server and removes every trace of it. The caller holds the lock, which goes too."""
    wipe(folder, user)
    lock_of(folder).unlink(missing_ok=True)
    # Another server may live there.
    with suppress(OSError):
        folder.parent.rmdir()


def _release_shared_memory(data: Path, user: User) -> None:
    """Frees the few bytes of System V memory that a postmaster killed by SIGKILL leaves in the kernel.

    Its id is the last number of line seven of postmaster.pid. Done as the server's user, who can free
    nobody else's.
    """
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        number = lines[6].split()[1]
    except (OSError, IndexError):
        return
    if number.isdigit() and shutil.which("ipcrm"):
        run(["ipcrm", "-m", number], user)


def remove(folder: Path) -> None:
    """Removes a folder, in spite of processes that are about to end and still write there."""
    deadline = time.monotonic() + 5
    while folder.exists():
        shutil.rmtree(folder, ignore_errors=True)
        if time.monotonic() > deadline:
            return
        if folder.exists():
            time.sleep(0.02)
