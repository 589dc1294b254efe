"""Small forms of benchmarks/wide.py: what is wide or long is planned there and back, and locks that a server has no room
for end in words."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import psycopg
import pytest
from support.own_server import OwnServer, own_server

import schemadiff
from schemadiff.errors import ApplyError

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
SIZES = {
    "columns": 300,
    "views": 40,
    "partitions": 30,
    "table": 1600,
    "enum": 300,
    "body": 1_000_000,
    "file": 200,
    "schemas": 60,
}
TABLES = 800
"""More than the locks that the server of the test has room for."""


@pytest.fixture(scope="module")
def wide() -> ModuleType:
    sys.path.insert(0, str(BENCHMARKS))
    try:
        spec = importlib.util.spec_from_file_location("wide", BENCHMARKS / "wide.py")
        assert spec is not None
        assert spec.loader is not None
        found = importlib.util.module_from_spec(spec)
        sys.modules["wide"] = found
        spec.loader.exec_module(found)
        return found
    finally:
        sys.path.remove(str(BENCHMARKS))


@pytest.mark.parametrize("name", SIZES)
def test_it_is_planned_there_and_back(
    name: str, wide: ModuleType, tmp_path: Path, binaries: str | None
) -> None:
    sql: Callable[[int, bool], Iterator[str]] = wide.CASES[name].sql
    ends = [tmp_path / "same.sql", tmp_path / "changed.sql"]
    for path, changed in zip(ends, (False, True), strict=True):
        path.write_text("".join(sql(SIZES[name], changed)))
    plan = schemadiff.plan(*map(str, ends), scratch=binaries)
    assert plan.proof is not None
    assert plan.forward.steps
    assert plan.reverse.steps


def test_every_case_has_a_small_form(wide: ModuleType) -> None:
    elsewhere = {"tenants": "tests/tenants", "targets": "tests/cli/test_together.py"}
    assert wide.CASES.keys() == SIZES.keys() | elsewhere.keys()


@pytest.fixture
def narrow() -> Iterator[OwnServer]:
    """A server that has room for some 500 locks."""
    settings = ("max_locks_per_transaction=10", "max_connections=20", "max_worker_processes=0")
    with own_server(*settings, "max_wal_senders=0") as server:
        yield server


def test_a_copy_needs_few_locks_and_a_plan_says_what_it_lacks(narrow: OwnServer, tmp_path: Path) -> None:
    schema = tmp_path / "schema.sql"
    tables = [f"create table t{number} ();" for number in range(TABLES)]
    with narrow.database() as url:
        with psycopg.connect(url, autocommit=True) as connection:
            for table in tables:
                connection.execute(table.encode())
        schema.write_text("\n".join([*tables, "create view v as select 1 as one;"]))
        assert schemadiff.plan(url, str(schema), prove="full", scratch=narrow.url()).proof is not None

        schema.write_text("\n".join(table.replace("()", "(a int)") for table in tables))
        before = schemadiff.read(url)
        with pytest.raises(ApplyError, match=r"(?s)out of shared memory.*Raise the first.*rolled back"):
            schemadiff.apply(url, str(schema))
        assert schemadiff.diff(before, schemadiff.read(url)) == ()
