"""The embedded server: started, found warm, shared, killed, idle, and gone without a trace."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from schemadiff.scratch import ScratchServer, scratch_server, stop_embedded
from schemadiff.scratch.cluster import data_of
from schemadiff.scratch.locks import is_locked

from .conftest import processes_of, wait_until

Python = Callable[[str], subprocess.Popen[str]]

HOLD = """
from schemadiff.scratch import scratch_server
with scratch_server() as server, server.database() as url:
    print(url, flush=True)
    input()
"""


def folder_in(base: Path) -> Path:
    (folder,) = (path for path in base.glob("schemadiff-*/*") if path.is_dir())
    return folder


def postmaster_in(base: Path) -> int:
    return int((data_of(folder_in(base)) / "postmaster.pid").read_text().split()[0])


def scratch_databases(server: ScratchServer) -> list[str]:
    with psycopg.connect(server.url("postgres")) as connection:
        query = "select datname from pg_database where datname not in ('postgres', 'template0', 'template1')"
        return [name for (name,) in connection.execute(query)]


def setting(url: str, name: str) -> str:
    with psycopg.connect(url) as connection:
        row = connection.execute("select current_setting(%s)", (name,)).fetchone()
    assert row is not None
    return str(row[0])


def test_cold_start_takes_less_than_two_seconds(base: Path) -> None:
    times = []
    for _ in range(3):
        before = time.perf_counter()
        with scratch_server() as server, server.database() as url:
            times.append(time.perf_counter() - before)
            assert setting(url, "server_version_num") == str(server.version)
        if times[-1] < 2:
            break
        stop_embedded()
    print(f"cold start and a database: {min(times):.3f} s")
    assert min(times) < 2


def test_warm_server_is_taken_in_less_than_50_ms(base: Path) -> None:
    times = []
    with scratch_server():
        first = postmaster_in(base)
    for _ in range(5):
        before = time.perf_counter()
        with scratch_server():
            times.append(time.perf_counter() - before)
            assert postmaster_in(base) == first
    print(f"warm: {min(times):.4f} s")
    assert min(times) < 0.05


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("listen_addresses", ""),
        ("fsync", "off"),
        ("full_page_writes", "off"),
        ("synchronous_commit", "off"),
        ("wal_level", "logical"),
        ("autovacuum", "off"),
        ("jit", "off"),
        ("lc_messages", "C"),
        ("server_encoding", "UTF8"),
        ("max_locks_per_transaction", "512"),
        ("max_prepared_transactions", "0"),
    ],
)
def test_settings(server: ScratchServer, name: str, value: str) -> None:
    with server.database() as url:
        assert setting(url, name) == value


def test_environment_of_libpq_does_not_reach_it(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "PGHOST": "nowhere.invalid",
        "PGPORT": "1",
        "PGUSER": "nobody",
        "PGDATABASE": "nothing",
        "PGOPTIONS": "-c search_path=elsewhere",
        "PGDATA": "/nowhere",
    }.items():
        monkeypatch.setenv(name, value)
    with scratch_server() as server, server.database() as url:
        assert setting(url, "search_path") == '"$user", public'


def test_folder_is_closed_to_others(base: Path) -> None:
    with scratch_server():
        folder = folder_in(base)
        assert (folder / "server").stat().st_mode & 0o777 == 0o700
        assert folder.stat().st_mode & 0o066 == 0
        assert folder.parent.stat().st_mode & 0o066 == 0


def test_four_processes_start_one_server(base: Path, python: Python) -> None:
    code = """
import psycopg
from schemadiff.scratch import scratch_server
with scratch_server() as server, server.database() as url, psycopg.connect(url) as connection:
    print(*connection.execute("select pg_postmaster_start_time()").fetchone())
