"""Which of many cases are asked: ``SCHEMADIFF_EVERY_CASE=1 make test`` asks all of them, and takes a good deal longer."""

from __future__ import annotations

import os
from zlib import crc32

EVERY_CASE = "SCHEMADIFF_EVERY_CASE" in os.environ


def is_asked(name: str, of: int) -> bool:
    """Whether a case is: one of so many always, and the same whatever other cases there are."""
    return EVERY_CASE or crc32(name.encode()) % of == 0
