"""A server that wants passwords, over its socket too; the scratch server trusts everybody."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from schemadiff.scratch.binaries import embedded
from schemadiff.scratch.processes import run, server_user

PASSWORD = "right: horse/battery@staple"


@contextmanager
def password_server() -> Iterator[str]:
    """The start of a URL of the server, up to the user; the superuser ``postgres`` has ``PASSWORD``."""
    user = server_user()
    binaries = embedded(user).bin
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="sdp-", dir=memory if memory.is_dir() else "/tmp")).resolve()
    try:
        folder.chmod(0o755)
        secret = folder / "secret"
        secret.write_text(PASSWORD)
        place = folder / "server"
        place.mkdir()
        if user.drop:
            shutil.chown(place, user.uid, user.gid)
        started = _start(binaries, place, secret)
        assert started == "", started
        yield f"host={place} user=postgres"
    finally:
        run([binaries / "pg_ctl", "stop", "-m", "immediate", "-D", place / "data"], user)
        shutil.rmtree(folder)


def _start(binaries: Path, place: Path, secret: Path) -> str:
    """Makes and starts it; what the programs printed where one failed."""
    data = place / "data"
    initdb = [binaries / "initdb", "-D", data, "-U", "postgres", "-A", "scram-sha-256", f"--pwfile={secret}"]
    options = f"-c listen_addresses='' -c unix_socket_directories='{place}' -c fsync=off"
    start = [binaries / "pg_ctl", "start", "-w", "-s", "-D", data, "-l", place / "log", "-o", options]
    for command in ([*initdb, "--no-sync", "--no-locale", "-E", "UTF8"], start):
        done = run(command, server_user())
        if done.returncode:
            return done.stdout
    return ""


def with_password(conninfo: str, password: str) -> str:
    """The URL of the database ``postgres`` of that server."""
    host = quote(conninfo.split()[0].removeprefix("host="), safe="")
    return f"postgresql://postgres:{quote(password, safe='')}@/postgres?host={host}"
