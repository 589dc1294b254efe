"""Several databases at the same time: bounded, in order, and no failure hides another database."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from schemadiff import _compile
from schemadiff.cli._targets import Named
from schemadiff.cli._together import together
from schemadiff.errors import ConnectError, UsageError
from schemadiff.scratch import ScratchServer
from schemadiff.script import Script
from schemadiff.sources import Reader, source

from .conftest import BEFORE, Call, Shop

NOWHERE = "postgresql://nobody@127.0.0.1:1/gone"
DATABASES = [Named(str(number), "") for number in range(9)]


def test_so_many_at_a_time_in_order() -> None:
    all_three, lock = threading.Barrier(3, timeout=10), threading.Lock()
    now, most = 0, 0

    def ask(one: Named) -> str:
        nonlocal now, most
        with lock:
            now += 1
            most = max(now, most)
        all_three.wait()
        with lock:
            now -= 1
        return one.name

    assert together(DATABASES, ask, 3, "asking") == tuple(d.name for d in DATABASES)
    assert most == 3


def test_an_error_is_an_answer_and_one_of_the_call_ends_it() -> None:
    def ask(one: Named) -> str:
        if one.name == "4":
            raise ConnectError("gone")
        return one.name

    found = together(DATABASES, ask, 2, "asking")
    assert [str(f) for f in found] == ["0", "1", "2", "3", "gone", "5", "6", "7", "8"]
    asked = []

    def wrong(one: Named) -> str:
        asked.append(one)
        raise UsageError("wrong")

    with pytest.raises(UsageError, match="wrong"):
        together(DATABASES, wrong, 2, "asking")
    assert len(asked) < len(DATABASES)


@pytest.mark.parametrize("jobs", ["1", "8"])
def test_a_check_names_what_could_not_be_read(call: Call, shop: Shop, jobs: str) -> None:
    shop.schema(BEFORE.partition(";")[0] + ";")
    found = call("check", shop.main, NOWHERE, shop.test, "--jobs", jobs)
    assert found.code == 1
    verdicts = [line.split("  ", 1)[1].strip() for line in found.out.splitlines()[-3:]]
    assert verdicts == ["in sync", "could not be read", "in sync"]
    assert "cannot connect" in found.err
    shop.schema(BEFORE.partition(";")[0] + "; create view v as select 1 as one;")
    assert call("check", shop.main, shop.test, "--jobs", jobs).code == 2
    shop.schema("create view v as select from nothing;")
    found = call("check", shop.main, NOWHERE, shop.test, "--jobs", jobs)
    assert (found.code, found.out) == (1, "")
    assert 'schema.sql:1: relation "nothing" does not exist' in found.err


def test_a_schema_is_compiled_once_for_all(
    server: ScratchServer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "schema.sql").write_text(f"create table t (); -- {folder}")
    made = []
    real = _compile.compile_script

    def counted(script: Script, *more: Any) -> object:
        made.append(script)
        return real(script, *more)

    monkeypatch.setattr(_compile, "compile_script", counted)
    found = together(DATABASES, lambda _: Reader().read(source("schema.sql")), 4, "reading")
    assert len(made) == 1
    assert all(f == found[0] for f in found)
