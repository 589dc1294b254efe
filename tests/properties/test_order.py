"""The same catalogs give the same bytes, in whatever order their facts and edges come."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

import schemadiff
from schemadiff._draft import draft
from schemadiff.catalog import from_json, to_json
from schemadiff.model import Catalog, Facts
from schemadiff.scratch import ScratchServer

DEMO = Path(schemadiff.__file__).parent / "demo"
CASES = Path(__file__).parent.parent / "kinds"
PAIRS = {
    "example": (DEMO / "before.sql", DEMO / "schema.sql"),
    **{
        name: (CASES / name / "old.sql", CASES / name / "new.sql")
        for name in (
            "enum/remove_with_dependents",
            "column/type_with_dependents",
            "partition/create",
            "index/changed",
        )
    },
}
OTHER_PROCESS = """
import sys
from pathlib import Path
from schemadiff._draft import draft
from schemadiff.catalog import from_json
a, b = (from_json(Path(name).read_text()) for name in sys.argv[1:])
made = draft(a, b, ("a", "b")).finished()
sys.stdout.write(made.forward.sql + made.reverse.sql)
"""


@pytest.fixture(scope="module", params=PAIRS)
def pair(request: pytest.FixtureRequest, server: ScratchServer) -> tuple[Catalog, Catalog]:
    before, after = (loaded(server, path) for path in PAIRS[request.param])
    return before, after


def loaded(server: ScratchServer, path: Path) -> Catalog:
    with server.database() as url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(path.read_bytes())
        return schemadiff.read(url)


def test_shuffled_catalogs_give_the_same_plan(pair: tuple[Catalog, Catalog]) -> None:
    wanted = written(*pair)
    assert wanted.count(";") > 2
    for seed in range(5):
        assert written(*(shuffled(catalog, seed) for catalog in pair)) == wanted


def written(before: Catalog, after: Catalog) -> str:
    made = draft(before, after, ("a", "b")).finished()
    return made.forward.sql + made.reverse.sql


def shuffled(catalog: Catalog, seed: int) -> Catalog:
    mixed = random.Random(seed)
    facts, edges = list(catalog.facts.values()), sorted(catalog.edges)
    mixed.shuffle(facts)
    mixed.shuffle(edges)
    return replace(catalog, facts=Facts.of(facts), edges=frozenset(edges))


def test_other_processes_give_the_same_plan(pair: tuple[Catalog, Catalog], tmp_path: Path) -> None:
    """Sets of names have another order in each process."""
    files = [tmp_path / "a.json", tmp_path / "b.json"]
    for file, catalog in zip(files, pair, strict=True):
        file.write_text(to_json(catalog), encoding="utf-8")
    wanted = written(*(from_json(file.read_text(encoding="utf-8")) for file in files))
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", OTHER_PROCESS, *map(str, files)],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True, text=True, encoding="utf-8", check=True,
        )  # fmt: skip
        assert done.stdout == wanted
