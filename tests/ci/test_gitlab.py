"""The template of GitLab: its form, and its script as a runner runs it."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from lxml import etree

from .conftest import ROOT, Judge, Project

FILE = ROOT / "ci" / "gitlab.yml"


@pytest.fixture(scope="module")
def job() -> dict[str, Any]:
    found = yaml.safe_load(FILE.read_text())[".schemadiff"]
    assert isinstance(found, dict)
    return found


def test_it_is_a_template(judge: Judge) -> None:
    assert judge("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", str(FILE)) == ""


def test_scripts_are_clean(job: dict[str, Any], judge: Judge) -> None:
    found = [
        judge("shellcheck", "--shell=sh", "-", text=text) for text in (*job["before_script"], *job["script"])
    ]
    assert found == ["", ""]


@pytest.mark.parametrize(
    ("said", "code", "failures"),
    [
        ({"DATABASE_URL": "same"}, 0, 0),
        ({"DATABASE_URL": "drifted"}, 2, 1),
        ({"SCHEMADIFF_ARGUMENTS": "--target same --target drifted"}, 2, 1),
        ({"DATABASE_URL": "drifted", "SCHEMADIFF_COMMAND": "plan"}, 0, 0),
    ],
)
def test_it_runs(
    job: dict[str, Any], project: Project, said: dict[str, str], code: int, failures: int
) -> None:
    urls = {"same": project.same, "drifted": project.drifted}
    variables = job["variables"] | {"SCHEMADIFF_VERSION": "installed"}
    variables |= {name: urls.get(value, value) for name, value in said.items()}
    for script in (*job["before_script"], *job["script"]):
        done = project.run("sh", "-e", "-c", script, **variables)
    assert done.returncode == code, done.stderr
    kept = [*job["artifacts"]["paths"], job["artifacts"]["reports"]["junit"]]
    assert [name for name in kept if not (project.folder / name).exists()] == []
    assert len(etree.parse(project.folder / "schemadiff.xml").findall(".//failure")) == failures


def test_what_is_installed(job: dict[str, Any], project: Project) -> None:
    for version, wanted in (("", "schemadiff[diagram]"), ("0.1.0", "schemadiff[diagram]==0.1.0")):
        script = f'pip() {{ echo "$@"; }}\n{job["before_script"][0]}'
        assert project.run("sh", "-e", "-c", script, SCHEMADIFF_VERSION=version).stdout.split()[-1] == wanted
