"""What the rows of a database answered to the questions of a plan. Values only; ``_preflight`` asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

FAILS: Final = "fails"
"""The step cannot run: these rows are in its way."""
LOSES: Final = "loses"
"""The step runs, and these rows or values go, or come out changed."""
UNKNOWN: Final = "unknown"
"""Nobody can say: too slow, no right to look, or PostgreSQL cannot evaluate the question yet."""
OUTCOMES = (FAILS, LOSES, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Asking:
    """How rows are asked: ``timeout`` seconds for each question, 0 to ask none; and whether ``examples`` of their
    values may be told."""

    timeout: float = 5.0
    examples: bool = True


DEFAULT_ASKING = Asking()


@dataclass(frozen=True, slots=True)
class Finding:
    """An answer to tell about step ``step``, from 1. ``outcome`` is fails, loses or unknown, ``look`` a query that
    shows the rows, ``examples`` some of their values, cut."""

    step: int
    outcome: str
    text: str
    look: str
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preflight:
    """How many questions were asked, and the answers worth telling."""

    asked: int
    findings: tuple[Finding, ...]

    @property
    def failing(self) -> Sequence[Finding]:
        """Those that would stop a step."""
        return [f for f in self.findings if f.outcome == FAILS]

    def of(self, step: int) -> Sequence[Finding]:
        """Those of one step, from 1."""
        return [f for f in self.findings if f.step == step]
