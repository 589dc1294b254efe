"""Drift: how a database differs from the schema that it should have. A value; ``_check`` finds it, ``report`` prints it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._waivers import Waiver
    from .model import Difference


@dataclass(frozen=True, slots=True)
class Tally:
    """For one kind, how many objects match, differ, are missing from the database, or unexpected there. None holds a secret."""

    kind: str
    title: str
    matching: int
    differing: int
    missing: int
    unexpected: int

    @property
    def in_sync(self) -> bool:
        return not (self.differing or self.missing or self.unexpected)


@dataclass(frozen=True, slots=True)
class Waived:
    """A difference with the waiver that is about it."""

    difference: Difference
    waiver: Waiver


@dataclass(frozen=True, slots=True)
class Drift:
    """One database against one target. ``differences`` are sorted by kind and identity: Added is missing
    from the database, Removed unexpected there."""

    database: str
    target: str
    tallies: tuple[Tally, ...]
    differences: tuple[Difference, ...]
    unmodelled: tuple[tuple[str, tuple[str, ...]], ...] = ()
    notes: tuple[str, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()
    """What the scope leaves out of the database, counted by kind."""
    waived: tuple[Waived, ...] = ()
    """Further differences, which a waiver is about that still holds. The tallies count them."""
    expired: tuple[Waived, ...] = ()
    """Those of ``differences`` that a waiver is about which holds no more."""

    @property
    def in_sync(self) -> bool:
        """Whether nothing differs that no waiver is about."""
        return not self.differences


def idle(found: Iterable[Drift], waivers: Iterable[Waiver]) -> tuple[Waiver, ...]:
    """The waivers that are about no difference of any of some databases."""
    used = {w.waiver for drift in found for w in (*drift.waived, *drift.expired)}
    return tuple(w for w in waivers if w not in used)
