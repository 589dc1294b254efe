"""Walks the folders of ``cases``: old.sql, new.sql with directives, rows.sql, and in expect.toml

    same_rows   false where the values themselves change: labels of enums, columns that come and go
    after       queries with what they print after the forward steps; back: after the reverse
    restores    the grade of the reverse, by default lossless
    min_version the first major on which PostgreSQL renames what the case is about

A first line ``-- roles: a, b`` in old.sql names the roles that it needs.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from support.programs import Programs

from schemadiff.scratch import ScratchServer

from .walk import there_and_back

CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if path.is_dir())


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_case(folder: Path, server: ScratchServer, programs: Programs, binaries: str | None) -> None:
    old, expect = (folder / "old.sql").read_text(encoding="utf-8"), expected(folder)
    if server.major < expect.get("min_version", 0):
        pytest.skip(f"needs PostgreSQL {expect['min_version']}, the server is {server.major}")
    head = old.partition("\n")[0]
    if head.startswith("-- roles: "):
        server.ensure_roles(head.removeprefix("-- roles: ").split(", "))
    rows = folder / "rows.sql"
    plan = there_and_back(
        old,
        folder / "new.sql",
        server,
        programs,
        binaries,
        rows=rows.read_text(encoding="utf-8") if rows.exists() else "",
        same_rows=expect.get("same_rows", True),
        after=expect.get("after", ()),
        back=expect.get("back", ()),
    )
    assert plan.restores == expect.get("restores", "lossless")
    if expect.get("same_rows", True):
        assert not [s.sql for s in plan.forward.steps if "DELETES_DATA" in s.hazards]


def expected(folder: Path) -> dict[str, Any]:
    file = folder / "expect.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
