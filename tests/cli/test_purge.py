"""Soft drops from the command line: put aside, listed, brought back, deleted for good."""

from __future__ import annotations

import json

import pytest

from .conftest import CONFIG, Call, Shop, execute, exists, value

KEEP = "create table course (id integer primary key);"
TRASHED = "select count(*) from pg_namespace where nspname like 'schemadiff_trash_%'"
NASTY = 'create table "x; drop \n\x1b[31m table" (id int)'


def test_put_aside_and_brought_back(call: Call, shop: Shop) -> None:
    shop.schema("create table other (id integer primary key);")
    refused = call("apply", "--target", "main", "--yes")
    assert (refused.code, exists(shop.main, "course")) == (3, True)
    planned = call("plan", "--target", "main", "--soft-drop", "--format", "json")
    assert all("DELETES_DATA" not in s["hazards"] for s in json.loads(planned.out)["forward"]["steps"])
    done = call("apply", "--target", "main", "--soft-drop", "--yes")
    assert done.code == 0, done.err
    assert "put table course into the trash" in done.out
    assert not exists(shop.main, "course")
    checked = call("check", "--target", "main")
    assert checked.code == 0
    assert "scope    leaves out 1 schemas, 1 tables" in checked.out
    reverted = call("revert", "--target", "main", "--yes", "--allow", "DELETES_DATA")
    assert reverted.code == 0, reverted.err
    assert value(shop.main, "select title from course") == "Weaving"
    assert value(shop.main, TRASHED) == 0


def test_the_configuration_says_it_for_all(call: Call, shop: Shop) -> None:
    (shop.folder / "schemadiff.toml").write_text("soft_drop = true\n" + CONFIG.format(main=shop.main))
    shop.schema(KEEP)
    done = call("apply", "--target", "main", "--target", "test", "--yes")
    assert done.code == 0, done.err
    assert "the same plan as" in done.out
    assert call("plan", "--target", "main", "--exit-code").code == 0


def test_purge_lists_and_refuses_and_deletes(call: Call, shop: Shop) -> None:
    execute(shop.main, NASTY)
    shop.schema(KEEP)
    assert call("apply", "--target", "main", "--soft-drop", "--yes").code == 0
    young = call("purge", "--target", "main", "--yes")
    assert young.code == 0
    assert "stays, younger than 30d" in young.out
    listed = call("purge", "--target", "main", "--older-than", "0")
    assert listed.code == 3
    assert "add --allow DELETES_DATA" in listed.err
    assert "is deleted" in listed.out
    assert "\x1b" not in listed.out + listed.err
    assert value(shop.main, TRASHED) == 1
    done = call("purge", "--target", "main", "--older-than", "0", "--allow", "DELETES_DATA", "--yes")
    assert done.code == 0, done.err
    assert "nothing brings back what is purged" in done.out
    assert value(shop.main, TRASHED) == 0
    assert value(shop.main, "select count(*) from pg_attribute where attname like 'schemadiff_trash%'") == 0
    told = json.loads(call("history", "--target", "main", "--format", "json").out)
    assert [r["direction"] for r in told["records"]] == ["purge", "forward"]
    again = call("purge", "--target", "main", "--older-than", "0")
    assert (again.code, "nothing lies in the trash" in again.out) == (0, True)
    gone = call("revert", "--target", "main", "--yes")
    assert gone.code == 3
    assert "is not in the trash any more" in gone.err


def test_purge_keeps_other_applies_out(call: Call, shop: Shop) -> None:
    import psycopg

    from schemadiff._apply._session import LOCK

    execute(shop.main, "alter table course add schemadiff_trash_20200101_c int")
    with psycopg.connect(shop.main, autocommit=True) as other:
        other.execute("select pg_advisory_lock(%s, %s)", LOCK)
        found = call("purge", "--target", "main", "--allow", "DELETES_DATA", "--yes")
    assert found.code == 3
    assert "another apply is running" in found.err


@pytest.mark.parametrize("wrong", ["30", "x", "-1d"])
def test_wrong_usage(call: Call, shop: Shop, wrong: str) -> None:
    assert call("purge", "--target", "main", f"--older-than={wrong}").code == 64
    assert call("apply", "--target", "main", "--soft-drop", "--plan", "x.json").code == 64
