"""Which database a command means: argument, configuration, DATABASE_URL, libpq's variables, in that order."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemadiff.cli._targets import chosen
from schemadiff.config import Config, Target, load
from schemadiff.errors import UsageError

CONFIG = Config(targets=(Target("main", "postgresql:///main"), Target("test", url_env="TEST_URL")))


def names(urls: list[str], targets: list[str]) -> list[tuple[str, str]]:
    return [(found.name, found.text) for found in chosen(urls, targets, CONFIG)]


def test_order(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError):
        names([], [])
    monkeypatch.setenv("PGHOST", "db.example")
    monkeypatch.setenv("PGDATABASE", "shop")
    assert names([], []) == [("postgresql://db.example/shop", "postgresql://")]
    monkeypatch.setenv("PGSERVICE", "prod")
    assert names([], []) == [("service prod", "postgresql://")]
    monkeypatch.setenv("DATABASE_URL", "postgres://u:secret@h/env")
    assert names([], []) == [("postgresql://u@h/env", "postgres://u:secret@h/env")]
    assert names([], ["main"]) == [("main", "postgresql:///main")]
    monkeypatch.setenv("TEST_URL", "postgresql:///t")
    assert names(["postgresql+psycopg://u:p@h/a"], ["test"]) == [
        ("postgresql://u@h/a", "postgresql://u:p@h/a"),
        ("test", "postgresql:///t"),
    ]


def test_no_password_in_a_value_that_is_shown() -> None:
    assert "secret" not in repr(chosen(["postgresql://u:secret@h/x"], [], CONFIG))
    assert "secret" not in repr(Target("main", "postgresql://u:secret@h/x"))


def test_configuration_is_found_upward(folder: Path) -> None:
    (folder / "pyproject.toml").write_text(
        '[tool.schemadiff]\nschema = "db/schema.sql"\nscratch = "embedded"\n'
    )
    (folder / "db").mkdir()
    (folder / "db" / "schema.sql").write_text("select 1;")
    below = folder / "src" / "app"
    below.mkdir(parents=True)
    assert load(folder).schema == "db/schema.sql"
    found = load(below)
    assert (found.schema, found.scratch, found.snapshots) == (
        "../../db/schema.sql",
        "embedded",
        "../../snapshots",
    )
    (folder / "schemadiff.toml").write_text('schema = "empty"\n')
    assert load(below).schema == "empty"


def test_a_pyproject_without_our_table_is_passed_over(folder: Path) -> None:
    (folder / "schemadiff.toml").write_text('schema = "git:HEAD:a.sql"\n')
    below = folder / "app"
    below.mkdir()
    (below / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert load(below).schema == "git:HEAD:a.sql"
