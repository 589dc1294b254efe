"""``schemadiff plan``."""

from __future__ import annotations

import json

import pytest
from support.programs import Programs

import schemadiff
from schemadiff.scratch import ScratchServer

from .conftest import AFTER, BEFORE, Call, Shop, execute, exists


def test_shows_both_directions_and_the_proof(shop: Shop, call: Call) -> None:
    said = call("plan", "--target", "main")
    assert said.code == 0
    for part in (
        "main → schema.sql",
        "create table public.video",
        "drop table public.video",
        "-- DELETES_DATA",
    ):
        assert part in said.out
    assert "proven on PostgreSQL" in said.out
    assert "the reverse restores everything" in said.out
    assert said.err == ""
    assert not exists(shop.main, "video")


def test_exit_code_tells_a_difference_only_when_asked(shop: Shop, call: Call) -> None:
    assert call("plan", "--target", "main", "--no-prove").code == 0
    assert call("plan", "--target", "main", "--no-prove", "--exit-code").code == 2
    shop.schema(BEFORE.split("insert")[0])
    said = call("plan", "--target", "main", "--exit-code")
    assert (said.code, "nothing to do" in said.out) == (0, True)


def test_unproven_says_so(shop: Shop, call: Call) -> None:
    assert "not proven" in call("plan", "--target", "main", "--no-prove").out


def test_formats(shop: Shop, call: Call) -> None:
    made = schemadiff.Plan.from_json(call("plan", "--target", "main", "--format", "json").out)
    assert made.origin == "main"
    sql = call("plan", "--target", "main", "--format", "sql").out
    assert sql == "\\set ON_ERROR_STOP on\n" + made.forward.sql
    assert "<details>" in call("plan", "--target", "main", "--format", "markdown").out


def test_files_run_in_psql_there_and_back(shop: Shop, call: Call, server: ScratchServer) -> None:
    before = schemadiff.read(shop.main)
    said = call("plan", "--target", "main", "--out", "migrations/new", "--name", "videos")
    files = sorted(path.name for path in (shop.folder / "migrations/new").iterdir())
    assert files == ["videos.forward.sql", "videos.plan.json", "videos.reverse.sql"]
    assert said.err.count("wrote ") == 3
    programs = Programs.of(server)
    for name, there in (("forward", True), ("reverse", False)):
        programs.psql(shop.main, (shop.folder / f"migrations/new/videos.{name}.sql").read_text())
        assert exists(shop.main, "video") is there
    assert schemadiff.read(shop.main).facts == before.facts


def test_a_failed_proof_leaves_no_files(shop: Shop, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    from schemadiff import _api
    from schemadiff.errors import ProofFailed

    def fails(*_: object, **__: object) -> None:
        raise ProofFailed("the forward steps do not reach the target:\n  missing: index public.video_course")

    monkeypatch.setattr(_api, "prove_plan", fails)
    said = call("plan", "--target", "main", "--out", "out")
    assert said.code == 1
    assert "missing: index public.video_course" in said.err
    assert not (shop.folder / "out").exists()


def test_says_what_the_reverse_cannot_restore(shop: Shop, call: Call) -> None:
    shop.schema("create table other (id integer);")
    said = call("plan", "--target", "main")
    assert "the reverse restores the structure only: rows of course are gone" in said.out


def test_nothing_to_do_writes_no_files(shop: Shop, call: Call) -> None:
    execute(shop.main, AFTER.replace("create table course (id integer primary key, title text);", ""))
    said = call("plan", "--target", "main", "--out", "out")
    assert (said.code, said.err) == (0, "nothing to do, so no files were written\n")
    assert not (shop.folder / "out").exists()


def test_what_is_not_compared_is_counted(shop: Shop, call: Call) -> None:
    execute(shop.main, "create cast (course as text) with inout")
    said = call("plan", "--target", "main", "--no-prove")
    assert "left out" not in said.out or "casts" in said.out
    body = json.loads(call("plan", "--target", "main", "--no-prove", "--format", "json").out)
    assert dict(body["unmodelled"]).get("casts", 1) == 1


def test_its_script_is_a_source(shop: Shop, call: Call) -> None:
    """What the database has, and then the script, loads as what the schema says."""
    steps = shop.folder / "steps"
    steps.mkdir()
    (steps / "1.sql").write_text(call("dump", shop.main).out)
    (steps / "2.sql").write_text(call("plan", "--target", "main", "--format", "sql").out)
    said = call("diff", "steps", "schema.sql", "--exit-code")
    assert said.code == 0, said.out + said.err