"""
    started = [python(code) for _ in range(4)]
    shown = [process.communicate(timeout=100)[0] for process in started]
    assert [process.returncode for process in started] == [0, 0, 0, 0]
    assert len(set(shown)) == 1
    with scratch_server() as server:
        assert scratch_databases(server) == []


def test_killed_postgres_is_replaced_at_once(base: Path) -> None:
    with scratch_server():
        first = postmaster_in(base)
        os.kill(first, signal.SIGKILL)
    with scratch_server() as server, server.database() as url:
        assert setting(url, "fsync") == "off"
        assert postmaster_in(base) != first
    segments = Path("/proc/sysvipc/shm")
    if segments.exists():
        assert str(first) not in [line.split()[4] for line in segments.read_text().splitlines()]


def test_killed_postgres_that_nobody_asks_for_is_cleaned_up(base: Path) -> None:
    with scratch_server():
        os.kill(postmaster_in(base), signal.SIGKILL)
    assert wait_until(lambda: list(base.iterdir()) == [])
    assert wait_until(lambda: not processes_of(base))


def test_killed_keeper_is_replaced_and_the_server_stays(base: Path) -> None:
    with scratch_server():
        first = postmaster_in(base)
        keeper = folder_in(base) / "keeper"
        os.kill(int(keeper.read_text()), signal.SIGKILL)
        assert wait_until(lambda: not is_locked(keeper))
    with scratch_server():
        assert postmaster_in(base) == first
        assert is_locked(keeper)


def test_database_of_a_killed_tool_is_dropped_by_the_next(base: Path, python: Python) -> None:
    with python(HOLD) as tool:
        assert tool.stdout is not None
        name = tool.stdout.readline().split("?")[0].rpartition("/")[2]
        with scratch_server() as server:
            assert scratch_databases(server) == [name]
        tool.kill()
    assert wait_until(lambda: _swept(base))


def _swept(base: Path) -> bool:
    # The server needs a moment to see that the killed owner's connection is gone.
    with scratch_server() as server:
        return scratch_databases(server) == []


@pytest.mark.parametrize("seconds", [0.1, 0.2, 0.3, 0.5])
def test_tool_killed_while_it_starts(base: Path, python: Python, seconds: float) -> None:
    with python(HOLD) as tool:
        time.sleep(seconds)
        tool.kill()
    with scratch_server() as server, server.database() as url:
        assert setting(url, "fsync") == "off"
        assert len(list(base.glob("schemadiff-*/*/keeper"))) == 1


def test_start_that_was_broken_off_is_cleaned_up_by_the_keeper(base: Path, python: Python) -> None:
    with python(HOLD) as tool:
        assert wait_until(lambda: any(is_locked(path) for path in base.glob("*/*/keeper")))
        tool.kill()
    assert wait_until(lambda: list(base.iterdir()) == [])
    assert wait_until(lambda: not processes_of(base))


def test_idle_server_stops_and_a_used_one_stays(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCHEMADIFF_SCRATCH_IDLE", "0.3")
    with scratch_server() as server, server.database() as url:
        time.sleep(0.8)
        assert setting(url, "fsync") == "off"
    assert wait_until(lambda: list(base.iterdir()) == [])
    assert wait_until(lambda: not processes_of(base))


def test_removed_folder_ends_the_server(base: Path) -> None:
    with scratch_server():
        pass
    shutil.rmtree(folder_in(base))
    assert wait_until(lambda: not processes_of(base))
    assert wait_until(lambda: list(base.iterdir()) == [])


def test_stale_files_of_a_crash_do_not_matter(base: Path) -> None:
    with scratch_server():
        folder = folder_in(base)
        kept = folder.with_name("kept")
        shutil.copytree(folder, kept, ignore=shutil.ignore_patterns(".s.PGSQL.5432"))
    stop_embedded_but(folder, kept)
    with scratch_server() as server, server.database() as url:
        assert setting(url, "fsync") == "off"


def stop_embedded_but(folder: Path, kept: Path) -> None:
    """Stops everything, then puts back what a crash of the machine leaves on a disk."""
    elsewhere = folder.parents[1] / "elsewhere"
    kept.rename(elsewhere)
    stop_embedded()
    folder.parent.mkdir(mode=0o711)
    elsewhere.rename(folder)


def test_socket_path_that_is_too_long(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = base / ("x" * 120)
    long.mkdir(mode=0o711)
    with monkeypatch.context() as patch:
        patch.setenv("SCHEMADIFF_SCRATCH_DIR", str(long))
        with scratch_server() as server, server.database() as url:
            place = Path(setting(url, "unix_socket_directories").strip('"'))
            assert not place.is_relative_to(base)
            assert place.stat().st_mode & 0o777 == 0o700
        stop_embedded()
    assert not place.exists()
    long.rmdir()


def test_stop_ends_a_server_in_use(base: Path) -> None:
    with scratch_server() as server, server.database():
        stop_embedded()
        assert list(base.iterdir()) == []
