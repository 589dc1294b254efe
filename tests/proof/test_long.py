"""A proof of what is long sends and is sent as much for each step, however many steps and relations there are."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import pytest

from schemadiff._api import _drafted
from schemadiff._observe import Observer
from schemadiff._pair import pair
from schemadiff.engine import Observed
from schemadiff.prove import prove
from schemadiff.scratch import ScratchServer
from schemadiff.sources import Reader, source


class Sent(NamedTuple):
    """The messages of a proof, their length, and the rows of the answers that tell what steps did."""

    messages: int
    length: int
    rows: int


type Lines = Iterator[str]


def views(length: int, changed: bool) -> Lines:
    yield f"create table base (id int primary key, amount numeric({20 if changed else 12}, 2));"
    for n in range(10, 10 + length):
        yield f"create view v{n} as select id, amount from {f'v{n - 1}' if n > 10 else 'base'};"


def partitions(length: int, changed: bool) -> Lines:
    yield "create table whole (id int, at int) partition by range (at);"
    yield "create index whole_at on whole (at);" if changed else ""
    for n in range(10, 10 + length):
        yield f"create table part{n} partition of whole for values from ({n}) to ({n + 1});"


def tables(length: int, changed: bool) -> Lines:
    for n in range(10, 10 + length):
        yield f"create table t{n} (id int primary key, amount numeric({20 if changed else 12}, 2));"


@pytest.fixture
def sent(
    server: ScratchServer, binaries: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Callable[[int, bool], Lines], int], Sent]:
    """What the proof of a change of something of a length takes."""

    def counted(shape: Callable[[int, bool], Lines], length: int) -> Sent:
        ends = [tmp_path / name for name in ("before.sql", "after.sql")]
        for path, changed in zip(ends, (False, True), strict=True):
            path.write_text("\n".join(shape(length, changed)), encoding="utf-8")
        before, after = (source(str(path)) for path in ends)
        found = pair(before, after, Reader(binaries))
        plan = _drafted(found, ("before", "after"), None)
        texts: list[bytes] = []
        rows: list[int] = []
        execute, take = psycopg.Connection.execute, Observer.take

        def sending(self: Any, query: Any, *more: Any, **how: Any) -> Any:
            if (
                sys._getframe(1).f_globals["__name__"] == prove.__module__
            ):  # not what makes and drops databases
                texts.append(query)
            return execute(self, query, *more, **how)

        def taking(self: Observer, step: int, answer: Any) -> None:
            rows.append(len(answer))
            take(self, step, answer)

        with monkeypatch.context() as patched:
            patched.setattr(psycopg.Connection, "execute", sending)
            patched.setattr(Observer, "take", taking)
            assert prove(plan, found.origin, found.target, server).proof
        return Sent(len(texts), sum(map(len, texts)), sum(rows))

    return counted


@pytest.mark.parametrize("shape", [views, partitions, tables], ids=lambda shape: shape.__name__)
def test_each_step_takes_as_much(
    shape: Callable[[int, bool], Lines], sent: Callable[[Callable[[int, bool], Lines], int], Sent]
) -> None:
    sent(shape, 1)  # keeps what a new database holds
    few, more, many = (sent(shape, length) for length in (5, 10, 20))
    assert many.messages - more.messages == 2 * (more.messages - few.messages)
    assert many.rows - more.rows == 2 * (more.rows - few.rows)
    assert many.length - more.length < 2.2 * (more.length - few.length)


def test_a_transaction_is_one_message(sent: Callable[[Callable[[int, bool], Lines], int], Sent]) -> None:
    sent(views, 1)
    assert sent(views, 5).messages == sent(views, 30).messages


def test_what_is_made_again_is_not_asked_about(
    server: ScratchServer, binaries: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends = [tmp_path / name for name in ("before.sql", "after.sql")]
    for path, changed in zip(ends, (False, True), strict=True):
        path.write_text("\n".join(views(6, changed)), encoding="utf-8")
    before, after = (source(str(path)) for path in ends)
    found = pair(before, after, Reader(binaries))
    asked: list[int] = []
    take = Observer.take

    def taking(self: Observer, step: int, answer: Any) -> None:
        asked.append(step)
        take(self, step, answer)

    monkeypatch.setattr(Observer, "take", taking)
    plan = prove(_drafted(found, ("before", "after"), None), found.origin, found.target, server)
    made = [s for s in plan.forward.steps if s.verb == "create" and s.id.kind == "view"]
    assert [s.observed for s in made] == [Observed()] * 6
    steps = [*plan.forward.steps, *plan.reverse.steps]
    assert len(asked) == len([s for s in steps if s.verb != "create"]) + 2, "the first view stands on a table"
