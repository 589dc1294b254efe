"""What docs/ci.md shows of the action, the template and the hooks is what these have."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from .conftest import ROOT, Judge

PAGE = (ROOT / "docs" / "ci.md").read_text()
SHOWN = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)]


def found_in(value: Any, key: str) -> Iterator[dict[str, Any]]:
    """The mappings that have a key, however deep."""
    if isinstance(value, dict):
        if key in value:
            yield value
        for inner in value.values():
            yield from found_in(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from found_in(inner, key)


@pytest.fixture(scope="module")
def action() -> dict[str, Any]:
    found = yaml.safe_load((ROOT / "ci" / "action.yml").read_text())
    assert isinstance(found, dict)
    return found


def test_the_action_is_called_with_inputs_that_it_has(action: dict[str, Any]) -> None:
    calls = [step for step in found_in(SHOWN, "uses") if step["uses"].startswith("OWNER/schemadiff/ci@")]
    assert len(calls) == 3
    assert {name for call in calls for name in call["with"]} - action["inputs"].keys() == set()


def test_only_outputs_that_it_has_are_read(action: dict[str, Any]) -> None:
    read = set(re.findall(r"steps\.\w+\.outputs\.([\w-]+)", PAGE))
    assert read - action["outputs"].keys() == set()
    assert read


def test_every_input_and_output_is_on_the_page(action: dict[str, Any]) -> None:
    assert [name for name in (*action["inputs"], *action["outputs"]) if f"`{name}`" not in PAGE] == []


def test_workflows_are_what_github_takes(judge: Judge) -> None:
    workflows = [block for block in SHOWN if isinstance(block, dict) and "jobs" in block]
    assert len(workflows) == 2
    for block in workflows:
        # YAML 1.1 takes "on" for true.
        text = json.dumps({"on" if key is True else key: value for key, value in block.items()})
        assert judge("check-jsonschema", "--builtin-schema", "vendor.github-workflows", "-", text=text) == ""


def test_the_job_of_gitlab_sets_variables_that_the_template_has() -> None:
    template = yaml.safe_load((ROOT / "ci" / "gitlab.yml").read_text())[".schemadiff"]
    (job,) = found_in(SHOWN, "extends")
    assert job["extends"] == ".schemadiff"
    assert job["variables"].keys() - template["variables"].keys() == set()


def test_hooks_are_those_of_the_manifest() -> None:
    (repository,) = found_in(SHOWN, "hooks")
    manifest = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert {hook["id"] for hook in repository["hooks"]} == {hook["id"] for hook in manifest}
