"""A database of one major, a plan that was compiled on another: each fingerprint holds for its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from support.dumps import entries
from support.programs import Programs

import schemadiff
from schemadiff import Plan
from schemadiff._apply import apply_plan, history
from schemadiff.catalog import fingerprint
from schemadiff.errors import Drifted, ScratchError
from schemadiff.scratch import ScratchServer, scratch_server
from schemadiff.scratch.binaries import of_major
from schemadiff.scratch.processes import server_user

from .conftest import execute, with_steps

OLD = """
    create table t (id int primary key, name text not null);
    create view v as select id, name from t where name in ('a', 'b');
"""
NEW = """
    create table t (id int primary key, name text not null, more int not null default 1);
    create view v as select id, name, more from t where name = any (array['a', 'c']);
    create table u (id int primary key references t);
"""


@pytest.fixture(scope="module")
def older() -> Iterator[ScratchServer]:
    """A server of a major before the embedded one's."""
    found = [binaries for major in (15, 14, 16, 17) if (binaries := of_major(major, server_user()))]
    if not found:
        pytest.skip("no PostgreSQL 14 to 17 on this machine: install one, or: schemadiff scratch install 15")
    with scratch_server(str(found[0].bin)) as server:
        yield server


@pytest.fixture
def url(older: ScratchServer) -> Iterator[str]:
    with older.database() as url:
        Programs.of(older).psql(url, OLD)
        yield url


@pytest.fixture
def target(tmp_path: Path) -> str:
    file = tmp_path / "schema.sql"
    file.write_text(NEW)
    return str(file)


@pytest.fixture
def plan(url: str, target: str, older: ScratchServer) -> Plan:
    made = schemadiff.plan(url, target, prove=False, scratch="embedded")
    assert made.version // 10000 == older.major < made.compiled // 10000
    return made


def test_apply_and_revert_across_majors(url: str, target: str, plan: Plan, older: ScratchServer) -> None:
    programs = Programs.of(older)
    before = entries(programs.dump(url))
    apply_plan(plan, url, scratch="embedded")
    assert fingerprint(schemadiff.read(url)) != plan.after  # each major deparses in its own way
    assert schemadiff.check(url, target, scratch="embedded").in_sync
    with older.database() as wanted:
        programs.psql(wanted, NEW)
        assert entries(programs.dump(url)) == entries(programs.dump(wanted))
    assert apply_plan(plan, url, scratch="embedded").id is None

    schemadiff.revert(url, scratch="embedded", allow=["DELETES_DATA"])
    assert entries(programs.dump(url)) == before
    assert fingerprint(schemadiff.read(url)) == plan.before
    assert [(r.direction, r.finished, r.reverted_by) for r in history(url)] == [
        ("revert", True, None),
        ("forward", True, 2),
    ]
    assert apply_plan(plan.reversed(), url, scratch="embedded").id is None


def test_drift_is_seen_across_majors(url: str, plan: Plan) -> None:
    execute(url, "alter table t add surprise int")
    with pytest.raises(Drifted, match="not in the state"):
        apply_plan(plan, url, scratch="embedded")
    assert history(url) == ()


def test_drift_before_a_revert_is_seen_across_majors(url: str, plan: Plan) -> None:
    apply_plan(plan, url, scratch="embedded")
    execute(url, "alter table t alter more drop not null")
    with pytest.raises(Drifted, match="not in the state"):
        schemadiff.revert(url, scratch="embedded", allow=["DELETES_DATA"])


def test_a_target_that_is_missed_is_seen_across_majors(url: str, plan: Plan) -> None:
    with pytest.raises(schemadiff.SchemadiffError, match="the database is not at"):
        apply_plan(with_steps(plan, "drop view public.v"), url, scratch="embedded")


def test_a_scratch_server_of_another_major_is_of_no_use(url: str, plan: Plan, older: ScratchServer) -> None:
    own = older.url("postgres")
    with pytest.raises(ScratchError, match="the plan was compiled on PostgreSQL"):
        apply_plan(plan.reversed(), url, scratch=own)


def test_a_plan_of_an_older_major_is_refused(database: str, url: str, plan: Plan) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(OLD.encode())
    own = replace(plan, compiled=plan.version)
    with pytest.raises(Drifted, match="the plan was made for PostgreSQL"):
        apply_plan(own, database)
