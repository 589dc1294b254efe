"""What a plan file must be before anything of it runs: each field of its type, none missing and none more, the seal
its own. A forgery that is sealed again with another statement is a plan, and runs: the seal is no signature."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from support.every import EVERY_CASE

import schemadiff
from schemadiff import Plan
from schemadiff._plan import FORMAT, _seal
from schemadiff.errors import ApplyError, PlanFileError
from schemadiff.scratch import ScratchServer

OLD = "create table t (a int);"
NEW = """
create table t (a int, b text not null default 'x');
create index i on t (b);
comment on table t is 'x';
-- schemadiff: renamed from s
create table u ();
"""
VALUES: tuple[Any, ...] = (None, True, 7, 1.5, "text", "\0", "\ud800", [], ["x"], [[]], {}, {"x": 1})
type Path_ = tuple[str | int, ...]


@pytest.fixture(scope="module")
def body(server: ScratchServer, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A plan as the JSON object that its seal is over."""
    folder = tmp_path_factory.mktemp("plan")
    (folder / "old.sql").write_text(OLD + "create table s ();")
    (folder / "new.sql").write_text(NEW)
    made = schemadiff.plan(str(folder / "old.sql"), str(folder / "new.sql"), strategy="online")
    found: dict[str, Any] = json.loads(made.to_json())
    del found["seal"]
    return found


def sealed(body: dict[str, Any]) -> str:
    return json.dumps({**body, "seal": _seal(body)})


def places(value: Any, at: Path_ = ()) -> Iterator[Path_]:
    """Everything in a JSON value, by the way to it."""
    yield at
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from places(part, (*at, key))


def changed(body: dict[str, Any], at: Path_, change: Callable[[Any, Any], None]) -> dict[str, Any]:
    made = copy.deepcopy(body)
    owner: Any = made
    for key in at[:-1]:
        owner = owner[key]
    change(owner, at[-1])
    return made


def test_as_it_was_written(body: dict[str, Any]) -> None:
    assert json.loads(Plan.from_json(sealed(body)).to_json()) == {**body, "seal": _seal(body)}


def test_another_value_at_every_place(body: dict[str, Any]) -> None:
    """Refused, or a plan of the same shape: nothing else is raised, and no value of another type gets in."""
    refused = 0
    for at in places(body):
        if not at or at == ("format",):
            continue
        for value in VALUES if EVERY_CASE else Random(str(at)).sample(VALUES, 4):

            def put(owner: Any, key: Any, value: Any = value) -> None:
                owner[key] = value

            forged = changed(body, at, put)
            try:
                again = json.loads(Plan.from_json(sealed(forged)).to_json())
            except PlanFileError:
                refused += 1
            else:
                del again["seal"]
                assert value == {} or again == forged, at  # what is left out has a default
    assert refused > 500


def test_without_every_field(body: dict[str, Any]) -> None:
    for at in places(body):
        if at and isinstance(at[-1], str) and at != ("format",):
            forged = changed(body, at, lambda owner, key: owner.pop(key))
            try:
                again = Plan.from_json(sealed(forged))
            except PlanFileError:
                continue
            assert again.to_json() != "", "a field with a default"


def test_with_a_field_more(body: dict[str, Any]) -> None:
    for at in places(body):
        found: Any = body
        for key in at:
            found = found[key]
        if isinstance(found, dict):
            forged = changed(body, (*at, "more"), lambda owner, key: owner.update({key: 1}))
            with pytest.raises(PlanFileError, match="unknown more"):
                Plan.from_json(sealed(forged))


def test_steps_and_grades_belong_together(body: dict[str, Any]) -> None:
    def more(owner: Any, key: Any) -> None:
        owner[key].append(copy.deepcopy(owner[key][-1]))

    for part in ("steps", "restores"):
        with pytest.raises(PlanFileError, match="not the shape of a plan"):
            Plan.from_json(sealed(changed(body, ("forward", part), more)))


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "7", '"x"', "[" * 100_000, '{"seal": {}, "format": []}', "{}"]
)
def test_no_plan_at_all(text: str) -> None:
    with pytest.raises(PlanFileError):
        Plan.from_json(text)


@pytest.mark.parametrize("number", [FORMAT - 1, FORMAT + 1, "2", None, [2], 2.5])
def test_another_format(body: dict[str, Any], number: Any) -> None:
    with pytest.raises(PlanFileError, match=r"plan format .*, this tool reads"):
        Plan.from_json(sealed({**body, "format": number}))


def test_a_database_that_is_elsewhere_is_not_touched(body: dict[str, Any], database: str) -> None:
    plan = Plan.from_json(sealed(body))
    with pytest.raises(schemadiff.errors.Drifted):
        schemadiff.apply(database, plan=plan)
    assert schemadiff.history(database) == ()


def test_a_forgery_that_is_sealed_again_is_a_plan(database: str, tmp_path: Path) -> None:
    """Who may write a plan file may run what it says: it is code, like a .sql file."""
    (tmp_path / "new.sql").write_text("create table t ();")
    body = json.loads(schemadiff.plan(database, str(tmp_path / "new.sql")).to_json())
    del body["seal"]
    body["forward"]["steps"][0]["sql"] += "; create table public.forged ()"
    with pytest.raises(ApplyError, match="all steps ran and are committed, and the database is not at"):
        schemadiff.apply(database, plan=Plan.from_json(sealed(body)))
