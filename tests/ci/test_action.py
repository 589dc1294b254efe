"""The composite action of GitHub: its form, and its scripts as a runner runs them."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from .conftest import ROOT, Judge, Project

FILE = ROOT / "ci" / "action.yml"
BASH = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c")


@pytest.fixture(scope="module")
def action() -> dict[str, Any]:
    found = yaml.safe_load(FILE.read_text())
    assert isinstance(found, dict)
    return found


def step(action: dict[str, Any], name: str) -> dict[str, Any]:
    return next(step for step in action["runs"]["steps"] if step.get("id") == name)


def scripts(action: dict[str, Any]) -> list[str]:
    return [step["run"] for step in action["runs"]["steps"] if "run" in step]


def test_it_is_an_action(judge: Judge) -> None:
    assert judge("check-jsonschema", "--builtin-schema", "vendor.github-actions", str(FILE)) == ""


def test_scripts_are_clean(action: dict[str, Any], judge: Judge) -> None:
    assert [judge("shellcheck", "--shell=bash", "-", text=script) for script in scripts(action)] == ["", ""]


def test_no_expression_stands_in_a_script(action: dict[str, Any]) -> None:
    """Whatever an input holds, it is a value and no part of a script."""
    assert [s for s in scripts(action) if "${{" in s] == []


def test_what_it_gives_out_is_what_its_steps_say(action: dict[str, Any]) -> None:
    said = {name: out["value"] for name, out in action["outputs"].items()}
    assert said == {name: f"${{{{ steps.run.outputs.{name} }}}}" for name in said}
    assert all(name in step(action, "run")["run"] for name in said)


class Runner:
    """Runs the action's main step as GitHub does, with inputs."""

    def __init__(self, action: dict[str, Any], project: Project, tmp_path: Path) -> None:
        self.action, self.project, self.temp = action, project, tmp_path / "runner"
        self.temp.mkdir()
        self.files = {
            name: self.temp / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_PATH")
        }

    def run(
        self, name: str = "run", *, given: dict[str, str], **environment: str
    ) -> subprocess.CompletedProcess[str]:
        assert given.keys() <= self.action["inputs"].keys()
        values = {k: given.get(k, v.get("default", "")) for k, v in self.action["inputs"].items()}
        found = step(self.action, name)
        env = {k: self.value(v, values) for k, v in found["env"].items()}
        paths = {name: str(path) for name, path in self.files.items()}
        github = {"GITHUB_ACTIONS": "true", "RUNNER_TEMP": str(self.temp)} | paths
        return self.project.run(*BASH, found["run"], **github, **environment, **env)

    @staticmethod
    def value(text: str, inputs: dict[str, str]) -> str:
        """What an expression of an environment comes to."""
        known = {f"inputs.{k}": v for k, v in inputs.items()} | {
            "steps.python.outputs.python-path": "python-of-the-job"
        }
        return re.sub(r"\$\{\{ (\S+) \}\}", lambda found: known[found[1]], text)

    @property
    def outputs(self) -> dict[str, str]:
        lines = self.files["GITHUB_OUTPUT"].read_text().splitlines()
        return dict(line.split("=", 1) for line in lines)

    @property
    def summary(self) -> str:
        return self.files["GITHUB_STEP_SUMMARY"].read_text()


@pytest.fixture
def runner(action: dict[str, Any], project: Project, tmp_path: Path) -> Runner:
    return Runner(action, project, tmp_path)


def test_drift(runner: Runner, project: Project) -> None:
    done = runner.run(given={"url": project.drifted, "reports": "html=out/drift.html\njunit=out/drift.xml\n"})
    assert done.returncode == 2, done.stderr
    assert runner.outputs["exit-code"] == "2"
    assert "course.title" in runner.summary
    assert Path(runner.outputs["markdown"]).read_text() == runner.summary
    sarif = json.loads(Path(runner.outputs["sarif"]).read_text())
    assert sarif["version"] == "2.1.0"
    assert "::error file=schema/schema.sql,line=1" in done.stdout
    assert {p.name for p in (project.folder / "out").iterdir()} == {"drift.html", "drift.xml"}


