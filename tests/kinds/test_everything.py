"""The census is empty: a database with something of each entry that pg_dump writes is read, and made anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.dumps import entries
from support.programs import Programs

import schemadiff
from schemadiff.scratch import ScratchServer

EVERYTHING = Path(__file__).with_name("everything.sql")
ROLES = ("owner_of_it", "Reader's")
ENTRIES = frozenset(
    {
        "ACCESS METHOD", "ACL", "AGGREGATE", "CAST", "CHECK CONSTRAINT", "COLLATION", "COMMENT", "CONSTRAINT",
        "CONVERSION", "DEFAULT", "DEFAULT ACL", "DOMAIN", "EVENT TRIGGER", "EXTENSION", "FK CONSTRAINT",
        "FOREIGN DATA WRAPPER", "FOREIGN TABLE", "FUNCTION", "INDEX", "INDEX ATTACH", "MATERIALIZED VIEW",
        "OPERATOR", "OPERATOR CLASS", "OPERATOR FAMILY", "POLICY", "PROCEDURAL LANGUAGE", "PROCEDURE",
        "PUBLICATION", "PUBLICATION TABLE", "ROW SECURITY", "RULE", "SCHEMA", "SEQUENCE", "SEQUENCE OWNED BY",
        "SERVER", "SHELL TYPE", "STATISTICS", "SUBSCRIPTION", "TABLE", "TABLE ATTACH",
        "TEXT SEARCH CONFIGURATION", "TEXT SEARCH DICTIONARY", "TEXT SEARCH PARSER", "TEXT SEARCH TEMPLATE",
        "TRANSFORM", "TRIGGER", "TYPE", "USER MAPPING", "VIEW",
    }
)  # fmt: skip
"""What an archive of pg_dump --schema-only can list. Labels need a provider: security_label has their cases.
``pg_dump.c``, the descriptions given to ``ArchiveEntry``."""
SINCE = {"PUBLICATION TABLES IN SCHEMA": 15}


@pytest.fixture
def full(server: ScratchServer, database: str, programs: Programs) -> str:
    server.ensure_roles(ROLES)
    server.ensure_tablespaces(["Other disk"])
    programs.psql(database, EVERYTHING.read_text(encoding="utf-8"))
    return database


def test_the_database_has_something_of_each_entry(
    full: str, programs: Programs, server: ScratchServer, tmp_path: Path
) -> None:
    known = ENTRIES | {entry for entry, major in SINCE.items() if server.major >= major}
    longest = sorted(known, key=len, reverse=True)
    listed = programs.listed(full, tmp_path / "archive")
    found = {line: next((e for e in longest if line.startswith(f"{e} ")), None) for line in listed}
    assert [line for line, entry in found.items() if entry is None] == []
    assert set(found.values()) == known


def test_the_census_is_empty(full: str) -> None:
    assert schemadiff.read(full).unmodelled == ()


def test_it_is_made_anew_and_taken_down(
    full: str, server: ScratchServer, programs: Programs, binaries: str | None
) -> None:
    wanted = entries(programs.dump(full))
    with server.database() as copy:
        assert entries(programs.dump(copy)) == []
        plan = schemadiff.plan(copy, full, scratch=binaries)
        programs.psql(copy, plan.forward.sql)
        assert entries(programs.dump(copy)) == wanted
        programs.psql(copy, plan.reverse.sql)
        assert entries(programs.dump(copy)) == []
