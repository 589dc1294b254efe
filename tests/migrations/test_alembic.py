"""An Alembic history as a source."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from support import tools
from support.programs import Programs

import schemadiff
from schemadiff import _alembic
from schemadiff.cli import run
from schemadiff.errors import SourceError, UsageError
from schemadiff.scratch import ScratchServer

FIRST = """
import sqlalchemy as sa
from alembic import op
revision = "aaa"
down_revision = None
def upgrade():
    op.create_table("course", sa.Column("id", sa.Integer, primary_key=True), sa.Column("title", sa.Text))
    op.execute("create type mood as enum ('a')")
def downgrade():
    op.drop_table("course")
"""
SECOND = """
import sqlalchemy as sa
from alembic import op
revision = "bbb"
down_revision = "aaa"
def upgrade():
    op.add_column("course", sa.Column("price", sa.Numeric(10, 2), nullable=False, server_default="0"))
    with op.get_context().autocommit_block():
        op.execute("alter type mood add value 'b'")
        op.create_index("course_title", "course", ["title"], postgresql_concurrently=True)
    op.execute("grant select on course to alembic_source_reader")
    assert op.get_bind().execute(sa.text("select count(*) from course")).scalar() == 0
def downgrade():
    pass
"""
SAME = """
create type mood as enum ('a', 'b');
create table course (id serial primary key, title text, price numeric(10, 2) not null default '0');
create index course_title on course (title);
grant select on course to alembic_source_reader;
"""
NOWHERE = "postgresql://nobody@127.0.0.1:1/nowhere"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "versions").mkdir(parents=True)
    tools.ini(folder, NOWHERE)
    (folder / "versions" / "a.py").write_text(FIRST)
    (folder / "versions" / "b.py").write_text(SECOND)
    return folder


@pytest.fixture
def other(server: ScratchServer) -> Iterator[str]:
    """A database that is nobody's scratch database."""
    with server.database() as url:
        yield url


def source(project: Path) -> str:
    return f"alembic:{project / 'alembic.ini'}"


def tables(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        query = (
            "select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'"
        )
        return [row[0] for row in connection.execute(query).fetchall()]


def test_it_says_what_its_revisions_do(project: Path, tmp_path: Path) -> None:
    (tmp_path / "same.sql").write_text(SAME)
    assert schemadiff.diff(source(project), str(tmp_path / "same.sql")) == ()
    assert schemadiff.diff(str(tmp_path / "same.sql"), f"alembic:{project}") == ()


def test_no_database_but_the_scratch_one_is_touched(
    project: Path, other: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", other)
    tools.ini(project, other)
    env = (project / "env.py").read_text()
    direct = 'import os, psycopg\nwith psycopg.connect(os.environ["DATABASE_URL"]) as c: c.execute("create table mine ()")\n'
    (project / "env.py").write_text(direct + env)
    found = schemadiff.read(source(project))
    assert {i.path[-1] for i in found.facts if i.kind == "table"} == {"course", "mine"}
    assert tables(other) == []


def test_a_connection_of_its_own_is_not_used(project: Path, other: str) -> None:
    tools.ini(project, other)
    env = (project / "env.py").read_text()
    made = f"import psycopg\nfrom sqlalchemy import create_engine as made\ncreate_engine = lambda url: made(url, creator=lambda: psycopg.connect({other!r}))\n"
    (project / "env.py").write_text(env.replace("from sqlalchemy import create_engine\n", made))
    with pytest.raises(SourceError, match="cannot be led to the scratch database, so nothing was run"):
        schemadiff.read(source(project))
    assert tables(other) == []


def test_its_own_table_is_left_alone(project: Path, other: str, capsys: pytest.CaptureFixture[str]) -> None:
    with psycopg.connect(other, autocommit=True) as connection:
        connection.execute("""
            do $$ begin
                if to_regrole('alembic_source_reader') is null then create role alembic_source_reader; end if;
            end $$
        """)
    tools.ini(project, other)
    tools.run_alembic(project, "upgrade", "head")
    assert "alembic_version" in tables(other)
    assert run(["check", other, "--to", source(project), "--verify"]) == 0, capsys.readouterr()
    assert "pg_dump says the same" in capsys.readouterr().out
    assert schemadiff.plan(other, source(project)).empty
    with psycopg.connect(other, autocommit=True) as connection:
        connection.execute("drop index course_title")
    assert run(["check", other, "--to", source(project), "--verify"]) == 2
    assert "alembic_version" not in capsys.readouterr().out


def test_a_revision_that_a_plan_wrote_closes_the_gap(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "schema.sql"
    target.write_text(
        SAME + "create table video (id bigint primary key, course_id integer references course (id));"
    )
    arguments = ["plan", source(project), "--to", str(target), "--format", "alembic", "--name", "add video"]
    assert run([*arguments, "--out", str(project / "versions")]) == 0, capsys.readouterr().err
    assert schemadiff.diff(source(project), str(target)) == ()


def test_a_diagram_of_it(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diagram", source(project), "--format", "mermaid"]) == 0
    said = capsys.readouterr().out
    assert "course" in said
    assert "alembic_version" not in said


def test_what_goes_wrong(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SourceError, match=r"no such file; give the path of an alembic\.ini"):
        schemadiff.read("alembic:nowhere.ini")
    (project / "versions" / "c.py").write_text(
        FIRST.replace("aaa", "ccc").replace("None", '"bbb"').replace("course", "course")
    )
    with pytest.raises(SourceError, match='relation "course" already exists'):
        schemadiff.read(source(project))
    (project / "versions" / "c.py").write_text("import no_such_module\n")
    with pytest.raises(SourceError, match="No module named 'no_such_module'"):
        schemadiff.read(source(project))
    with pytest.raises(UsageError, match="which no sandbox does"):
        schemadiff.read(source(project), scratch="sandbox")
    monkeypatch.setattr(_alembic, "find_spec", lambda name: None)
    with pytest.raises(SourceError, match=r"pip install 'schemadiff\[alembic\]'"):
        schemadiff.read(source(project))


def test_in_the_configuration(project: Path, monkeypatch: pytest.MonkeyPatch, programs: Programs) -> None:
    from schemadiff.config import load

    (project / "schemadiff.toml").write_text('schema = "alembic:alembic.ini"\n')
    assert load(project / "versions").schema == "alembic:../alembic.ini"
