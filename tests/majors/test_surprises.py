"""What a newer major fills in by itself, and a database of an older one cannot have.

The target is compiled on the embedded server, the plan runs on the older one."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.dumps import entries
from support.programs import Programs

import schemadiff
from schemadiff._dump import dump
from schemadiff.catalog import fingerprint
from schemadiff.scratch import ScratchServer

ROLE = "majors_alice"

CASES = {
    # From 18 on a constraint with a name, which the partition keeps when it is attached.
    "not null of a partition": (
        """
        create table p (id int not null) partition by range (id);
        create table a partition of p for values from (1) to (10);
        create table b (id int not null);
        """,
        """
        create table p (id int not null) partition by range (id);
        create table a (id int not null);
        create table b partition of p for values from (1) to (10);
        """,
    ),
    "named not null": (
        "create table t (id int); create domain d as int;",
        "create table t (id int constraint needed not null); create domain d as int constraint wanted not null;",
    ),
    # MAINTAIN is of 17.
    "all privileges": (
        "create table t (id int); create table u (id int); revoke select on u from current_user;",
        f"create table t (id int); grant all on t to {ROLE}; create table u (id int);",
    ),
    # A sequence is unlogged with its table from 15 on.
    "unlogged table": (
        "create table t (id serial);",
        "create unlogged table t (id serial);",
    ),
    "policy of the current user": (
        "create table t (id int);",
        "create table t (id int); create policy p on t to current_user using (id > 0);",
    ),
    "defaults of views and heirs": (
        "create table t (a int default 1, b int); create view v as select * from t; create table h () inherits (t);",
        """
        create table t (a int default 1, b int default 2);
        create view v as select * from t;
        alter view v alter column b set default 3;
        create table h () inherits (t);
        alter table h alter column a drop default, alter column b set default 4;
        """,
    ),
    "default privileges of a schema that goes": (
        f"create schema s; alter default privileges in schema s grant select on tables to {ROLE};",
        "create table t (id int);",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_reached_from_both_sides(name: str, older: tuple[ScratchServer, str], tmp_path: Path) -> None:
    server, programs = older[0], Programs.of(older[0])
    server.ensure_roles([ROLE])
    for origin, target in (CASES[name], CASES[name][::-1]):
        file = tmp_path / "schema.sql"
        file.write_text(target, encoding="utf-8")
        with server.database() as live:
            programs.psql(live, origin)
            before = entries(programs.dump(live))
            plan = schemadiff.plan(live, str(file), scratch="embedded")
            programs.psql(live, plan.forward.sql)
            assert schemadiff.check(live, str(file), scratch="embedded").in_sync
            file.write_text(dump(live, scratch="embedded"), encoding="utf-8")
            assert schemadiff.check(live, str(file), scratch="embedded").in_sync
            programs.psql(live, plan.reverse.sql)
            assert fingerprint(schemadiff.read(live)) == plan.before
            assert entries(programs.dump(live)) == before
