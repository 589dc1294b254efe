"""The witness: whether pg_dump sees what the catalogs show.

A check compares catalogs that this tool has read. The witness compares what pg_dump writes of the same database and
of the same target, and shares nothing with the reading and comparing of catalogs: where one of them sees a
difference and the other does not, one is wrong, and a check that says so is worth more than one that is in sync.
"""

from __future__ import annotations

from ._asking import asked
from ._verdict import Testimony, ensure_agreed, said

__all__ = ["Testimony", "asked", "ensure_agreed", "said"]
