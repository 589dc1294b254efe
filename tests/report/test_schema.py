"""docs/report.schema.json: what it takes and what it refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from support.rendered import ROOT, is_report

from schemadiff.report import json as as_json

from . import large


def test_the_example_of_the_page_is_one() -> None:
    page = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")
    (example,) = re.findall("```json\n(.*?)```", page, flags=re.DOTALL)
    is_report(example)
    assert json.loads(example)["format"] == as_json.FORMAT


@pytest.mark.parametrize(
    "spoil",
    [
        lambda body: body.update(format=2),
        lambda body: body.update(more=1),
        lambda body: body.pop("in_sync"),
        lambda body: body.update(run="plan"),
        lambda body: body["databases"].clear(),
        lambda body: body["databases"][0].update(plan={}),
        lambda body: body["databases"][0]["differences"][0].update(what="created"),
        lambda body: body["databases"][0]["differences"][0].update(location={"file": "x", "line": 0}),
    ],
)
def test_other_documents_are_none(spoil: Callable[[Any], object]) -> None:
    body = json.loads(as_json.reports([large.report(3)]))
    is_report(json.dumps(body))
    spoil(body)
    with pytest.raises(jsonschema.ValidationError):
        is_report(json.dumps(body))
