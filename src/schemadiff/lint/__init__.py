"""What is unwise in a schema, or in a plan, though PostgreSQL takes it. Reads values; opens and runs nothing.

One file a rule, found by looking; its docstring is its page in docs/lint.md. Rules that other linters of this field
have are called what they are called there.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType

from ..errors import LoadError, UsageError
from ..model import Catalog, Id, LintIgnore
from ._rule import ERROR, LEVELS, NOTE, OFF, WARNING, Finding, Found, Migration, Rule, Schema

__all__ = [
    "ERROR",
    "LEVELS",
    "NOTE",
    "OFF",
    "WARNING",
    "Finding",
    "Found",
    "Linted",
    "Migration",
    "Rule",
    "Schema",
    "levels",
    "lint",
    "rules",
]


@cache
def rules() -> Mapping[str, Rule]:
    """The rules by name, sorted."""
    modules = sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))
    found: list[Rule] = [importlib.import_module(f"{__name__}.{name}").RULE for name in modules]
    return MappingProxyType({r.name: r for r in sorted(found, key=lambda r: r.name)})


@dataclass(frozen=True, slots=True)
class Linted:
    """``findings`` are sorted: the gravest first, then by rule. ``ignored`` are those that a comment of the source takes
    back, ``idle`` the comments that take nothing back, ``not_asked`` the rules that need more than there was. ``known``
    counts what is left out because it was found before the plan too."""

    findings: tuple[Finding, ...]
    ignored: tuple[tuple[Finding, LintIgnore], ...] = ()
    idle: tuple[LintIgnore, ...] = ()
    not_asked: tuple[str, ...] = ()
    known: int = 0

    @property
    def failed(self) -> bool:
        """Whether there is an error among the findings."""
        return any(f.level == ERROR for f in self.findings)


def levels(configured: Mapping[str, str]) -> Mapping[str, str]:
    """The level of each rule. Raises UsageError for a rule that there is not, or a level."""
    for name, level in configured.items():
        if name not in rules():
            raise UsageError(f"lint: there is no rule {name!r}{_meant(name)}")
        if level not in LEVELS:
            raise UsageError(f"lint: {name} = {level!r}: write one of {', '.join(LEVELS)}")
    return {name: configured.get(name, rule.level) for name, rule in rules().items()}


def lint(
    schema: Schema | None,
    migration: Migration | None = None,
    configured: Mapping[str, str] = MappingProxyType({}),
) -> Linted:
    """What the rules find in a schema, in a plan, or in both; ``configured`` are levels of rules by name.

    Raises UsageError for a rule or level that the configuration cannot mean, LoadError where a comment of the source
    ignores a rule that there is not."""
    level = levels(configured)
    catalog = schema.catalog if schema else migration.ends[1] if migration and migration.ends else None
    ignores = catalog.lint_ignores if catalog else ()
    _ensure_known(ignores)
    asked = [r for r in rules().values() if level[r.name] != OFF and _can(r, schema, migration)]
    found = sorted(
        (
            Finding(r.name, level[r.name], f.id, f.message, f.fix, f.about)
            for r in asked
            for f in _asked(r, schema, migration)
        ),
        key=lambda f: (-LEVELS.index(f.level), f.rule, f.id.path, f.id.kind, f.message),
    )
    taken = [(f, _ignoring(f, ignores, catalog)) for f in found]
    used, names = {i for _, mine in taken for i in mine}, {r.name for r in asked}
    return Linted(
        tuple(f for f, mine in taken if not mine),
        tuple((f, mine[0]) for f, mine in taken if mine),
        tuple(i for i in ignores if i not in used and i.rule in names and catalog and i.id in catalog.facts),
        tuple(_not_asked(level, migration)),
    )


def _can(rule: Rule, schema: Schema | None, migration: Migration | None) -> bool:
    if rule.schema is not None:
        return schema is not None
    return migration is not None and (migration.ends is not None or not rule.needs_ends)


def _asked(rule: Rule, schema: Schema | None, migration: Migration | None) -> Iterable[Found]:
    if rule.schema is not None and schema is not None:
        return rule.schema(schema)
    return rule.plan(migration) if rule.plan is not None and migration is not None else ()


def _not_asked(level: Mapping[str, str], migration: Migration | None) -> Iterator[str]:
    """The rules that look at a plan, and at more than this one holds."""
    if migration is not None and migration.ends is None:
        yield from (r.name for r in rules().values() if r.needs_ends and level[r.name] != OFF)


def _ensure_known(ignores: Iterable[LintIgnore]) -> None:
    for i in ignores:
        if i.rule not in rules():
            said = f"{i.file}:{i.line}: there is no rule {i.rule!r}{_meant(i.rule)}; docs/lint.md lists them"
            raise LoadError(said, file=i.file, line=i.line)


def _meant(name: str) -> str:
    close = get_close_matches(name, rules(), n=1)
    return f"; is {close[0]} meant?" if close else ""


def _ignoring(
    finding: Finding, ignores: Iterable[LintIgnore], catalog: Catalog | None
) -> tuple[LintIgnore, ...]:
    """The comments that take a finding back."""
    mine = [i for i in ignores if i.rule == finding.rule]
    if not mine or catalog is None:
        return ()
    above = {a for i in (finding.id, *finding.about) for a in (i, *catalog.upwards(i))}
    return tuple(i for i in mine if i.id in above or _leads_through(finding.id, i.id))


def _leads_through(i: Id, other: Id) -> bool:
    """Whether an object that is no more was part of another one."""
    return len(other.path) > 1 and len(i.path) > len(other.path) and i.path[: len(other.path)] == other.path
