"""Every schema: its dump loads to the same, it does not differ from itself, and the order of statements says nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from kinds.case import FOLDER, Case, cases
from support.every import is_asked
from support.schemas import Whole

import schemadiff
from schemadiff.scratch import ScratchServer

EXAMPLES = sorted((Path(schemadiff.__file__).parent / "demo").glob("*.sql"))
ROLES = ("owner_of_it", "Reader's")
ALWAYS = 24
"""Each takes two seconds, and there are hundreds: one of so many is always asked."""


@pytest.fixture(scope="module")
def whole(server: ScratchServer) -> Whole:
    return Whole.of(server)


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_example(file: Path, whole: Whole) -> None:
    assert list(whole.faults(file.read_text(encoding="utf-8"))) == []


def test_everything(whole: Whole) -> None:
    whole.server.ensure_roles(ROLES)
    whole.server.ensure_tablespaces(["Other disk"])
    assert list(whole.faults((FOLDER / "everything.sql").read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("case", [case for case in cases() if is_asked(str(case), ALWAYS)], ids=str)
def test_case(case: Case, whole: Whole) -> None:
    if whole.server.major < case.expect.get("min_version", 0):
        pytest.skip(f"needs PostgreSQL {case.expect['min_version']}, the server is {whole.server.major}")
    if case.expect.get("labels"):
        pytest.skip("a dump has the labels of the session that loads it")
    whole.server.ensure_roles(case.roles)
    whole.server.ensure_tablespaces(case.tablespaces)
    alike = "unlike_dump" not in case.expect
    assert list(whole.faults(case.target, dumps_alike=alike, ordered="ordered" in case.expect)) == []
