"""What a target must ask for: without a word of it, a database keeps what whoever runs its server has set."""

from __future__ import annotations

import psycopg
import pytest

import schemadiff
from schemadiff.scratch import ScratchServer

SETTINGS = {
    "database_setting": "do $$ begin execute format('alter database %I set work_mem = ''7MB''', current_database()); end $$",
    "system_privilege": "revoke execute on function pg_sleep(double precision) from public",
}


@pytest.mark.parametrize("kind", SETTINGS)
def test_it_is_left_alone(kind: str, server: ScratchServer) -> None:
    with server.database() as live, server.database() as wanted:
        with psycopg.connect(live, autocommit=True) as connection:
            connection.execute(SETTINGS[kind].encode())
        assert [f.id.kind for f in schemadiff.read(live).of_kind(kind)] == [kind]
        assert schemadiff.plan(live, wanted).empty
        plan = schemadiff.plan(wanted, live)
        assert [s.id.kind for s in plan.forward.steps] == [s.id.kind for s in plan.reverse.steps] == [kind]
