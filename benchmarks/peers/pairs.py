"""What every tool is given: pairs of schemas, those of the folder `pairs` and generated ones.

A folder has `old.sql`, `new.sql` whose first line says what changes, and `rows.sql` where there are rows to lose.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.generate import schema

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent / "pairs"
DEMO = ROOT / "src" / "schemadiff" / "demo"
CHANGED = 20
SIZES = (200, 1_000)


@dataclass(frozen=True)
class Pair:
    """Two schemas as SQL, and the rows that the first one holds."""

    name: str
    says: str
    old: str
    new: str
    rows: str = ""
    tables: int = 0
    """How many tables a generated one has."""


def pairs() -> Iterator[Pair]:
    yield demo()
    for folder in sorted(FOLDER.iterdir()):
        yield from_folder(folder)
    for tables in SIZES:
        yield generated(tables)


def demo() -> Pair:
    old, new = (DEMO / "before.sql").read_text(), (DEMO / "schema.sql").read_text()
    return Pair("course-platform", "The demo's course platform gets video storage", old, new)


def from_folder(folder: Path) -> Pair:
    rows = folder / "rows.sql"
    new = (folder / "new.sql").read_text()
    says = new.partition("\n")[0].removeprefix("-- ")
    old = (folder / "old.sql").read_text()
    return Pair(folder.name, says, old, new, rows.read_text() if rows.exists() else "")


def generated(tables: int) -> Pair:
    says = f"{tables:,} tables, {CHANGED} of which get a column"
    return Pair(_generated(tables), says, schema(tables), schema(tables, changed=CHANGED), tables=tables)


def smaller(pair: Pair) -> list[str]:
    """The names of the generated pairs with fewer tables than this one has."""
    return [_generated(tables) for tables in SIZES if tables < pair.tables]


def _generated(tables: int) -> str:
    return f"tables-{tables}"
