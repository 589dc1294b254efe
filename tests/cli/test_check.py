"""``schemadiff check``, with and without a snapshot, and ``snapshot`` itself."""

from __future__ import annotations

import json

import pytest

from .conftest import Call, Shop, execute

BOTH = ("--target", "main", "--target", "test")


def test_names_the_one_that_lags(shop: Shop, call: Call) -> None:
    call("apply", "--target", "main", "--yes")
    said = call("check", *BOTH)
    assert said.code == 2
    assert said.out.endswith("main  in sync\ntest  drifted: 9 missing\n")
    assert call("check", "--target", "main").code == 0


def test_hints_at_a_renamed_trigger(shop: Shop, call: Call) -> None:
    shared = """
        create function touch() returns trigger language plpgsql as 'begin return new; end';
        create trigger {} before update on course for each row execute function touch();
    """
    execute(shop.main, shared.format("touch_courses"))
    shop.schema("create table course (id integer primary key, title text);" + shared.format("touch_course"))
    said = call("check", "--target", "main")
    assert "missing    trigger course.touch_course " in said.out
    assert "unexpected trigger course.touch_courses " in said.out
    assert "renamed?   trigger course.touch_courses is touch_course under another name" in said.out


def test_json(shop: Shop, call: Call) -> None:
    body = json.loads(call("check", *BOTH, "--format", "json").out)
    assert (body["format"], body["in_sync"], len(body["databases"])) == (1, False, 2)
    names = {d["name"]: d for d in body["databases"][0]["differences"]}
    assert names["table video"]["what"] == "missing"
    assert names["index video_course"]["database"] is None
    assert "video_course" in names["index video_course"]["target"]["definition"]


def test_a_target_of_another_source(shop: Shop, call: Call) -> None:
    assert call("check", shop.main, "--to", shop.test).code == 0
    execute(shop.test, "alter table course alter title type varchar(80)")
    said = call("check", shop.main, "--to", shop.test)
    assert said.code == 2
    assert "has          text" in said.out
    assert "should have  character varying(80)" in said.out


def test_an_error_is_no_drift(shop: Shop, call: Call) -> None:
    assert call("check", shop.main.replace("/sd_", "/nowhere_")).code == 1


def test_snapshot_needs_no_scratch_server(shop: Shop, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no snapshot for PostgreSQL" in call("check", "--target", "main", "--snapshot").err
    made = call("snapshot")
    assert made.code == 0, made.err
    files = {path.name: path.read_bytes() for path in (shop.folder / "snapshots").iterdir()}
    assert call("snapshot").out.count("up to date") == len(files)
    assert call("snapshot", "--check").code == 0
    monkeypatch.setattr("schemadiff._pair.scratch_server", None)
    monkeypatch.setattr("schemadiff.scratch.scratch_server", None)
    said = call("check", "--target", "main", "--snapshot")
    assert (said.code, "drifted: 9 missing" in said.out) == (2, True)


def test_a_snapshot_out_of_date(shop: Shop, call: Call) -> None:
    call("snapshot")
    shop.schema("create table course (id integer primary key, title text);")
    said = call("check", "--target", "main", "--snapshot")
    assert (said.code, "run 'schemadiff snapshot'" in said.err) == (1, True)
    assert call("snapshot", "--check").code == 2
    call("snapshot")
    assert call("check", "--target", "main", "--snapshot").code == 0


def test_snapshot_and_target_do_not_go_together(shop: Shop, call: Call) -> None:
    assert call("check", "--target", "main", "--snapshot", "--to", "schema.sql").code == 64
