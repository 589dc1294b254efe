"""Several databases in turn: what stops the turn, what goes on, and what is said of each in the end."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from .conftest import BEFORE, Call, Shop, execute, exists

ALL = ("--target", "main", "--target", "down", "--target", "test", "--yes")


@pytest.fixture
def three(shop: Shop) -> Shop:
    """A third one between the two, which nobody answers for."""
    config = shop.folder / "schemadiff.toml"
    config.write_text(
        config.read_text() + '[targets.down]\nurl = "postgresql://nobody@127.0.0.1:1/nowhere"\n'
    )
    return shop


@contextmanager
def reading(url: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(url) as other:
        other.execute("select from course")
        yield other


def let_pass(other: psycopg.Connection, url: str) -> None:
    """Ends it a while after somebody waits for it."""
    with psycopg.connect(url, autocommit=True) as connection:
        while (
            connection.execute("select from pg_locks where not granted and locktype = 'relation'").rowcount
            < 1
        ):
            time.sleep(0.05)
    time.sleep(0.6)
    other.rollback()


def test_one_that_is_down_stops_all_before_the_first_is_touched(three: Shop, call: Call) -> None:
    said = call("apply", *ALL)
    assert said.code == 1
    assert "cannot connect" in said.err
    assert not exists(three.main, "video")
    assert not exists(three.test, "video")


def test_one_that_is_down_is_passed_over(three: Shop, call: Call) -> None:
    said = call("apply", *ALL, "--keep-going")
    assert (said.code, "nobody@127.0.0.1" in said.err, "cannot connect" in said.err) == (1, True, True)
    assert [line.split()[:3] for line in said.out.splitlines() if line[:1] in "✓✗" and line] == [
        ["✗", "down", "failed:"],
        ["✓", "main", "done"],
        ["✓", "test", "done"],
    ]
    assert exists(three.main, "video")
    assert exists(three.test, "video")


def test_a_plan_file_for_one_that_is_down_and_one_that_drifted(three: Shop, call: Call) -> None:
    call("plan", "--target", "main", "--out", ".", "--name", "videos")
    execute(three.main, "create table meanwhile (id integer)")
    said = call("apply", *ALL, "--plan", "videos.plan.json", "--keep-going")
    assert said.code in (1, 3)
    assert "is not in the state that the plan starts from" in said.err
    assert "cannot connect" in said.err
    marks = {line.split()[1]: line[0] for line in said.out.splitlines() if line[:1] in "✓✗" and line}
    assert marks == {"main": "✗", "down": "✗", "test": "✓"}
    assert not exists(three.main, "video")
    assert exists(three.test, "video")


def test_a_drifted_one_stops_the_turn(shop: Shop, call: Call) -> None:
    call("plan", "--target", "main", "--out", ".", "--name", "videos")
    execute(shop.main, "create table meanwhile (id integer)")
    said = call("apply", "--target", "main", "--target", "test", "--plan", "videos.plan.json", "--yes")
    assert said.code == 3
    assert "✗ main  failed" in said.out
    assert "✗ test  not touched" in said.out
    assert not exists(shop.test, "video")


@pytest.mark.parametrize("going", [False, True])
def test_one_that_waits_in_vain(shop: Shop, call: Call, going: bool) -> None:
    shop.schema(BEFORE.split("insert")[0].replace("title text", "title text, more text"))
    options = ["--keep-going"] if going else []
    with reading(shop.main) as other:
        said = call(
            *("apply", "--target", "main", "--target", "test", "--yes", *options),
            *("--lock-timeout", "100ms", "--retries", "1"),
        )
        pid = other.info.backend_pid
    assert said.code == 1
    assert f"in the way: server process {pid}" in said.err
    assert "try 1 of 2" in said.err
    assert "✗ main  failed" in said.out
    assert ("✓ test  done" in said.out, "✗ test  not touched" in said.out) == (going, not going)


def test_one_that_waits_for_a_while(shop: Shop, call: Call) -> None:
    shop.schema(BEFORE.split("insert")[0].replace("title text", "title text, more text"))
    with reading(shop.main) as other:
        later = threading.Thread(target=let_pass, args=(other, shop.main))
        later.start()
        said = call("apply", "--target", "main", "--target", "test", "--yes", "--lock-timeout", "2s")
        later.join()
    assert said.code == 0, said.err
    assert "main: step 1 of 1 waits for" in said.err
    assert "✓ main  done" in said.out
    assert "✓ test  done" in said.out


def test_another_apply_keeps_one_back(shop: Shop, call: Call) -> None:
    with psycopg.connect(shop.main) as other:
        other.execute(f"select pg_advisory_lock({0x5D1FE}, 1)")
        said = call("apply", "--target", "main", "--target", "test", "--yes", "--keep-going")
    assert said.code == 3
    assert "another apply is running" in said.err
    assert not exists(shop.main, "video")
    assert exists(shop.test, "video")
