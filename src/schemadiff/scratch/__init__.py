"""Where throw-away databases come from: the embedded server, binaries of a major, a given URL.

Owns servers, their folders and processes, and the life of a scratch database. Knows nothing of what
is loaded into one.
"""

from __future__ import annotations

from schemadiff.scratch.acquire import scratch_server, stop_embedded
from schemadiff.scratch.binaries import install
from schemadiff.scratch.dumps import dumper, pg_dump
from schemadiff.scratch.sandbox import is_sandbox, sandboxed
from schemadiff.scratch.server import ScratchServer

__all__ = [
    "ScratchServer",
    "dumper",
    "install",
    "is_sandbox",
    "pg_dump",
    "sandboxed",
    "scratch_server",
    "stop_embedded",
]
