"""The hooks of pre-commit: the manifest, and each hook in a repository."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from .conftest import ROOT, SCHEMA, Judge, Project

FILE = ROOT / ".pre-commit-hooks.yaml"


def test_it_is_a_manifest(judge: Judge) -> None:
    assert judge("pre-commit", "validate-manifest", str(FILE)) == ""


@pytest.fixture
def repository(project: Project, tmp_path: Path) -> Project:
    """The project as a repository that has the hooks, which run the command that is there instead of installing one."""
    hooks = [hook | {"language": "system"} for hook in yaml.safe_load(FILE.read_text())]
    config = {"repos": [{"repo": "local", "hooks": hooks}]}
    (project.folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    project.environment.update(
        PRE_COMMIT_HOME=str(tmp_path / "pre-commit"),
        GIT_AUTHOR_NAME="a",
        GIT_AUTHOR_EMAIL="a@b.invalid",
        GIT_COMMITTER_NAME="a",
        GIT_COMMITTER_EMAIL="a@b.invalid",
    )
    assert project.run("schemadiff", "snapshot").returncode == 0
    for command in (["git", "init", "-q"], ["git", "add", "-A"], ["git", "commit", "-qm", "first"]):
        assert project.run(*command).returncode == 0
    assert project.run("pre-commit", "install").returncode == 0
    return project


def commit(repository: Project) -> tuple[bool, str]:
    """Whether a commit of everything goes through, and what was said."""
    assert repository.run("git", "add", "-A").returncode == 0
    done = repository.run("git", "commit", "-m", "next")
    return done.returncode == 0, done.stdout + done.stderr


def test_hooks(repository: Project) -> None:
    schema, other = repository.folder / "schema" / "schema.sql", repository.folder / "README"
    schema.write_text(SCHEMA + "create table lesson (id integer primary key);\n")
    went, said = commit(repository)
    assert (went, "out of date" in said, "Passed" in said) == (False, True, True), said
    assert repository.run("schemadiff", "snapshot").returncode == 0
    went, said = commit(repository)
    assert (went, said.count("Passed")) == (True, 2), said
    other.write_text("nothing of a schema")
    went, said = commit(repository)
    assert (went, said.count("Skipped")) == (True, 2), said


def test_lint_holds_a_commit_back(repository: Project) -> None:
    (repository.folder / "schemadiff.toml").write_text('[lint]\nrequire-primary-key = "error"\n')
    (repository.folder / "schema" / "schema.sql").write_text(SCHEMA + "create table log (at timestamptz);\n")
    went, said = commit(repository)
    assert (went, "error    require-primary-key" in said) == (False, True), said
