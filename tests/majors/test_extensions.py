"""Extensions of PostgreSQL's own on each server that is started here."""

from __future__ import annotations

import psycopg
import pytest

from schemadiff._snapshots import MAJORS
from schemadiff.scratch import scratch_server
from schemadiff.scratch.binaries import of_major
from schemadiff.scratch.processes import server_user


@pytest.mark.parametrize("spec", ["embedded", *MAJORS])
def test_extensions_that_use_libpq_load(spec: str | int) -> None:
    """They need libpq of their own major, which the system's need not be."""
    if isinstance(spec, int):
        found = of_major(spec, server_user())
        if found is None:
            pytest.skip(
                f"no PostgreSQL {spec} on this machine: install it, or: schemadiff scratch install {spec}"
            )
        spec = str(found.bin)
    with scratch_server(spec) as server:
        if not server.has_extension("postgres_fdw"):
            pytest.skip(f"the binaries in {spec} come without contrib")
        with server.database() as url, psycopg.connect(url) as connection:
            connection.execute("create extension postgres_fdw")
            connection.execute("create extension dblink")
            (found,) = connection.execute("select count(*) from pg_extension where extname <> 'plpgsql'")
            assert found == (2,)
