"""What a service takes of a report: the comment that GitHub holds, tests and results that add up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.rendered import marks_up_nothing, rendered

from schemadiff.model import Id
from schemadiff.report import markdown
from schemadiff.report._report import Attribute, Migration, Object, Report, Step

from . import large

LONG = "x" * 80_000


@pytest.mark.parametrize("databases", [1, 7])
def test_a_comment_holds_the_page_of_a_large_report(databases: int) -> None:
    one = large.report(3_000)
    page = markdown.reports([replace(one, origin=f"db{n}") for n in range(databases)])
    assert 40_000 < len(page) <= markdown.LONGEST
    marks_up_nothing(page)
    assert page.count(markdown.CUT) == databases
    assert page.count("### schemadiff check") == databases


@pytest.mark.parametrize("text", [LONG, LONG.replace("x", "x\n"), "`" * 80_000, "```\n" * 20_000])
def test_whatever_is_long_is_cut(text: str) -> None:
    step = Step(
        text, "create", (Id("table", ("public", "t")),), 1, (), ((text, True),), ("DELETES_DATA",), "lossless"
    )
    plan = Migration(
        180000, "online", (step,) * 3, (step,), text, "lossless", text, ("DELETES_DATA",), None, "not proven"
    )
    changed = Object(Id("view", ("public", "v")), "altered", (Attribute("definition", text, "y"),))
    found = Report(
        "plan", text, text, (), (changed,), ((text, ("a",)),), (), (text,) * 5, (text,), migration=plan
    )
    page = markdown.reports([found])
    assert len(page) <= markdown.LONGEST
    marks_up_nothing(page)


def test_a_large_report_in_every_format() -> None:
    found = large.report(300)
    made = rendered([found])
    assert made["junit"].count("<failure") == len(found.objects)
    assert made["github"].count("\n") == 301


def test_nothing_to_say() -> None:
    made = rendered([Report("check", "main", "schema.sql", (), ())])
    assert made["github"] == ""
    assert markdown.NONE in made["markdown"]
    assert "In sync" in made["html"]
