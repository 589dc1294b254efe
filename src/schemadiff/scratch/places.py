"""Folders: where a scratch server may live, where binaries are kept, and whether a folder can be trusted.

Owns paths and their rights. Starts nothing.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from schemadiff.errors import ScratchError

if TYPE_CHECKING:
    from schemadiff.scratch.processes import User

ROOM = 300 * 1024 * 1024
"""Free bytes that a file system needs to be chosen: a new server takes 30 MB, each database 8 MB."""

MEMORY = Path("/dev/shm")


def bases(user: User) -> list[Path]:
    """The folders in which a server may live, the best first.

    `SCHEMADIFF_SCRATCH_DIR` alone where it is set, else the memory file system and the temporary
    folder. Raises ScratchError when the wished one is not there, or out of the server's user's reach.
    """
    wished = os.environ.get("SCHEMADIFF_SCRATCH_DIR")
    if not wished:
        # The temporary folder of macOS is closed to all but its user.
        disks = [base for base in (Path(tempfile.gettempdir()), Path("/tmp")) if is_usable(base, user)]
        return [base for base in (MEMORY, *disks[:1]) if is_usable(base, user)]
    base = Path(wished).resolve()
    if not is_usable(base, user):
        raise ScratchError(
            f"SCHEMADIFF_SCRATCH_DIR {base}: not a folder that we may write to and that "
            f"the user who runs PostgreSQL (id {user.uid}) may enter. Create it or name another."
        )
    return [base]


def is_usable(base: Path, user: User) -> bool:
    """Whether we may write to a folder and the server's user may pass through it."""
    return base.is_dir() and os.access(base, os.W_OK | os.X_OK) and may_enter(base, user)


def may_enter(path: Path, user: User) -> bool:
    """Whether the user may pass through every folder down to and including this one.

    Groups and access lists are left out: a folder that only they open is treated as closed.
    """
    if not user.drop:
        return True
    real = path.resolve()
    return all(_opens(folder, user) for folder in (real, *real.parents))


def _opens(folder: Path, user: User) -> bool:
    found = folder.stat()
    return bool(found.st_mode & (stat.S_IXUSR if found.st_uid == user.uid else stat.S_IXOTH))


def free_bytes(folder: Path) -> int:
    """Bytes that are free in the folder's file system."""
    return shutil.disk_usage(folder).free


def own_folder(path: Path, mode: int) -> Path:
    """Makes a folder of ours with that mode, or checks that the one that stands there is ours.

    A name in a shared folder can be guessed: one that somebody else put there, or may write to, is
    never used. Raises ScratchError then.
    """
    path.mkdir(mode=0o700, exist_ok=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o022:
        raise ScratchError(
            f"{path} belongs to somebody else or can be written by others, so it cannot be trusted. "
            "Remove it, or set SCHEMADIFF_SCRATCH_DIR (servers) and SCHEMADIFF_CACHE_DIR (binaries)."
        )
    if stat.S_IMODE(found.st_mode) != mode:
        path.chmod(mode)
    return path


def cache_folder() -> Path:
    """Where unpacked binaries are kept between calls: ours alone to write, for all to read when root's.

    `SCHEMADIFF_CACHE_DIR`, else the user's cache folder (for root `/var/cache`, because no other user
    may enter root's home), else a folder in the temporary folder.
    """
    wished = os.environ.get("SCHEMADIFF_CACHE_DIR")
    mode = 0o755 if os.geteuid() == 0 else 0o700
    if wished:
        Path(wished).mkdir(parents=True, exist_ok=True)
        return own_folder(Path(wished).resolve(), mode)
    try:
        folder = _cache_home() / "schemadiff"
        folder.parent.mkdir(parents=True, exist_ok=True)
        own_folder(folder, mode)
        if os.access(folder, os.W_OK):
            return folder
    except (OSError, RuntimeError):
        pass
    return own_folder(Path(tempfile.gettempdir()) / f"schemadiff-cache-{os.geteuid()}", mode)


def _cache_home() -> Path:
    if os.geteuid() == 0:
        return Path("/var/cache")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
