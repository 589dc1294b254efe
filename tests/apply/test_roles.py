"""Roles that a plan names and the server lacks: said when it is made, refused before it is run, or created."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from support.own_server import OwnServer

import schemadiff
from schemadiff import Plan, Scope
from schemadiff.errors import Refused
from schemadiff.sqltext import ident

MANAGED, UNMANAGED = Scope(manage_roles=True), Scope()


def asked(url: str, sql: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(sql.encode())
        return cursor.fetchall() if cursor.description else []


def drop(url: str, *roles: str) -> None:
    """The database that a role owns something in goes with the test, or has given it up."""
    for role in roles:
        if asked(url, f"select 1 from pg_roles where rolname = '{role.replace("'", "''")}'"):
            asked(url, f"drop owned by {ident(role)}; drop role {ident(role)}")


@pytest.fixture
def database(apart: str) -> str:
    """On another server than the scratch server, which gets the roles."""
    return apart


@pytest.fixture
def roles(database: str) -> Iterator[tuple[str, str]]:
    found = (f"Ow\"ner's {os.urandom(4).hex()}", f"reader_{os.urandom(4).hex()}")
    yield found
    drop(database, *found)


@pytest.fixture
def schema(roles: tuple[str, str], tmp_path: Path) -> str:
    owner, reader = map(ident, roles)
    path = tmp_path / "schema.sql"
    path.write_text(f"""
        create role {owner} login password 'hidden';
        create table t (a int);
        grant {owner} to {reader};
        alter table t owner to {owner};
        grant select on t to {reader};
    """)
    return str(path)


def planned(url: str, schema: str, roles: tuple[str, str], scope: Scope = UNMANAGED) -> Plan:
    """A plan, made while the server has none of the roles."""
    made = schemadiff.plan(url, schema, scope=scope)
    assert asked(url, f"select from pg_roles where rolname = '{roles[1]}'") == []
    return made


def test_what_is_missing_is_said_and_refused(database: str, schema: str, roles: tuple[str, str]) -> None:
    made = planned(database, schema, roles)
    assert made.roles == roles
    (said,) = [note for note in made.notes if "do not exist on the server" in note]
    assert all(f"create role {ident(role)}" in said for role in roles)
    for plan in (made, Plan.from_json(made.to_json())):
        with pytest.raises(Refused, match="nothing was run") as caught:
            schemadiff.apply(database, plan=plan)
        assert all(f"create role {ident(role)}" in str(caught.value) for role in roles)
    assert asked(database, "select to_regclass('t')::text") == [(None,)]
    asked(database, f"create role {ident(roles[0])}")
    with pytest.raises(Refused, match=f"role {roles[1]} does not exist"):
        schemadiff.apply(database, plan=made)
    asked(database, f"create role {ident(roles[1])}")
    schemadiff.apply(database, plan=made)
    assert schemadiff.check(database, schema).in_sync
    assert schemadiff.plan(database, schema).roles == ()


def test_they_are_created_on_request_and_stay(database: str, schema: str, roles: tuple[str, str]) -> None:
    made = planned(database, schema, roles, MANAGED)
    assert made.roles == ()
    assert [ident(role) in step.sql for role, step in zip(roles, made.forward.steps, strict=False)] == [
        True
    ] * 2
    assert not any("create role" in step.sql for step in made.reverse.steps)
    assert sum("is left in place by the reverse" in note for note in made.notes) == 2
    schemadiff.apply(database, plan=made)
    there = "select rolname, rolcanlogin, rolsuper from pg_roles where rolname = any (array["
    names = ", ".join("'" + role.replace("'", "''") + "'" for role in roles)
    assert sorted(asked(database, f"{there}{names}])")) == [(role, False, False) for role in sorted(roles)]
    assert schemadiff.check(database, schema, scope=MANAGED).in_sync
    schemadiff.revert(database, allow=("DELETES_DATA",))
    assert len(asked(database, f"{there}{names}])")) == 2
    schemadiff.apply(database, plan=made)
    again = schemadiff.plan(database, schema, scope=MANAGED)
    assert again.empty


def test_of_two_databases_of_a_server_the_second_finds_them(
    database: str, schema: str, roles: tuple[str, str], own: OwnServer
) -> None:
    with own.database("other") as other:
        first, second = (planned(url, schema, roles, MANAGED) for url in (database, other))
        schemadiff.apply(database, plan=first)
        schemadiff.apply(other, plan=second)
        assert schemadiff.check(other, schema).in_sync


def test_without_a_server_a_plan_creates_what_may_be_missing(schema: str, roles: tuple[str, str]) -> None:
    made = schemadiff.plan("empty", schema, scope=MANAGED, prove=False)
    assert sum("if not exists" in step.sql for step in made.forward.steps) == 2
    made = schemadiff.plan("empty", schema, prove=False)
    assert made.roles == roles
    assert not any("on the server, and the plan needs" in note for note in made.notes)


def test_what_is_said_of_roles_beside_their_names_is_not_passed_over(
    database: str, schema: str, roles: tuple[str, str]
) -> None:
    made = planned(database, schema, roles)
    (said,) = [note for note in made.notes if "attributes and memberships of roles" in note]
    assert said.startswith(f"{Path(schema).name}:2 and 1 more: ") or ":2 and 1 more: " in said
    assert "hidden" not in said
    assert said in schemadiff.check(database, schema).notes
