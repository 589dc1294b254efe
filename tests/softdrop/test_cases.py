"""Walks the folders of ``cases``: old.sql, new.sql, rows.sql, and after.sql, what new code does meanwhile.

A first line ``-- roles: a, b`` in old.sql names the roles that it needs. A file ``loses`` says that something is
dropped after all, and why; ``unlike_dump`` why no statement leads back to the same text of pg_dump.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from support.every import is_asked
from support.programs import Programs

from schemadiff.scratch import ScratchServer

from .walk import there_and_back

CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if path.is_dir())
ALSO_SIMPLE = 4
"""One case of so many is always walked with the simple strategy too."""
WALKED = [
    *((folder, "online") for folder in CASES),
    *((folder, "simple") for folder in CASES if is_asked(folder.name, ALSO_SIMPLE)),
]


@pytest.mark.parametrize(("folder", "strategy"), WALKED, ids=lambda value: getattr(value, "name", value))
def test_case(folder: Path, strategy: str, server: ScratchServer, programs: Programs) -> None:
    old = text(folder / "old.sql")
    head = old.partition("\n")[0]
    if head.startswith("-- roles: "):
        server.ensure_roles(head.removeprefix("-- roles: ").split(", "))
    loses = folder / "loses"
    plan = there_and_back(
        old,
        folder / "new.sql",
        server,
        programs,
        rows=text(folder / "rows.sql"),
        after=text(folder / "after.sql"),
        strategy=strategy,
        loses=loses.exists(),
        unlike_dump=(folder / "unlike_dump").exists(),
    )
    if loses.exists():
        assert any(text(loses).strip() in note for note in plan.notes)


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
