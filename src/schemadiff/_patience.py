"""How long an apply waits, and for what. Opens no database and sleeps nowhere."""

from __future__ import annotations

from dataclasses import dataclass

from .errors import UsageError

UNITS = {"ms": 0.001, "s": 1.0, "min": 60.0, "h": 3600.0}
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
SPREAD = (0.5, 1.5)
WAITING = 0.8


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an apply waits, in seconds; 0 is no limit for the two that PostgreSQL keeps.

    ``lock_timeout`` is how long others may have to wait behind a transaction of a plan that waits for locks, before
    it lets them pass and tries again; ``retries`` how often it does so. ``statement_timeout`` is how long a step may
    run, ``wait`` how long another apply to the same database is waited for.
    https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT"""

    lock_timeout: float = 3.0
    statement_timeout: float = 0.0
    retries: int = 10
    wait: float = 0.0

    @property
    def waiting(self) -> float:
        """Seconds that a transaction waits for all of its locks together; the rest is for what it does."""
        return self.lock_timeout * WAITING

    def pause(self, tries: int) -> float:
        """Seconds between a try and the next, given how many there were: ever longer, and never twice the same,
        so that two who stand in each other's way part."""
        import random

        return min(FIRST_PAUSE * 2.0 ** min(tries - 1, 10), LONGEST_PAUSE) * random.uniform(*SPREAD)


DEFAULT = Patience()


def duration(text: str, name: str) -> float:
    """Seconds of a time with its unit, such as ``500ms``, ``3s``, ``10min``, ``1h``; ``0`` needs none.

    Raises UsageError with ``name``, the setting that it is for."""
    number = text.rstrip("abcdefghijklmnopqrstuvwxyz ")
    unit = text[len(number) :].strip()
    try:
        amount = float(number)
    except ValueError:
        amount = -1.0
    if not 0 <= amount < 1e6 or (unit not in UNITS and (unit or amount)):
        raise UsageError(f"{name} {text!r}: not a time; write it with its unit, such as 500ms, 3s or 10min")
    return amount * UNITS.get(unit, 0.0)


def milliseconds(seconds: float) -> str:
    """A time as PostgreSQL takes it for a setting. What is more than nothing stays so: 0 is no limit."""
    return f"{max(round(seconds * 1000), 1 if seconds else 0)}ms"
