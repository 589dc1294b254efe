"""Choosing a scratch server, and taking it for a while.

Owns the order of choice and the care for an embedded server: found in order, mended, or made.
"""

from __future__ import annotations

import errno
import os
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode

from schemadiff.errors import ScratchError
from schemadiff.scratch import binaries, places
from schemadiff.scratch.binaries import Binaries
from schemadiff.scratch.cluster import (
    Cluster,
    discard,
    end_keeper,
    home_in,
    running_socket,
    spawn_keeper,
    start,
)
from schemadiff.scratch.locks import locked, try_lock
from schemadiff.scratch.places import own_folder
from schemadiff.scratch.processes import User, server_user
from schemadiff.scratch.sandbox import SUPERUSER, SandboxServer
from schemadiff.scratch.server import ScratchServer, connect, sweep
from schemadiff.scratch.spec import is_given, is_sandbox, programs


@contextmanager
def scratch_server(spec: str | None = None, *, major: int | None = None) -> Iterator[ScratchServer]:
    """A server to make scratch databases on, for the length of the block.

    ``spec`` is None for the best that is here, the URL of a server, `embedded`, or a folder with
    `initdb`, `pg_ctl` and `postgres`; or `sandbox`, `sandbox:FOLDER` for a server of its own without a superuser
    (`sandbox`). ``major`` is the wished major where ``spec`` is None; where none of
    that major is found, the embedded server serves, and `ScratchServer.major` tells. A server of our
    own stays for the next call and stops when idle. Raises ScratchError with what to do.
    """
    if spec is not None and is_given(spec):
        yield given(spec)
        return
    user = server_user()
    if is_sandbox(spec):
        with _sandbox(_choose(programs(spec), major, user), user) as made:
            yield made
        return
    server, lease = _take_ready(_choose(spec, major, user), user)
    try:
        yield server
    finally:
        # The idle time counts from here.
        os.utime(lease)
        os.close(lease)


@contextmanager
def _sandbox(chosen: Binaries, user: User) -> Iterator[SandboxServer]:
    """A server that nobody else takes, and that goes at the end with all that was done to it."""
    apart = secrets.token_hex(8)
    cluster, place, lease = _take(
        [Cluster(home_in(base), chosen, user, SUPERUSER, apart) for base in places.bases(user)]
    )
    try:
        server = SandboxServer(0, f"postgresql://{SUPERUSER}@/", _socket(place), "postgres", True)
        made = replace(server, version=_version(server))
        made.prepare()
        yield made
    finally:
        os.close(lease)
        with locked(cluster.lock):
            end_keeper(cluster.folder)
            discard(cluster.folder, user)


def _choose(spec: str | None, major: int | None, user: User) -> Binaries:
    if spec is None:
        found = binaries.of_major(major, user) if major is not None else None
        return found or binaries.embedded(user)
    if spec == "embedded":
        return binaries.embedded(user)
    if Path(spec).is_dir():
        return binaries.usable(Path(spec), user)
    raise ScratchError(
        f"No scratch server: {spec!r} is neither a postgresql:// URL, nor 'embedded', nor a folder with "
        "PostgreSQL's programs."
    )


def given(url: str) -> ScratchServer:
    """The server of a URL, whose database part only serves to get in.

    Raises ScratchError where it cannot be reached, is too old, or the role may not create databases.
    """
    body, _, query = url.partition("://")[2].partition("?")
    host, _, database = body.partition("/")
    pairs = parse_qsl(query, keep_blank_values=True)
    maintenance = dict(pairs).get("dbname", unquote(database))
    kept = urlencode([pair for pair in pairs if pair[0] != "dbname"], quote_via=quote)
    after = f"?{kept}" if kept else ""
    return _checked(ScratchServer(0, f"postgresql://{host}/", after, maintenance, False))


def _checked(server: ScratchServer) -> ScratchServer:
    """The server with its version filled in, free of what dead processes have left on it."""
    return replace(server, version=_version(server))


def _version(server: ScratchServer) -> int:
    with connect(server.url(server.maintenance)) as connection:
        version = connection.info.server_version
        if version < 140000:
            raise ScratchError(
                f"The scratch server is PostgreSQL {version // 10000}; 14 is the oldest that works."
            )
        query = "select rolsuper or rolcreatedb from pg_roles where rolname = current_user"
        if connection.execute(query).fetchone() != (True,):
            role = connection.info.user
            raise ScratchError(
                f'Role "{role}" may not create databases on the scratch server. Run there as an '
                f'administrator: alter role "{role}" createdb; or use the embedded server.'
            )
        sweep(server, connection)
    return version


def _take_ready(chosen: Binaries, user: User) -> tuple[ScratchServer, int]:
    """The server of these binaries, and a descriptor that keeps it from stopping while it is open.

    A server that was just killed may take a connection and not answer: the next try finds it dead.
    """
    clusters = [Cluster(home_in(base), chosen, user) for base in places.bases(user)]
    for patience in (0.1, 0.5, None):
        _, place, lease = _take(clusters)
        server = ScratchServer(0, "postgresql://postgres@/", _socket(place), "postgres", True)
        try:
            return _checked(server), lease
        except BaseException as error:
            os.close(lease)
            if patience is None or not isinstance(error, ScratchError):
                raise
            time.sleep(patience)
    raise AssertionError("the last try returns or raises")


def _socket(place: Path) -> str:
    return f"?host={quote(str(place), safe='/')}&port=5432&options="


def _take(clusters: Iterable[Cluster]) -> tuple[Cluster, Path, int]:
    """Takes the server where it runs, else starts it in the first base that has the room."""
    refusals = []
    for cluster in sorted(clusters, key=lambda cluster: not cluster.folder.exists()):
        base = cluster.home.parent
        room = places.free_bytes(base)
        if room < places.ROOM and not cluster.folder.exists():
            refusals.append(f"{base}: {room >> 20} MB free, {places.ROOM >> 20} MB needed")
            continue
        try:
            return cluster, *_take_in(cluster)
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise ScratchError(f"The scratch server in {base} cannot be started: {error}") from error
            refusals.append(f"{base}: {error.strerror}")
    raise ScratchError(
        f"No room for a scratch server ({'; '.join(refusals) or 'no folder that we may write to'}). "
        "Make room, or set SCHEMADIFF_SCRATCH_DIR to a folder that has it."
    )


def _take_in(cluster: Cluster) -> tuple[Path, int]:
    own_folder(cluster.home, cluster.home_mode)
    with locked(cluster.lock):
        place = running_socket(cluster.folder)
        if place is None:
            place = start(cluster)
        else:
            spawn_keeper(cluster)
        lease = try_lock(cluster.folder / "use", shared=True)
        assert lease is not None, "only the keeper locks it whole, and only under the lock that we hold"
        os.utime(lease)
        return place, lease


def stop_embedded() -> None:
    """Ends every embedded server of ours and removes what it left, in use or not.

    Looks into `SCHEMADIFF_SCRATCH_DIR` where that is set, else wherever servers may live.
    """
    user = server_user()
    for home in map(home_in, places.bases(user)):
        if not os.path.lexists(home):
            continue
        own_folder(home, 0o711 if user.drop else 0o700)
        for name in sorted({path.name.removesuffix(".lock") for path in home.iterdir()}):
            with locked(home / f"{name}.lock"):
                end_keeper(home / name)
                discard(home / name, user)
