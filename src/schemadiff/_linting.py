"""What is linted: a source, what a plan from another source to it does, or a plan that was made before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ._api import plan_pair
from ._inside import inside
from ._pair import pair
from ._plan import Plan
from ._scope import EVERYTHING, Scope
from .lint import Linted, Migration, Schema, lint
from .script import Statement
from .sources import Reader, Source


def lint_source(
    wanted: Source, reader: Reader, configured: Mapping[str, str], scope: Scope = EVERYTHING
) -> Linted:
    """What the rules find in a source. Raises what reading it raises, and what ``lint`` does."""
    found = inside(reader.read(wanted), scope)
    return lint(Schema(found, _statements(wanted, reader)), configured=configured)


def lint_change(
    origin: Source,
    wanted: Source,
    reader: Reader,
    configured: Mapping[str, str],
    scope: Scope = EVERYTHING,
    strategy: str | None = None,
) -> Linted:
    """What they find in the proven plan from one source to another, and in the other what the first has not."""
    found = pair(origin, wanted, reader, scope)
    names = str(origin), str(wanted)
    made = plan_pair(found, names, scratch=reader.spec, strategy=strategy)
    before, after = found.compared
    linted = lint(Schema(after, _statements(wanted, reader)), Migration(made, (before, after)), configured)
    old = Schema(replace(before, lint_ignores=()), _statements(origin, reader))
    known = {(f.rule, f.id) for f in lint(old, configured=configured).findings}
    new = tuple(f for f in linted.findings if (f.rule, f.id) not in known)
    return replace(linted, findings=new, known=len(linted.findings) - len(new))


def lint_plan(plan: Plan, configured: Mapping[str, str]) -> Linted:
    """What they find in the forward steps of a plan."""
    return lint(None, Migration(plan), configured)


def _statements(wanted: Source, reader: Reader) -> tuple[Statement, ...]:
    return reader.files(wanted).read().statements if wanted.in_files else ()
