"""``--report FORMAT=PATH`` of ``check`` and ``plan``."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from support import rendered

from schemadiff import _compile, scratch, sources
from schemadiff.sqltext import ident

from .conftest import AFTER, Call, Shop, execute

FORMATS = ("json", "markdown", "junit", "sarif", "github", "html")
EVERY = [f"--report={format}=out/{format}" for format in FORMATS]
HOSTILE = '"::error::x%0A<script>alert(1)</script>|`[x](//y)&amp;\n\x1b[2J]]>,line=1:\ufffe'


@pytest.mark.parametrize("command", ["check", "plan"])
def test_files_beside_the_text(shop: Shop, call: Call, command: str) -> None:
    plain = call(command, "--target", "main")
    said = call(command, "--target", "main", *EVERY)
    assert said.code == plain.code
    assert without_times(said.out) == without_times(plain.out)
    assert said.err == ""
    made = {format: read(shop, format) for format in FORMATS}
    body = json.loads(made["json"])
    assert (body["run"], body["in_sync"]) == (command, False)
    at = {d["name"]: d["location"] for d in body["databases"][0]["differences"]}
    assert at["table video"] == {"file": "schema.sql", "line": 3}
    assert at["index video_course"] == {"file": "schema.sql", "line": 4}
    assert "table video" in made["markdown"]
    assert 'name="table video"' in made["junit"]
    assert made["github"].startswith(("::error file=schema.sql,line=3", "::notice file=schema.sql,line=3"))
    assert "<b>table video</b>" in made["html"]
    rendered.is_report(made["json"])
    rendered.is_sarif(made["sarif"])


def without_times(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith("proof")]


def read(shop: Shop, format: str) -> str:
    return (shop.folder / "out" / format).read_text(encoding="utf-8")


def test_exit_codes_stay(shop: Shop, call: Call) -> None:
    assert call("check", "--target", "main", *EVERY).code == 2
    assert call("plan", "--target", "main", "--exit-code", *EVERY).code == 2
    assert call("plan", "--target", "main", *EVERY).code == 0
    call("apply", "--target", "main", "--yes")
    assert call("check", "--target", "main", *EVERY).code == 0
    assert read(shop, "github") == ""
    assert json.loads(read(shop, "json"))["in_sync"] is True


def test_an_object_that_only_the_database_has_stands_at_the_first_line(shop: Shop, call: Call) -> None:
    execute(shop.main, "create table extra (a integer)")
    call("check", "--target", "main", *EVERY)
    results = json.loads(read(shop, "sarif"))["runs"][0]["results"]
    (extra,) = [r for r in results if r["message"]["text"] == "main: table extra is unexpected"]
    assert extra["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "schema.sql"},
        "region": {"startLine": 1},
    }


def test_several_databases(shop: Shop, call: Call) -> None:
    call("check", "--target", "main", "--target", "test", *EVERY)
    assert [d["database"] for d in json.loads(read(shop, "json"))["databases"]] == ["main", "test"]
    assert "title=test%3A table video is missing" in read(shop, "github")


def test_json_as_the_result_is_the_report(shop: Shop, call: Call) -> None:
    said = call("check", "--target", "main", "--format", "json", "--report", "json=out/json")
    assert said.out == read(shop, "json")


def test_of_a_source_that_is_no_file(shop: Shop, call: Call) -> None:
    said = call("check", shop.main, "--to", shop.test, "--report", "sarif=out/sarif")
    assert said.code == 0
    execute(shop.test, "create table only_there (a integer)")
    assert call("check", shop.main, "--to", shop.test, *EVERY).code == 2
    results = json.loads(read(shop, "sarif"))["runs"][0]["results"]
    assert results
    assert not any("locations" in r for r in results)


def test_a_snapshot_starts_no_server_for_it(shop: Shop, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.schema(f"-- of {shop.main}, which nobody has looked at before\n{AFTER}")
    assert call("snapshot").code == 0
    with monkeypatch.context() as patched:
        patched.setattr(scratch, "scratch_server", None)
        assert call("check", "--target", "main", "--snapshot", *EVERY).code == 2
    (first, *_) = json.loads(read(shop, "sarif"))["runs"][0]["results"]
    assert first["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}
    call("check", "--target", "main", *EVERY)
    assert call("check", "--target", "main", "--snapshot", *EVERY).code == 2
    assert "::error file=schema.sql,line=4,title=table video is missing::" in read(shop, "github")


def test_no_report_looks_for_no_place(shop: Shop, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_compile, "locate", None)
    monkeypatch.setattr(sources.Reader, "locations", None)
    assert call("check", "--target", "main").code == 2
    assert call("plan", "--target", "main").code == 0


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["pdf=x"], "give FORMAT=PATH, where the format is one of json, markdown"),
        (["json"], "give FORMAT=PATH"),
        (["json="], "give FORMAT=PATH"),
        (["json=x", "html=./x"], "x is the file of another report"),
    ],
)
def test_wrong_usage(call: Call, given: list[str], said: str) -> None:
    found = call("check", "postgresql:///nowhere", *[f"--report={text}" for text in given])
    assert found.code == 64
    assert said in found.err


def test_a_file_that_cannot_be_written(shop: Shop, call: Call) -> None:
    (shop.folder / "there").mkdir()
    found = call("check", "--target", "main", "--report", "json=there")
    assert (found.code, found.out) == (1, "")
    assert "there" in found.err


def test_a_file_that_is_there_is_written_in_place(shop: Shop, call: Call) -> None:
    """What GitHub gives as GITHUB_STEP_SUMMARY is a file that it holds open."""
    path = shop.folder / "summary.md"
    path.write_text("old")
    before = os.stat(path).st_ino
    call("check", "--target", "main", "--report", f"markdown={path}")
    assert (os.stat(path).st_ino, path.read_text(encoding="utf-8")[:4]) == (before, "### ")


@pytest.mark.parametrize("command", ["check", "plan"])
def test_hostile_names(shop: Shop, call: Call, command: str) -> None:
    table = ident(HOSTILE.replace('"', "'")[:63])
    folder = "a %0A;:?#,line=9"
    (shop.folder / folder).mkdir()
    raw = os.fsdecode(b"\xff::\n<b>.sql")
    (shop.folder / folder / raw).write_text(
        f"create table {table} ({table} integer);\ncomment on table {table} is 'x';"
    )
    execute(shop.main, f"create view {table} as select 1 as a")
    found = call(command, shop.main, "--to", folder, *EVERY)
    assert found.code in (0, 2), found.err
    made = {format: (shop.folder / "out" / format).read_bytes() for format in FORMATS}
    texts = {format: content.decode() for format, content in made.items()}
    rendered.is_report(texts["json"])
    rendered.is_sarif(texts["sarif"])
    rendered.is_commands(texts["github"], 1)
    rendered.is_page(texts["html"])
    rendered.marks_up_nothing(texts["markdown"])
    rendered.is_junit(texts["junit"], texts["junit"].count("<testcase"))
    for format in ("markdown", "junit", "github", "html"):
        assert not rendered.FORBIDDEN.findall(texts[format]), format
    files = {
        rendered.path_of(r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
        for r in json.loads(texts["sarif"])["runs"][0]["results"]
    }
    assert {Path(file) for file in files} == {Path(folder) / raw}
