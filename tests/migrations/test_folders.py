"""Folders of migrations of other tools as sources."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from support import tools

import schemadiff
from schemadiff.cli import run
from schemadiff.errors import SourceError, UsageError
from schemadiff.report.layouts import LAYOUTS
from schemadiff.scratch import ScratchServer

SCHEMA = """
create table course (id bigint primary key, title text default ':x %s');
create table video (id bigint primary key, course_id bigint not null references course (id));
create index video_course on video (course_id);
"""
COURSE = "create table course (id bigint primary key, title text default ':x %s');\n"
VIDEO = "create table video (id bigint primary key, course_id bigint not null references course (id));\n"
INDEX = "create index concurrently video_course on video (course_id);\n"
FILES = {
    "dbmate": {
        "9_course.sql": f"-- migrate:up\n{COURSE}\n-- migrate:down\ndrop table course;\n",
        "10_video.sql": f"--migrate:up\n{VIDEO}-- migrate:down\ndrop table video;\n",
        "20260101000000_index.sql": f"-- migrate:up transaction:false\n{INDEX}-- migrate:down\ndrop index video_course;\n",
    },
    "golang-migrate": {
        "9_course.up.sql": COURSE,
        "9_course.down.sql": "drop table course;",
        "10_video.up.sql": VIDEO,
        "10_video.down.sql": "drop table video;",
        "000011_index.up.sql": INDEX,
        "000011_index.down.sql": "drop index video_course;",
    },
    "flyway": {
        "V1__before.sql": "create table gone ();",
        "B1.1__course.sql": COURSE,
        "V1_2__video.sql": VIDEO,
        "U1_2__video.sql": "drop table video;",
        "sub/V1.10__drop.sql": "drop table later;",
        "V1.9__later.sql": "create table later ();",
        "R__index.sql": INDEX,
        "V1.9__later.sql.conf": "placeholderReplacement = false",
        "callbacks.sql": "create table no_migration ();",
    },
}


def put(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


@pytest.fixture
def schema(tmp_path: Path) -> str:
    (tmp_path / "schema.sql").write_text(SCHEMA)
    return str(tmp_path / "schema.sql")


@pytest.mark.parametrize("tool", FILES)
def test_it_says_what_goes_up_in_order(tool: str, schema: str, tmp_path: Path) -> None:
    put(tmp_path / "db", FILES[tool])
    assert schemadiff.diff(f"{tool}:{tmp_path / 'db'}", schema) == ()
    assert schemadiff.plan(schema, f"{tool}:{tmp_path / 'db'}").empty


@pytest.mark.parametrize("tool", FILES)
def test_what_a_plan_writes_is_read_back(
    tool: str, schema: str, tmp_path: Path, server: ScratchServer
) -> None:
    (tmp_path / "db").mkdir()
    with server.database() as url:
        plan = schemadiff.plan(url, schema)
        for each in LAYOUTS[tool](plan, "all", {}, datetime(2026, 1, 2, tzinfo=UTC)):
            (tmp_path / "db" / each.name).write_text(each.text)
        assert schemadiff.diff(f"{tool}:{tmp_path / 'db'}", schema) == ()
        {"dbmate": tools.dbmate, "golang-migrate": tools.golang_migrate, "flyway": tools.flyway}[tool](
            tmp_path / "db", url, "up"
        )
        with tools.connect(url) as connection:
            connection.execute("create table if not exists schema_migrations (version text)")
            connection.execute("create table flyway_schema_history (version text)")
            connection.execute(
                "drop table schema_migrations" if tool == "flyway" else "drop table flyway_schema_history"
            )
        assert schemadiff.check(url, f"{tool}:{tmp_path / 'db'}").in_sync
        assert not schemadiff.check(url, schema).in_sync


def test_where_an_object_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], database: str
) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "db", FILES["dbmate"])
    assert run(["check", database, "--to", "dbmate:db", "--report", "github=out", "--verify"]) == 2
    assert (
        "::error file=db/10_video.sql,line=2,title=table video is missing" in (tmp_path / "out").read_text()
    )
    assert "pg_dump says the same" in capsys.readouterr().out


def test_what_goes_wrong(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such folder; give the one that the migrations are in"):
        schemadiff.read(f"flyway:{tmp_path / 'nowhere'}")
    put(
        tmp_path,
        {"V1__x.sql": "create table ${name} ();", "1_x.sql": "create table t ();", "x.sql": "select 1;"},
    )
    with pytest.raises(SourceError, match=r"has '\$\{' in it, which Flyway replaces"):
        schemadiff.read(f"flyway:{tmp_path}")
    with pytest.raises(SourceError, match="has no line '-- migrate:up'"):
        schemadiff.read(f"dbmate:{tmp_path}")
    with pytest.raises(UsageError, match="no statement in it"):
        schemadiff.read(f"golang-migrate:{tmp_path}")


def test_in_a_sandbox_nothing_outside_of_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.sql").write_text("create table secret ();")
    put(tmp_path / "db", {"1_x.up.sql": "\\ir ../secret.sql\n"})
    with pytest.raises(SourceError, match="nothing is read outside of"):
        schemadiff.read(f"golang-migrate:{tmp_path / 'db'}", scratch="sandbox")
