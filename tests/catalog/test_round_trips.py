"""How often a check waits for a server that is far away: each time costs what lies between."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from support.distance import distance

import schemadiff
from schemadiff.catalog import _ask

MOST, KEPT = 12, 3
"""A check that reads everything, and one whose verdict was kept."""
SCHEMA = "create table t (id int primary key, name text not null default 'x'); create view v as select id from t;\n"


@pytest.fixture
def database(apart: str) -> str:
    return apart


@pytest.fixture
def schema(database: str, tmp_path: Path) -> Path:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(SCHEMA.encode())
    found = tmp_path / "schema.sql"
    found.write_text(SCHEMA)
    return found


def test_a_check_takes_few_round_trips(database: str, schema: Path) -> None:
    """It finds no difference and keeps the verdict, and then the verdict holds."""
    schemadiff.check(database, str(schema))  # compiles the schema
    with distance(database) as far:
        assert schemadiff.check(far.url, str(schema)).in_sync
        first = far.trips
        assert schemadiff.check(far.url, str(schema)).in_sync
        assert far.connections == 2
        assert first <= MOST
        assert far.trips - first <= KEPT


def test_a_large_schema_takes_few_over_each_connection(
    database: str, schema: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_ask, "SHARED", "select pg_export_snapshot()")
    with distance(database) as far:
        assert schemadiff.check(far.url, str(schema)).in_sync
        assert far.connections == 2
        assert far.trips <= 2 * MOST
