"""``docs/cli.md`` says what the command line says."""

from __future__ import annotations

from pathlib import Path

from schemadiff.cli._docs import reference

PAGE = Path(__file__).parents[2] / "docs" / "cli.md"


def test_the_reference_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(), (
        "run: python -m schemadiff.cli._docs > docs/cli.md"
    )
