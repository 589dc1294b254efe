"""Where throw-away databases come from: the embedded server, binaries of a major, a given URL.

Owns servers, their folders and processes, and the life of a scratch database. Knows nothing of what
is loaded into one.
"""

from __future__ import annotations

from schemadiff.scratch.acquire import scratch_server, stop_embedded
from schemadiff.scratch.binaries import install
from schemadiff.scratch.sandbox import is_sandbox, sandboxed
from schemadiff.scratch.server import ScratchServer

__all__ = ["ScratchServer", "install", "is_sandbox", "sandboxed", "scratch_server", "stop_embedded"]
