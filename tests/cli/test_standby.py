"""A standby may be checked and planned for, and takes no plan."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.own_server import own_server

from .conftest import Call, execute, value

SCHEMA = "create table course (id integer primary key, title text);"


@pytest.fixture(scope="module")
def standby() -> Iterator[str]:
    """The URL of a database in recovery."""
    with own_server() as server:
        execute(server.url(), SCHEMA)
        assert server.process is not None
        server.process.send_signal(signal.SIGTERM)
        server.process.wait()
        mark = server.data / "standby.signal"
        mark.touch()
        shutil.chown(mark, server.data.stat().st_uid, server.data.stat().st_gid)
        server.start()
        assert value(server.url(), "select pg_is_in_recovery()") is True
        yield server.url()


def test_check_and_plan(standby: str, call: Call, folder: Path) -> None:
    (folder / "schema.sql").write_text(SCHEMA)
    assert call("check", standby, "--to", "schema.sql").code == 0
    (folder / "schema.sql").write_text(SCHEMA + "alter table course add price integer;")
    assert call("check", standby, "--to", "schema.sql").code == 2
    said = call("plan", standby, "--to", "schema.sql")
    assert (said.code, "add column price integer" in said.out) == (0, True), said.err


def test_a_large_schema_is_read_over_one_connection(
    standby: str, call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A standby shares no snapshot with a second one."""
    monkeypatch.setattr("schemadiff.catalog._ask.SHARED", "select pg_export_snapshot()")
    (folder / "schema.sql").write_text(SCHEMA)
    assert call("check", standby, "--to", "schema.sql").code == 0


def test_apply_wants_the_primary(standby: str, call: Call, folder: Path) -> None:
    (folder / "schema.sql").write_text(SCHEMA + "create table lesson (id integer);")
    said = call("apply", standby, "--to", "schema.sql", "--yes")
    assert (said.code, "the server is a standby" in said.err) == (1, True), said.err
