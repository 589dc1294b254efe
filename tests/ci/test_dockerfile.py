"""The Dockerfile: what it copies is there and is enough, and what it runs is what the package brings."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from .conftest import ROOT, Judge

FILE = ROOT / "Dockerfile"


@pytest.fixture(scope="module")
def lines() -> list[tuple[str, str]]:
    """Instructions with what follows them, continued lines put together."""
    text = "\n".join(line for line in FILE.read_text().splitlines() if not line.startswith("#"))
    found = [line.split(maxsplit=1) for line in text.replace("\\\n", " ").splitlines() if line.strip()]
    return [(name, rest) for name, rest in found]


@pytest.fixture(scope="module")
def copied(lines: list[tuple[str, str]]) -> list[str]:
    """The paths that come from the repository."""
    rests = [rest.split() for name, rest in lines if name == "COPY" and not rest.startswith("--from")]
    return [path for rest in rests for path in rest[:-1]]


def test_hadolint_has_no_complaint(judge: Judge) -> None:
    assert judge("hadolint", str(FILE)) == ""


def test_what_is_copied_is_in_the_context(copied: list[str]) -> None:
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert ignored[0] == "*"
    assert [path for path in copied if not (ROOT / path).exists() or f"!{path}" not in ignored] == []


def test_what_is_copied_makes_the_whole_package(copied: list[str], tmp_path: Path) -> None:
    """A wheel of these files alone has every file of the package in it."""
    for path in copied:
        copy = shutil.copytree if (ROOT / path).is_dir() else shutil.copy
        copy(ROOT / path, tmp_path / path)
    for made in (*tmp_path.glob("src/*.egg-info"), *tmp_path.glob("src/**/__pycache__")):
        shutil.rmtree(made)
    build = "from setuptools.build_meta import build_wheel; build_wheel('.')"
    subprocess.run(
        [sys.executable, "-c", build], cwd=tmp_path, check=True, capture_output=True, env=os.environ
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    files = {
        str(p.relative_to(tmp_path / "src"))
        for p in (tmp_path / "src" / "schemadiff").rglob("*")
        if p.is_file()
    }
    assert files - names == set()


def test_what_it_installs_and_starts_is_declared(lines: list[tuple[str, str]]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    installed = next(rest for name, rest in lines if name == "RUN" and "pip install" in rest)
    assert installed.endswith("'.[diagram]'")
    assert "diagram" in project["optional-dependencies"]
    assert ("ENTRYPOINT", '["schemadiff"]') in lines
    assert "schemadiff" in project["scripts"]


def test_it_runs_as_nobody_special(lines: list[tuple[str, str]]) -> None:
    found = [
        lines.index(line)
        for line in (
            ("ARG", "UID=1000"),
            ("RUN", 'useradd --create-home --uid "$UID" schemadiff'),
            ("USER", "$UID"),
            ("ENTRYPOINT", '["schemadiff"]'),
        )
    ]
    assert found == sorted(found)


def test_every_base_is_of_a_python_that_the_project_takes(lines: list[tuple[str, str]]) -> None:
    bases = [rest.split()[0] for name, rest in lines if name == "FROM"]
    known = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["classifiers"]
    versions = {base.removeprefix("python:").partition("-")[0] for base in bases}
    assert [v for v in versions if f"Programming Language :: Python :: {v}" not in known] == []
