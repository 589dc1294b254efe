"""Diagrams of the SQL beside this file, read once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from schemadiff._diagram import diagram
from schemadiff._pair import pair
from schemadiff.model import Catalog
from schemadiff.report.diagram import build, compare
from schemadiff.report.diagram.model import Diagram
from schemadiff.sources import Reader, source

HERE = Path(__file__).parent
HOSTILE = ('"', "</title><script>alert(1)</script>", "a\tb\nc", "]]>", "%%{init}%%", "e\\", "1st", "\u202ertl",
           "日本語", "--> }", "#quot;", "&amp;", "`$(x)`", "end", "\uffff", "x" * 63)  # fmt: skip
"""Names that mean something in some format."""


@cache
def catalog(name: str, file: str = "schema.sql") -> Catalog:
    return Reader("embedded").read(source(str(HERE / name / file)))


@pytest.fixture(scope="session")
def shop() -> Diagram:
    return build.diagram(catalog("shop"), "shop", views=True)


@pytest.fixture(scope="session")
def change() -> Diagram:
    ends = (source(str(HERE / "change" / file)) for file in ("origin.sql", "schema.sql"))
    before, after = pair(*ends, Reader("embedded")).compared
    return compare.compared(before, after, "origin → schema")


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Diagram:
    """Every hostile name as that of a schema, a table, a column, a constraint and in a comment."""
    quoted = ['"' + name.replace('"', '""') + '"' for name in HOSTILE]
    columns = ", ".join(f"{name} text" for name in quoted)
    statements = []
    for name, text in zip(quoted, HOSTILE, strict=True):
        table = f"{name}.{name}"
        written = text.replace("'", "''")
        statements += [
            f"create schema {name}",
            f"create table {table} (id int primary key, {columns}, constraint {name} check (id > 0))",
            f"create table {name}.other (id int constraint {name} references {table} (id))",
            f"comment on table {table} is '{written}'",
        ]
    path = tmp_path_factory.mktemp("hostile") / "schema.sql"
    path.write_text(";\n".join(statements) + ";\n", encoding="utf-8")
    return diagram(str(path), scratch="embedded")


@pytest.fixture(scope="session", params=["shop", "change", "hostile"])
def drawn(request: pytest.FixtureRequest) -> Diagram:
    """Each of the diagrams."""
    found: Diagram = request.getfixturevalue(request.param)
    return found


type Golden = Callable[[Path, str], None]
