"""What a question says of rows is true: where it says that a step fails, psql fails to run the plan, and where nothing
is in the way, psql runs it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import psycopg
import pytest
from support.every import EVERY_CASE
from support.programs import Programs

import schemadiff
from schemadiff import Plan
from schemadiff._findings import FAILS, LOSES, Finding
from schemadiff.report import words
from schemadiff.scratch import ScratchServer

from .cases import FAILING, LOSING, Case

STRATEGIES = ("online", "simple")
EACH = pytest.mark.parametrize(
    ("case", "strategy"),
    [
        pytest.param(case, strategy, id=f"{case}-{strategy}")
        for n, case in enumerate(FAILING)
        for strategy in (STRATEGIES if EVERY_CASE else STRATEGIES[n % 2 :][:1])
    ],
)
"""Each with one strategy, and with both on request."""


def known(case: Case, server: ScratchServer) -> None:
    if server.major < case.since:
        pytest.skip(f"needs PostgreSQL {case.since}, the server is {server.major}")


def planned(url: str, wanted: str, case: Case, rows: str, programs: Programs, strategy: str) -> Plan:
    programs.psql(url, case.old + rows)
    programs.psql(wanted, case.new)
    return schemadiff.plan(url, wanted, prove=False, strategy=strategy)


def findings(plan: Plan) -> Sequence[Finding]:
    assert plan.preflight is not None
    assert plan.preflight.asked
    return plan.preflight.findings


def looked(url: str, found: Finding) -> list[tuple[object, ...]]:
    """What the query for people shows."""
    with psycopg.connect(url) as connection:
        return connection.execute(found.look.encode()).fetchall()


def runs(programs: Programs, url: str, plan: Plan) -> bool:
    try:
        programs.psql(url, plan.forward.sql)
    except AssertionError:
        return False
    return True


@EACH
def test_rows_in_the_way_are_found_and_stop_the_plan(
    case: Case, strategy: str, server: ScratchServer, programs: Programs
) -> None:
    known(case, server)
    with server.database() as url, server.database() as wanted:
        plan = with_directives(url, wanted, case, case.bad, programs, strategy)
        failing = [words.finding(f).removeprefix("fails: ") for f in findings(plan) if f.outcome == FAILS]
        assert len(failing) == 1, failing
        assert matches(failing[0], case, server), failing
        for found in findings(
            plan
        ):  # where PostgreSQL tells only that there are some, looking ends in its error
            assert found.text.startswith("some row") or looked(url, found)
        assert not runs(programs, url, plan)


@EACH
def test_where_nothing_is_in_the_way_the_plan_runs(
    case: Case, strategy: str, server: ScratchServer, programs: Programs
) -> None:
    known(case, server)
    with server.database() as url, server.database() as wanted:
        plan = with_directives(url, wanted, case, case.good, programs, strategy)
        assert [words.finding(f) for f in findings(plan) if f.outcome != LOSES] == []
        assert runs(programs, url, plan)


@pytest.mark.parametrize("case", LOSING, ids=str)
def test_what_goes_is_counted_and_stops_nothing(
    case: Case, server: ScratchServer, programs: Programs
) -> None:
    with server.database() as url, server.database() as wanted:
        plan = planned(url, wanted, case, case.bad, programs, "online")
        (found,) = findings(plan)
        assert found.outcome == LOSES
        assert words.finding(found) == case.found
        assert looked(url, found)
        assert runs(programs, url, plan)


@pytest.mark.parametrize("case", LOSING, ids=str)
def test_where_nothing_goes_nothing_is_said(case: Case, server: ScratchServer, programs: Programs) -> None:
    with server.database() as url, server.database() as wanted:
        plan = planned(url, wanted, case, case.good, programs, "online")
        assert findings(plan) == ()


def matches(text: str, case: Case, server: ScratchServer) -> bool:
    if case.found.startswith("<n>"):
        return text.partition(" ")[2].startswith(case.found.partition(" ")[2])
    if server.major < case.counted_since:
        return text.startswith("some row")
    return text.startswith(case.found)


def with_directives(url: str, wanted: str, case: Case, rows: str, programs: Programs, strategy: str) -> Plan:
    """Only a file has directives."""
    if "-- schemadiff:" not in case.new:
        return planned(url, wanted, case, rows, programs, strategy)
    programs.psql(url, case.old + rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "schema.sql"
        path.write_text(case.new)
        return schemadiff.plan(url, str(path), prove=False, strategy=strategy)
