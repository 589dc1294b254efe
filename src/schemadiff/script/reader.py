"""Where the bytes of files come from. Owns no file: a disk, a git revision or a text is behind it (``files``)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


class Outside(FileNotFoundError):
    """A file that is out of bounds, whether it is there or not."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Where files come from: bytes of a path (``OSError`` where there is none), how a path is shown to
    people, and its name in the digest."""

    read: Callable[[str], bytes]
    show: Callable[[str], str] = str
    name: Callable[[str], str] = str