def test_in_sync_by_a_name_of_the_configuration(runner: Runner) -> None:
    done = runner.run(given={"targets": "same", "sandbox": "false"})
    assert (done.returncode, runner.outputs["exit-code"]) == (0, "0"), done.stderr


def test_several_and_a_schema_of_its_own(runner: Runner, project: Project) -> None:
    (project.folder / "other.sql").write_text("create table course (id integer primary key);")
    done = runner.run(given={"targets": "drifted same", "schema": "other.sql"})
    assert done.returncode == 2, done.stderr
    assert "drifted  in sync" in done.stdout


def test_the_database_of_the_job(runner: Runner, project: Project) -> None:
    assert runner.run(given={}, DATABASE_URL=project.same).returncode == 0


def test_a_snapshot(runner: Runner, project: Project) -> None:
    assert project.run("schemadiff", "snapshot").returncode == 0
    assert runner.run(given={"url": project.drifted, "snapshot": "true"}).returncode == 2


def test_a_plan_from_a_stranger(runner: Runner, project: Project) -> None:
    done = runner.run(
        given={"command": "plan", "url": project.drifted, "sandbox": "true", "arguments": "--exit-code"}
    )
    assert done.returncode == 2, done.stderr
    assert "add column title text" in done.stdout
    assert "add column title text" in runner.summary


def test_lint_needs_no_database(runner: Runner, project: Project) -> None:
    (project.folder / "other.sql").write_text("create table log (at timestamptz);")
    assert runner.run(given={"command": "lint"}).returncode == 0
    (project.folder / "schemadiff.toml").write_text('[lint]\nrequire-primary-key = "error"\n')
    done = runner.run(given={"command": "lint", "schema": "other.sql"})
    assert done.returncode == 2, done.stderr
    assert "::error file=other.sql,line=1" in done.stdout
    assert "require-primary-key" in runner.summary


def test_an_error_has_its_exit_code_and_no_report(runner: Runner, project: Project) -> None:
    done = runner.run(given={"url": project.same, "schema": "nowhere.sql"})
    assert (done.returncode, runner.outputs) == (1, {"exit-code": "1"})
    assert runner.run(given={"command": "apply", "url": project.same}).returncode == 64


def test_a_url_is_no_argument(runner: Runner, project: Project, tmp_path: Path) -> None:
    fake = tmp_path / "fake"
    fake.mkdir()
    (fake / "schemadiff").write_text('#!/bin/sh\necho "arguments: $*"\n[ "$DATABASE_URL" ] && echo set\n')
    (fake / "schemadiff").chmod(0o755)
    done = runner.run(
        given={"url": "postgresql://u:geheim@h/d"}, PATH=f"{fake}:{project.environment['PATH']}"
    )
    assert "set" in done.stdout
    assert "geheim" not in done.stdout


@pytest.mark.parametrize(
    ("version", "wanted"), [("", "schemadiff[diagram]"), ("0.1.0", "schemadiff[diagram]==0.1.0")]
)
def test_what_is_installed(
    runner: Runner, project: Project, tmp_path: Path, version: str, wanted: str
) -> None:
    """With a Python that makes an environment whose Python writes down what it is to do."""
    fake = tmp_path / "python-of-the-job"
    fake.write_text(
        '#!/bin/sh\nmkdir -p "$3/bin"\nprintf \'#!/bin/sh\\necho "$@" >"%s/asked"\\n\' "$3" >"$3/bin/python"\nchmod +x "$3/bin/python"\n'
    )
    fake.chmod(0o755)
    done = runner.run("install", given={"version": version}, PATH=f"{tmp_path}:{project.environment['PATH']}")
    assert done.returncode == 0, done.stderr
    home = runner.temp / "schemadiff"
    assert (home / "asked").read_text().split()[-1] == wanted
    assert runner.files["GITHUB_PATH"].read_text() == f"{home}/bin\n"
