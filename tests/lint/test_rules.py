"""Each rule with a schema, or a change, in which it finds something and one in which it does not.

    old.sql              what a plan leads from, for rules that look at plans
    bad.sql, good.sql    the schema, or what the plan leads to

The first lines of bad.sql: ``-- finds: …`` names all that is found, ``-- strategy: simple`` is the plan's, and
``-- in a database`` says that no source can hold it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import psycopg
import pytest

from schemadiff._linting import lint_change, lint_source
from schemadiff.lint import OFF, WARNING, Finding, rules
from schemadiff.scratch import ScratchServer
from schemadiff.sources import Reader, source

FOLDER = Path(__file__).parent
SINCE = {"view_bypasses_row_security": 15, "nullable_unique_column": 15}
"""The first major that knows what a case is about."""


@dataclass(frozen=True)
class Case:
    rule: str
    file: str

    def __str__(self) -> str:
        return f"{self.rule}-{self.file}"

    @property
    def path(self) -> Path:
        return FOLDER / self.rule / f"{self.file}.sql"

    @property
    def old(self) -> Path:
        return FOLDER / self.rule / "old.sql"

    @cached_property
    def heads(self) -> list[str]:
        lines = self.path.read_text(encoding="utf-8").split("\n")
        return [line for line in lines if line.startswith("-- ")]

    def said(self, name: str) -> str:
        return next((h.removeprefix(f"-- {name}: ") for h in self.heads if h.startswith(f"-- {name}: ")), "")

    @property
    def finds(self) -> list[str]:
        return sorted(filter(None, self.said("finds").split("; ")))


CASES = [
    Case(path.name, file)
    for path in sorted(FOLDER.glob("*/"))
    if path.name[0] != "_"
    for file in ("bad", "good")
]


def test_every_rule_has_its_cases() -> None:
    assert sorted({case.rule.replace("_", "-") for case in CASES}) == sorted(rules())
    assert [str(case) for case in CASES if not case.path.exists()] == []


def test_every_rule_is_called_like_its_file_and_looks_at_one_thing() -> None:
    assert [r.name for r in rules().values() if (r.schema is None) == (r.plan is None)] == []
    assert [r.name for r in rules().values() if r.needs_ends and r.plan is None] == []


@pytest.mark.parametrize("case", CASES, ids=str)
def test_finds_what_it_should_and_nothing_else(
    case: Case, server: ScratchServer, database: str, binaries: str | None
) -> None:
    if server.major < SINCE.get(case.rule, 0):
        pytest.skip(f"PostgreSQL {server.major} does not know what this is about")
    name = case.rule.replace("_", "-")
    asked = {name: WARNING if rules()[name].level == OFF else rules()[name].level}
    found = [f for f in _found(case, asked, database, Reader(binaries, cached=False)) if f.rule == name]
    assert sorted({str(f.id) for f in found}) == case.finds
    assert (case.file == "bad") == bool(case.finds)
    assert {f.level for f in found} <= set(asked.values())


def _found(case: Case, asked: dict[str, str], database: str, reader: Reader) -> tuple[Finding, ...]:
    if case.old.exists():
        ends = source(str(case.old)), source(str(case.path))
        return lint_change(*ends, reader, asked, strategy=case.said("strategy") or "online").findings
    if "-- in a database" in case.heads:
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute(case.path.read_bytes())
        return lint_source(source(database), reader, asked).findings
    return lint_source(source(str(case.path)), reader, asked).findings
