"""The least rights of each command, as docs/security.md has them: a role with just these can, and one with one less
is told what it lacks. The live server is one of its own: on a scratch server roles have all rights."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg import conninfo
from support.passwords import PASSWORD, password_server, with_password

import schemadiff
from schemadiff.errors import ApplyError, ConnectError

SETUP = """
    create role {role} login password 'least';
    revoke all on database {database} from public;
    revoke all on schema public from public;
    grant connect on database {database} to {role};
    create schema app authorization {owner};
    set role {owner};
    create table app.course (id int primary key, title text);
    create view app.titles as select title from app.course;
    create function app.one() returns int language sql return 1;
    insert into app.course values (1, 'Weaving');
    reset role;
"""
SCHEMA = """
create schema app;
create table app.course (id int primary key, title text not null, price numeric(8, 2) default 0 check (price >= 0));
create table app.video (id int primary key, course_id int not null references app.course (id));
create index video_course on app.video (course_id);
create view app.titles as select title, price from app.course;
create function app.one() returns int language sql return 2;
comment on table app.video is 'of a course';
create type app.state as enum ('new', 'old');
"""


@dataclass(frozen=True, slots=True)
class Least:
    """A database with a role that has the right to connect and no other; ``admin`` is its owner's URL."""

    admin: str
    url: str
    role: str
    schema: str

    def run(self, statement: str) -> None:
        database = f'"{conninfo.conninfo_to_dict(self.admin)["dbname"]}"'
        with psycopg.connect(self.admin, autocommit=True) as connection:
            connection.execute(
                statement.replace("{role}", self.role).replace("{database}", database).encode()
            )


@pytest.fixture(scope="module")
def live() -> Iterator[str]:
    """The superuser's URL of a server apart from the scratch server."""
    with password_server() as found:
        yield with_password(found, PASSWORD)


@pytest.fixture
def least(request: pytest.FixtureRequest, live: str, tmp_path: Path) -> Iterator[Least]:
    """``request.param`` says who owns what is there: the role itself, or somebody else."""
    role = "least_" + os.urandom(4).hex()
    owner = role if getattr(request, "param", "self") == "self" else "postgres"
    (tmp_path / "schema.sql").write_text(SCHEMA)
    with psycopg.connect(live, autocommit=True) as connection:
        connection.execute(f"create database {role}".encode())
        admin = conninfo.make_conninfo(live, dbname=role)
        url = conninfo.make_conninfo(admin, user=role, password="least")
        made = Least(admin, url, role, str(tmp_path / "schema.sql"))
        made.run(SETUP.replace("{owner}", owner))
        yield made
        made.run("drop owned by {role}")
        connection.execute(f"drop database {role} with (force)".encode())
        connection.execute(f"drop role {role}".encode())


@pytest.mark.parametrize("least", ["other"], indirect=True)
def test_reading_needs_to_connect_alone(least: Least, tmp_path: Path) -> None:
    """check, plan, diff, dump and init: PostgreSQL shows its catalogs to everybody."""
    drift = schemadiff.check(least.url, least.schema)
    theirs = schemadiff.check(least.admin, least.schema).differences
    assert [d.id for d in drift.differences] == [d.id for d in theirs]
    plan = schemadiff.plan(least.url, least.schema)
    assert plan.proof is not None
    assert plan.before == schemadiff.plan(least.admin, least.schema).before
    assert schemadiff.diff(least.url, least.admin) == ()
    assert schemadiff.history(least.url) == ()
    least.run("revoke connect on database {database} from {role}")
    with pytest.raises(ConnectError, match="permission denied for database"):
        schemadiff.check(least.url, least.schema)


def test_who_may_not_lock_a_table_changes_it_without(least: Least) -> None:
    least.run("grant create on database {database} to {role}")
    least.run("revoke update, delete, truncate, maintain on app.course from {role}")
    own_rights_aside = schemadiff.Scope(privileges=False)
    plan = schemadiff.plan(least.url, least.schema, scope=own_rights_aside)
    assert any(step.observed and step.observed.locks for step in plan.forward.steps)
    with (
        psycopg.connect(least.url) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="permission denied for table course"),
    ):
        connection.execute("lock table only app.course in access exclusive mode")
    schemadiff.apply(least.url, plan=plan)
    assert schemadiff.check(least.url, least.schema, scope=own_rights_aside).in_sync


def test_applying_needs_to_own_what_changes_and_a_place_for_the_history(least: Least) -> None:
    plan = schemadiff.plan(least.url, least.schema)
    with pytest.raises(ApplyError, match=r"may not write the history .* grant create on the database to it"):
        schemadiff.apply(least.url, plan=plan)
    least.run("grant create on database {database} to {role}")
    schemadiff.apply(least.url, plan=plan)
    assert schemadiff.check(least.url, least.schema).in_sync
    schemadiff.revert(least.url, allow=("DELETES_DATA",))


def test_the_place_for_the_history_may_be_there(least: Least) -> None:
    """An administrator makes the schema; then nothing else in the database is the role's to make."""
    least.run("create schema schemadiff")
    with pytest.raises(ApplyError, match="grant create on schema schemadiff to it"):
        schemadiff.apply(least.url, least.schema)
    least.run("grant usage, create on schema schemadiff to {role}")
    schemadiff.apply(least.url, least.schema)
    least.run("revoke create on schema schemadiff from {role}")
    schemadiff.revert(least.url, allow=("DELETES_DATA",))
    assert [r.direction for r in schemadiff.history(least.url)] == ["revert", "forward"]


@pytest.mark.parametrize("least", ["other"], indirect=True)
def test_applying_to_what_another_owns(least: Least) -> None:
    """Whoever is a member of the owner may; and what is made is then owned by the role that makes it."""
    least.run("grant create on database {database} to {role}")
    with pytest.raises(
        ApplyError, match=r"PostgreSQL refuses at step 1 of .*\n.*(permission denied|must be owner)"
    ):
        schemadiff.apply(least.url, least.schema)
    assert schemadiff.history(least.url) == ()
    assert not schemadiff.check(least.url, least.schema).in_sync


def test_a_history_that_another_made(least: Least, tmp_path: Path) -> None:
    (tmp_path / "other.sql").write_text("create table public.other ();")
    scope = schemadiff.Scope(schemas=("public",))
    schemadiff.apply(least.admin, str(tmp_path / "other.sql"), scope=scope)
    with pytest.raises(ApplyError, match=r"may not read schemadiff\.history: permission denied for schema"):
        schemadiff.history(least.url)
    scope = schemadiff.Scope(schemas=("app",))
    with pytest.raises(ApplyError, match="grant usage on schema schemadiff and select, insert, update on"):
        schemadiff.apply(least.url, least.schema, scope=scope)
    least.run("grant usage on schema schemadiff to {role}")
    least.run("grant select, insert, update on schemadiff.history to {role}")
    schemadiff.apply(least.url, least.schema, scope=scope)
    assert len(schemadiff.history(least.url)) == 2
