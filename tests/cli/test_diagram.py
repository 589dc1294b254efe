"""``schemadiff diagram``."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from .conftest import Call, Shop

BEFORE = "create table course (id integer primary key);"
AFTER = """
create table course (id integer primary key);
create table video (id integer primary key, course_id integer not null references course (id));
create table note (video_id integer references video (id));
create view titles as select id from course;
"""


@pytest.fixture(autouse=True)
def schema(folder: Path) -> None:
    (folder / "a.sql").write_text(BEFORE)
    (folder / "b.sql").write_text(AFTER)


def boxes(text: str) -> dict[str, str]:
    """The names of the boxes of a drawing, each with its state."""
    groups = [g for g in ElementTree.fromstring(text).iter() if g.get("class", "").startswith("box ")]
    return {g.attrib["data-name"]: g.attrib["class"].split()[-1] for g in groups}


def test_svg_is_what_is_printed(call: Call) -> None:
    said = call("diagram", "b.sql")
    assert (said.code, said.err) == (0, "")
    assert boxes(said.out) == {"course": "same", "note": "same", "video": "same"}
    assert "titles" in boxes(call("diagram", "b.sql", "--views").out)


def test_nothing_to_draw(call: Call) -> None:
    for form in ("svg", "html", "mermaid", "dot"):
        assert call("diagram", "empty", "--format", form).code == 0
    assert boxes(call("diagram", "empty").out) == {}


def test_compare_marks_what_differs(call: Call) -> None:
    said = call("diagram", "b.sql", "--compare", "a.sql")
    assert said.code == 0, said.err
    assert boxes(said.out) == {"course": "same", "note": "added", "video": "added"}
    back = call("diagram", "a.sql", "--compare", "b.sql")
    assert boxes(back.out) == {"course": "same", "note": "removed", "video": "removed"}


def test_focus_and_columns(call: Call) -> None:
    said = call("diagram", "b.sql", "--focus", "note", "--columns", "none")
    assert boxes(said.out).keys() == {"note", "video"}
    assert "video_id" not in said.out.replace("note_video_id_fkey", "").replace("(video_id)", "")
    assert boxes(call("diagram", "b.sql", "--focus", "note", "--depth", "2").out).keys() == {
        "course",
        "note",
        "video",
    }
    missing = call("diagram", "b.sql", "--focus", "gone")
    assert (missing.code, "--focus gone: no such table in b.sql" in missing.err) == (64, True)


@pytest.mark.parametrize(
    ("name", "begin"),
    [
        ("d.svg", "<svg "),
        ("d.html", "<!doctype html>"),
        ("d.mmd", "%% b.sql\nerDiagram"),
        ("d.dot", "digraph "),
    ],
)
def test_the_name_of_the_file_says_the_format(name: str, begin: str, folder: Path, call: Call) -> None:
    said = call("diagram", "b.sql", "-o", name)
    assert (said.code, said.out) == (0, "")
    assert said.err == f"wrote {name}: 3 tables\n"
    assert (folder / name).read_text(encoding="utf-8").startswith(begin)


def test_a_file_that_cannot_be_written(call: Call) -> None:
    said = call("diagram", "b.sql", "-o", "d.png")
    assert (said.code, "d.png: its name says no format" in said.err) == (64, True)
    said = call("diagram", "b.sql", "-o", "gone/d.svg")
    assert (said.code, "there is no folder gone" in said.err) == (64, True)
    assert call("diagram", "b.sql", "-o", "d.png", "--format", "dot").code == 0


def test_without_the_extra(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "graphlay", None)
    said = call("diagram", "b.sql")
    assert said.code == 64
    assert "pip install 'schemadiff[diagram]'" in said.err
    assert call("diagram", "b.sql", "--format", "mermaid").code == 0


def test_a_database_and_a_snapshot(shop: Shop, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    assert boxes(call("diagram", shop.main).out).keys() == {"course"}
    shop.schema(AFTER)
    assert call("snapshot").code == 0
    snapshot = next((shop.folder / "snapshots").glob("*.json"))
    monkeypatch.setattr("schemadiff.scratch.scratch_server", None)  # no server is asked for
    assert boxes(call("diagram", str(snapshot)).out).keys() == {"course", "note", "video"}
