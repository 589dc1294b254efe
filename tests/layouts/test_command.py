"""``plan --format`` with the name of a migration tool."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from schemadiff.cli import run
from schemadiff.scratch import ScratchServer


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def url(folder: Path, server: ScratchServer) -> Iterator[str]:
    (folder / "schema.sql").write_text("create table t (a integer);")
    with server.database() as url:
        yield url


def test_it_needs_a_folder(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plan", url, "--to", "schema.sql", "--format", "flyway"]) == 64
    assert "give the folder of your migrations with --out" in capsys.readouterr().err


def test_files_and_the_text(url: str, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    (folder / "db").mkdir()
    (folder / "db" / "0041_x.up.sql").touch()
    arguments = [
        "plan",
        url,
        "--to",
        "schema.sql",
        "--format",
        "golang-migrate",
        "--out",
        "db",
        "--name",
        "t",
    ]
    assert run(arguments) == 0
    said = capsys.readouterr()
    assert said.err == "wrote db/0042_t.up.sql\nwrote db/0042_t.down.sql\n"
    assert "create table" in said.out
    assert "create table" in (folder / "db" / "0042_t.up.sql").read_text()


def test_a_secret_is_only_ours_to_read(url: str, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    (folder / "schema.sql").write_text("""
        create foreign data wrapper w; create server s foreign data wrapper w;
        create user mapping for public server s options (password 's3cret');
    """)
    assert run(["plan", url, "--to", "schema.sql", "--format", "alembic", "--out", "versions"]) == 0
    said = capsys.readouterr()
    (path,) = (folder / "versions").iterdir()
    assert "s3cret" in path.read_text()
    assert os.stat(path).st_mode & 0o777 == 0o600
    assert "only you may read it" in said.err
    assert "s3cret" not in said.out + said.err
