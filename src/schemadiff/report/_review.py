"""What ``lint`` found, as one value that every rendering is a function of, like ``_report`` for checks and plans."""

from __future__ import annotations

import inspect
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from ..lint import LEVELS, OFF, Finding, Linted, rules
from ..model import Id
from ..script import Location
from . import words
from ._report import NOWHERE

LINT = "lint"
GRAVEST = tuple(level for level in reversed(LEVELS) if level != OFF)


@dataclass(frozen=True, slots=True)
class Review:
    """What was found in a source or a plan, ``origin``. ``at`` says where its objects stand, ``file`` is its first
    file, '' where it has none."""

    origin: str
    linted: Linted
    at: Mapping[Id, Location] = NOWHERE
    file: str = ""

    def shown_at(self, location: Location | None) -> Location | None:
        """Where a service shows something that stands somewhere, or nowhere: then at the first line."""
        return location or (Location(self.file, 1) if self.file else None)

    def location(self, found: Finding) -> Location | None:
        """Where the object of a finding stands."""
        return self.at.get(found.id)

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """How many findings there are of each level that has any, the gravest first."""
        counted = Counter(f.level for f in self.linted.findings)
        return tuple((level, counted[level]) for level in GRAVEST if counted[level])

    @property
    def groups(self) -> Iterator[tuple[str, str, tuple[Finding, ...]]]:
        """The findings of each rule with its level, the gravest first."""
        for (level, rule), found in groupby(self.linted.findings, key=lambda f: (f.level, f.rule)):
            yield level, rule, tuple(found)

    @property
    def remarks(self) -> Iterator[str]:
        """What is no finding, and should be known: comments that take nothing back, and rules that were not asked."""
        for i in self.linted.idle:
            yield (
                f"{i.file}:{i.line}: ignores {i.rule} of {words.name(i.id)}, where it finds nothing; take the comment out"
            )
        if self.linted.not_asked:
            yield f"a plan file does not say enough for {', '.join(self.linted.not_asked)}; --from SOURCE does"


def page(rule: str) -> str:
    """What docs/lint.md says of a rule: the docstring of its module, which is called like it."""
    assert rule in rules(), f"there is no rule {rule}"
    return inspect.cleandoc(sys.modules[f"{rules.__module__}.{rule.replace('-', '_')}"].__doc__ or "")
