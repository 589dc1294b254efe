"""The example on a database of each major: proven on the same major, and on the embedded server's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.dumps import entries
from support.programs import Programs

import schemadiff
from schemadiff import demo
from schemadiff._dump import dump
from schemadiff.catalog import fingerprint
from schemadiff.errors import PlanError
from schemadiff.scratch import ScratchServer
from schemadiff.scratch.binaries import embedded, version_of
from schemadiff.scratch.processes import server_user

BEFORE = (demo.HERE / "before.sql").read_text(encoding="utf-8")
SCHEMA = demo.HERE / "schema.sql"


@pytest.fixture
def live(older: tuple[ScratchServer, str]) -> Iterator[str]:
    """The URL of a database with the schema before the change, and with what its major alone has."""
    server, _ = older
    with server.database() as url:
        Programs.of(server).psql(url, BEFORE)
        yield url


@pytest.fixture(params=["same", "embedded"])
def scratch(request: pytest.FixtureRequest, older: tuple[ScratchServer, str]) -> str:
    return older[1] if request.param == "same" else "embedded"


def test_there_and_back(live: str, older: tuple[ScratchServer, str], scratch: str, tmp_path: Path) -> None:
    server, programs = older[0], Programs.of(older[0])
    before = entries(programs.dump(live))
    plan = schemadiff.plan(live, str(SCHEMA), scratch=scratch)
    assert plan.proof is not None
    assert plan.version == server.version
    assert (plan.compiled == server.version) == (scratch != "embedded")

    schemadiff.apply(live, plan=plan, scratch=scratch)
    assert schemadiff.check(live, str(SCHEMA), scratch=scratch).in_sync
    assert schemadiff.plan(live, str(SCHEMA), scratch=scratch).empty
    with server.database() as wanted:
        programs.psql(wanted, SCHEMA.read_text(encoding="utf-8"))
        assert entries(programs.dump(live)) == entries(programs.dump(wanted))

    written = tmp_path / "dump.sql"
    written.write_text(dump(live, scratch=scratch), encoding="utf-8")
    assert schemadiff.check(live, str(written), scratch=scratch).in_sync

    schemadiff.revert(live, scratch=scratch, allow=["DELETES_DATA"])
    assert not schemadiff.check(live, str(SCHEMA), scratch=scratch).in_sync
    assert fingerprint(schemadiff.read(live)) == plan.before
    assert entries(programs.dump(live)) == before


def test_two_databases_of_one_major_are_proven_on_another(
    live: str, older: tuple[ScratchServer, str]
) -> None:
    """Their catalogs compare as they are; the proof has to bring both to its own server."""
    server, programs = older[0], Programs.of(older[0])
    with server.database() as wanted:
        programs.psql(wanted, SCHEMA.read_text(encoding="utf-8"))
        plan = schemadiff.plan(live, wanted, scratch="embedded")
        assert plan.version // 10000 < plan.compiled // 10000
        schemadiff.apply(live, plan=plan, scratch="embedded")
        assert schemadiff.diff(live, wanted) == ()
        assert schemadiff.plan(live, wanted, scratch="embedded").empty


def test_an_older_scratch_server_is_refused_with_the_cure(
    database: str, older: tuple[ScratchServer, str]
) -> None:
    major = version_of(embedded(server_user()).bin)
    with pytest.raises(PlanError, match=f"schemadiff scratch install {major}"):
        schemadiff.plan(database, str(SCHEMA), scratch=older[1])
