"""``schemadiff apply``, ``revert`` and ``history``."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys

import pytest

from .conftest import BEFORE, Call, Shop, environment, execute, exists

BOTH = ("--target", "main", "--target", "test")


def test_runs_on_several(shop: Shop, call: Call) -> None:
    said = call("apply", *BOTH, "--yes")
    assert said.code == 0, said.err
    assert "test: the same plan as main" in said.out
    assert exists(shop.main, "video")
    assert exists(shop.test, "video")
    again = call("apply", *BOTH, "--yes")
    assert (again.code, again.out.count("nothing to do")) == (0, 2)


def test_asks_or_refuses(shop: Shop, call: Call) -> None:
    said = call("apply", "--target", "main")
    assert said.code == 3
    assert "--yes" in said.err
    assert not exists(shop.main, "video")


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("\n", 3)])
def test_asks_on_a_terminal(shop: Shop, answer: str, code: int) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "schemadiff", "apply", "--target", "main"]
    with subprocess.Popen(
        command, stdin=theirs, stdout=subprocess.DEVNULL, stderr=theirs, env=environment()
    ) as running:
        os.close(theirs)
        os.write(ours, answer.encode())
        said = b""
        try:
            while part := os.read(ours, 1000):
                said += part
        except OSError:  # Linux's way to say that the other end is closed
            pass
        os.close(ours)
    assert running.returncode == code, said
    assert b"Apply to main? [y/N]" in said
    assert exists(shop.main, "video") is (code == 0)


def test_all_are_planned_before_the_first_is_touched(shop: Shop, call: Call) -> None:
    said = call("apply", shop.main, shop.main.replace("/sd_", "/nowhere_"), "--yes")
    assert said.code == 1
    assert not exists(shop.main, "video")


def test_deleting_must_be_allowed(shop: Shop, call: Call) -> None:
    shop.schema("create table other (id integer);")
    said = call("apply", "--target", "main", "--yes")
    assert said.code == 3
    assert "main: deletes rows of course" in said.err
    assert "--allow DELETES_DATA" in said.err
    assert exists(shop.main, "course")
    assert call("apply", "--target", "main", "--yes", "--allow", "DELETES_DATA,INDEX_BUILD").code == 0
    assert not exists(shop.main, "course")


def test_the_configuration_may_allow(shop: Shop, call: Call) -> None:
    shop.schema("create table other (id integer);")
    config = shop.folder / "schemadiff.toml"
    config.write_text('allow = ["DELETES_DATA"]\n' + config.read_text())
    assert call("apply", "--target", "main", "--yes").code == 0


def test_a_plan_file(shop: Shop, call: Call) -> None:
    call("plan", "--target", "main", "--out", ".", "--name", "videos")
    shop.schema("create table other (id integer);")
    assert call("apply", "--target", "main", "--plan", "videos.plan.json", "--yes").code == 0
    assert exists(shop.main, "video")


def test_a_plan_file_edited_by_hand(shop: Shop, call: Call) -> None:
    call("plan", "--target", "main", "--out", ".", "--name", "videos")
    file = shop.folder / "videos.plan.json"
    file.write_text(file.read_text().replace("create table public.video", "create table public.film"))
    said = call("apply", "--target", "main", "--plan", "videos.plan.json", "--yes")
    assert said.code == 1
    assert "videos.plan.json: edited since it was made" in said.err


@pytest.mark.parametrize("content", [None, "", "{}", "[1]", '{"seal": "", "format": 99}'])
def test_what_is_no_plan_file(shop: Shop, call: Call, content: str | None) -> None:
    if content is not None:
        (shop.folder / "p.json").write_text(content)
    said = call("apply", "--target", "main", "--plan", "p.json", "--yes")
    assert said.code == 1
    assert said.err.startswith("error: p.json: ")


def test_drifted_since_the_plan(shop: Shop, call: Call) -> None:
    call("plan", "--target", "main", "--out", ".", "--name", "videos")
    execute(shop.main, "create table meanwhile (id integer)")
    said = call("apply", "--target", "main", "--plan", "videos.plan.json", "--yes")
    assert said.code == 3
    assert "main" in said.out
    assert not exists(shop.main, "video")


def test_there_and_back_with_history(shop: Shop, call: Call) -> None:
    assert "nothing was applied yet" in call("history", "--target", "main").err
    refused = call("revert", "--target", "main", "--yes")
    assert (refused.code, "nothing to revert" in refused.err) == (3, True)
    call("apply", "--target", "main", "--yes")
    refused = call("revert", "--target", "main", "--yes")
    assert (refused.code, "--allow DELETES_DATA" in refused.err) == (3, True)
    assert call("revert", "--target", "main", "--yes", "--allow", "DELETES_DATA").code == 0
    assert not exists(shop.main, "video")
    assert call("history", "--target", "main").out.count("\n") == 3
    records = json.loads(call("history", "--target", "main", "--format", "json").out)["records"]
    assert [(r["direction"], r["reverted_by"]) for r in records] == [("revert", None), ("forward", 2)]


def test_back_to_a_plan_of_the_history(shop: Shop, call: Call) -> None:
    """All that came after it is taken back, the last first, and nothing before it."""
    applied = ("apply", "--target", "main", "--yes", "--no-prove")
    back = ("revert", "--target", "main", "--yes", "--allow", "DELETES_DATA")
    for table in ("one", "two", "three"):
        shop.schema(f"{(shop.folder / 'schema.sql').read_text()}\ncreate table {table} (id integer);")
        assert call(*applied).code == 0
    said = call(*back, "--to", "1")
    assert (said.code, said.out.count("✓ main")) == (0, 2), said.err
    assert [exists(shop.main, name) for name in ("video", "one", "two", "three")] == [
        True,
        True,
        False,
        False,
    ]
    records = json.loads(call("history", "--target", "main", "--format", "json").out)["records"]
    assert [(r["id"], r["direction"], r["reverted_by"]) for r in records] == [
        (5, "revert", None),
        (4, "revert", None),
        (3, "forward", 4),
        (2, "forward", 5),
        (1, "forward", None),
    ]
    refused = call(*back, "--to", "1")
    assert (refused.code, "nothing to revert" in refused.err) == (3, True)
    assert call(*back, "--to", "0").code == 0
    assert not exists(shop.main, "video")


def test_a_dry_run_leaves_nothing(shop: Shop, call: Call) -> None:
    said = call("apply", *BOTH, "--dry-run", "--strategy", "simple")
    assert said.code == 0, said.err
    assert said.out.count("reached the target and were rolled back") == 2
    assert not exists(shop.main, "video")
    assert not exists(shop.test, "video")
    assert "nothing was applied yet" in call("history", "--target", "main").err


def test_a_dry_run_of_what_cannot_be_taken_back(shop: Shop, call: Call) -> None:
    shop.schema(f"{BEFORE.split('insert')[0]} create index by_title on course (title);")
    said = call("apply", "--target", "main", "--dry-run", "--strategy", "online")
    assert said.code == 3
    assert "step 1 runs in no transaction: create index concurrently by_title" in said.err
    assert "--strategy simple" in said.err
    said = call("apply", "--target", "main", "--dry-run", "--strategy", "simple")
    assert said.code == 0, said.err


def test_a_failure_names_what_was_not_touched(shop: Shop, call: Call) -> None:
    shop.schema(BEFORE.split("insert")[0].replace("title text", "title text not null"))
    execute(shop.main, "insert into course values (2, null)")
    configuration = shop.folder / "schemadiff.toml"
    configuration.write_text(f'preflight_timeout = "0"\n{configuration.read_text()}')
    said = call("apply", *BOTH, "--yes")
    assert said.code == 1
    assert "✗ main  failed" in said.out
    assert "✗ test  not touched" in said.out


def test_rows_in_the_way_of_one_leave_all_untouched_or_only_that_one(shop: Shop, call: Call) -> None:
    shop.schema(BEFORE.split("insert")[0].replace("title text", "title text not null"))
    execute(shop.main, "insert into course values (2, null)")
    said = call("apply", *BOTH, "--yes")
    assert said.code == 3
    assert "main: rows are in the way of the plan" in said.err
    assert "✗" not in said.out
    said = call("apply", *BOTH, "--yes", "--keep-going")
    assert said.code == 3
    assert "✗ main  failed" in said.out
    assert "✓ test  done" in said.out


def test_usage(shop: Shop, call: Call) -> None:
    assert call("apply", "schema.sql", "--yes").code == 64
    assert call("apply", "--plan", "p.json", "--to", "schema.sql").code == 64
