"""Where throw-away databases come from: the embedded server, binaries of a major, a given URL.

Owns servers, their folders and processes, and the life of a scratch database. Knows nothing of what
is loaded into one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._lazy import loading

if TYPE_CHECKING:
    from .acquire import scratch_server, stop_embedded
    from .binaries import install
    from .dumps import dumper, pg_dump
    from .server import ScratchServer
    from .spec import is_given, is_sandbox, sandboxed

__all__ = [
    "ScratchServer",
    "dumper",
    "install",
    "is_given",
    "is_sandbox",
    "pg_dump",
    "sandboxed",
    "scratch_server",
    "stop_embedded",
]

__getattr__ = loading(
    __name__,
    {
        "acquire": ("scratch_server", "stop_embedded"),
        "binaries": ("install",),
        "dumps": ("dumper", "pg_dump"),
        "server": ("ScratchServer",),
        "spec": ("is_given", "is_sandbox", "sandboxed"),
    },
)
