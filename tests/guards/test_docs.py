"""The pages that are made from the code say what the code says."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from schemadiff.hazards import hazards
from schemadiff.kinds import kinds
from schemadiff.lint import rules

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def docs() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs", ROOT / "scripts" / "docs.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_pages_are_up_to_date(docs: ModuleType) -> None:
    assert docs.stale() == [], "run python scripts/docs.py"


def test_every_kind_has_its_row_and_its_section(docs: ModuleType) -> None:
    engine, pages = docs.engine_page(), docs.kinds_page()
    assert [k.title for k in kinds().values() if f"| {k.title} |" not in engine] == []
    assert [k.name for k in kinds().values() if f"Kind `{k.name}`" not in pages] == []


def test_every_hazard_has_its_page_and_its_file(docs: ModuleType) -> None:
    page = docs.hazards_page()
    assert [n for n in hazards() if f"\n## {n}\n\n" not in page] == []
    assert [h.name for h in hazards().values() if "**What to do.**" not in docs.doc_of(h)] == []


def test_every_rule_of_lint_has_its_page_and_its_file(docs: ModuleType) -> None:
    page = docs.lint_page()
    assert [n for n in rules() if f"\n## {n}\n\n" not in page] == []
    assert [r.name for r in rules().values() if "**What to do.**" not in docs.doc_of(r)] == []


def test_links_between_pages_lead_somewhere() -> None:
    links = {
        (page.name, target)
        for page in (ROOT / "docs").glob("*.md")
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    }
    assert {(page, target) for page, target in links if not (ROOT / "docs" / target).exists()} == set()
