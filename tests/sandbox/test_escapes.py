"""What a stranger's schema may try in a sandbox: each way out ends in an error, and the plain ones do work outside."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import psycopg
import pytest

import schemadiff
from schemadiff.errors import LoadError, ScratchError
from schemadiff.scratch import ScratchServer, scratch_server
from schemadiff.scratch.sandbox import LIMITS

DENIED = "permission denied"


def block(statement: str) -> str:
    """A statement that no reader of a script sees."""
    return f"do $out$ begin execute $in${statement}$in$; end $out$"


ESCAPES = {
    "program to": (block("copy (select 1) to program 'touch {marker}'"), DENIED),
    "program from": ("create table t (a text);" + block("copy t from program 'id'"), DENIED),
    "file to": (block("copy (select 1) to '{marker}'"), DENIED),
    "file from": ("create table t (a text);" + block("copy t from '/etc/passwd'"), DENIED),
    "read file": ("create materialized view v as select pg_read_file('/etc/passwd')", DENIED),
    "read binary": ("select pg_read_binary_file('PG_VERSION')", DENIED),
    "list": ("select pg_ls_dir('/')", DENIED),
    "log": ("select * from pg_ls_logdir()", DENIED),
    "stat": ("select pg_stat_file('/etc/passwd')", DENIED),
    "import": ("select lo_import('/etc/passwd')", DENIED),
    "export": ("select lo_export(lo_from_bytea(0, 'x'), '{marker}')", DENIED),
    "hba": ("select * from pg_hba_file_rules", DENIED),
    "file settings": ("select * from pg_file_settings", DENIED),
    "passwords": ("select * from pg_authid", DENIED),
    "in C": ("create function f() returns int language c as '/lib/x86_64-linux-gnu/libc.so.6', 'system'", DENIED),
    "internal": ("create function f(text) returns text language internal as 'pg_read_file_all'", DENIED),
    "language": ("create language l handler plpgsql_call_handler", "must be superuser"),
    "load": ("load '/tmp/x.so'", "is not allowed"),
    "preload": ("alter database x set session_preload_libraries = 'x'", DENIED),
    "preload of a role": (block("alter role schemadiff_sandbox set session_preload_libraries = 'x'"), DENIED),
    "file_fdw": ("create extension file_fdw", DENIED),
    "postgres_fdw": ("create extension postgres_fdw", DENIED),
    "dblink": ("create extension dblink", DENIED),
    "wrapper": ("create foreign data wrapper w", DENIED),
    "system": (block("alter system set log_statement = 'all'"), "cannot be executed from a function"),
    "reload": ("select pg_reload_conf()", DENIED),
    "superuser": (block("alter role schemadiff_sandbox superuser"), DENIED),
    "database role": (block("alter role schemadiff_loader login createdb"), DENIED),
    "set role": ("set role schemadiff_superuser", DENIED),
    "reset role": ("reset role;" + block("create role r superuser"), DENIED),
    "reset and set": ("reset role; set role schemadiff_superuser", DENIED),
    "session": ("set session authorization schemadiff_superuser", DENIED),
    "reset session": ("reset session authorization; reset role;" + block("create role r"), DENIED),
    "predefined": (block("grant pg_read_server_files to schemadiff_loader"), DENIED),
    "predefined program": (block("grant pg_execute_server_program to schemadiff_sandbox"), DENIED),
    "owner of members": (block("grant schemadiff_superuser to schemadiff_loader"), DENIED),
    "role": (block("create role r"), DENIED),
    "database": (block("create database d"), "cannot be executed from a function"),
    "drop": (block("drop database postgres"), "cannot be executed from a function"),
    "event trigger": ("create function f() returns event_trigger language plpgsql as 'begin end';"
                      "create event trigger e on ddl_command_end execute function f()", DENIED),
    "tablespace": (block("create tablespace t location '/tmp'"), "cannot be executed from a function"),
    "catalog": ("update pg_catalog.pg_authid set rolsuper = true", DENIED),
    "catalog function": ("create function pg_catalog.f() returns int language sql as 'select 1'", DENIED),
    "system tables": ("set allow_system_table_mods = on", DENIED),
    "trigger on a catalog": ("create function f() returns trigger language plpgsql as 'begin return new; end';"
                             "create trigger t before insert on pg_catalog.pg_class execute function f()", DENIED),
    "terminate": ("select 1 / count(*) from (select pg_terminate_backend(pid) from pg_stat_activity "
                  "where usename = 'schemadiff_superuser') x", DENIED),
    "subscription": (block("create subscription s connection 'host=localhost' publication p with (create_slot = false)"), DENIED),
    "slot": ("select pg_create_logical_replication_slot('s', 'pgoutput')", DENIED),
    "publication of all": ("create publication p for all tables", "must be superuser"),
    "definer": ("create function f() returns void language sql security definer as 'select 1';"
                "alter function f() owner to schemadiff_superuser", "must be able to SET ROLE"),
    "parameter": ("grant set on parameter log_statement to public", ""),
    "logging": ("set log_statement = 'all'", DENIED),
    "shell": ("\\! touch {marker}", "refused"),
    "output": ("\\o {marker}", "refused"),
    "backtick": ("\\set x `touch {marker}`", "shell"),
    "environment": ("\\getenv x DATABASE_URL", "refused"),
    "include": ("\\i /etc/passwd", "nothing is read outside"),
    "include above": ("\\ir ../secret.sql", "nothing is read outside"),
    "include hidden": ("\\ir .git/config", "nor where a name begins with a dot"),
    "include a link": ("\\ir link.sql", "nothing is read outside"),
}  # fmt: skip
IGNORED = {"parameter"}
"""What is about the cluster, and so no part of a schema."""


@pytest.fixture
def schema(tmp_path: Path) -> Path:
    """A schema in a folder beside a file that it must not see."""
    folder = tmp_path / "schema"
    (folder / ".git").mkdir(parents=True)
    (folder / ".git" / "config").write_text("token hush;\n")
    (tmp_path / "secret.sql").write_text("hush hush;\n")
    (folder / "link.sql").symlink_to(tmp_path / "secret.sql")
    return folder / "schema.sql"


@pytest.fixture
def marker() -> Iterator[Path]:
    """A file that appears where something has run, in a folder that PostgreSQL's user may write to."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        Path(folder).chmod(0o777)
        yield Path(folder) / "ran"
        assert not (Path(folder) / "ran").exists()


@pytest.fixture(scope="module")
def boxed() -> Iterator[ScratchServer]:
    with scratch_server("sandbox") as server:
        yield server


@pytest.mark.parametrize("name", ESCAPES)
def test_escape(
    name: str, schema: Path, marker: Path, boxed: ScratchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    statement, said = ESCAPES[name]
    schema.write_text(f"create table fine (a int);\n{statement.replace('{marker}', str(marker))};\n")
    used(boxed, monkeypatch)
    if name in IGNORED:
        schemadiff.read(str(schema), scratch="sandbox")
        return
    with pytest.raises(LoadError) as caught:
        schemadiff.read(str(schema), scratch="sandbox")
    message = str(caught.value)
    assert said in message
    assert "hush" not in message
    assert "root:" not in message
    assert (LIMITS in message) == (caught.value.sqlstate == "42501")
    assert is_whole(boxed)


def used(server: ScratchServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sources are compiled on this one server, instead of one for each."""
    monkeypatch.setattr("schemadiff.scratch.scratch_server", lambda *_, **__: nullcontext(server))


def is_whole(server: ScratchServer) -> bool:
    """No role but the superuser has got a right, and no database is left."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        query = """
            select count(*) filter (where rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls),
                   (select count(*) from pg_database),
                   (select count(*) from pg_auth_members m join pg_roles r on r.oid = m.roleid
                    where starts_with(r.rolname, 'pg_') and m.member >= 16384)
            from pg_roles
        """
        return connection.execute(query).fetchone() == (1, 3, 0)


LATER = """
create function late() returns text language plpgsql as $$
begin
    execute 'copy (select 1) to ''{marker}''';
    return 'out';
exception when insufficient_privilege then
    return 'in';
end $$;
create materialized view m as select late();
create table t (a text default late(), b text check (b <> late()));
create index i on t ((b || 'x'));
insert into t default values;
"""


def test_what_runs_in_the_proof(schema: Path, marker: Path, server: ScratchServer) -> None:
    """A function that a materialized view calls runs when the plan does, on scratch as well."""
    schema.write_text(LATER.replace("{marker}", str(marker)))
    with server.database() as url:
        plan = schemadiff.plan(url, str(schema), scratch="sandbox")
        assert plan.proof is not None
        assert not marker.exists()
        schemadiff.plan(url, str(schema))
        assert marker.exists(), "with all rights it does run"
    marker.unlink()


POISON = """
create schema evil;
create function evil.lower(text) returns text language sql as $$ select pg_catalog.pg_read_file('/etc/passwd') $$;
create function public.format_type(oid, int) returns text language plpgsql as $$
begin execute 'copy (select 1) to ''{marker}'''; return 'x'; end $$;
create table public.pg_subscription (subname text, subdbid oid);
create view evil.pg_database as select format_type(1, 1) as datname;
create view public.pg_stat_activity as select format_type(1, 1) as datname, 1 as pid;
do $$ begin
    execute format('alter database %I set search_path = evil, public, pg_catalog', current_database());
    execute format('alter database %I set default_transaction_read_only = on', current_database());
    alter role current_user set search_path = evil, public, pg_catalog;
end $$;
"""


def test_what_is_left_behind_for_the_superuser(
    schema: Path, marker: Path, boxed: ScratchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    used(boxed, monkeypatch)
    schema.write_text(POISON.replace("{marker}", str(marker)))
    found = schemadiff.read(str(schema), scratch="sandbox")
    assert len(list(found.of_kind("function"))) == 2
    assert is_whole(boxed)


@pytest.mark.parametrize(
    "endless",
    [
        "select pg_sleep(600)",
        "set statement_timeout = 0; do $$ begin loop begin perform pg_sleep(600); exception when others or query_canceled "
        "then null; end; end loop; end $$",
        "select count(*) from generate_series(1, 1000000000000) x",
    ],
)
def test_what_does_not_end(
    endless: str, schema: Path, boxed: ScratchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    used(boxed, monkeypatch)
    monkeypatch.setattr("schemadiff.scratch.sandbox.SECONDS", 0.5)
    schema.write_text(endless + ";")
    with pytest.raises(ScratchError, match="does not come to an end"):
        schemadiff.read(str(schema), scratch="sandbox")
    assert is_whole(boxed)


@pytest.mark.parametrize(
    "statement", ["copy (select 1) to program 'cat > {marker}'", "copy (select 1) to '{marker}'"]
)
def test_with_all_rights_it_does_escape(statement: str, schema: Path, marker: Path) -> None:
    """What the sandbox is for: else a schema does what PostgreSQL's user may."""
    schema.write_text(block(statement.replace("{marker}", str(marker))) + ";")
    schemadiff.read(str(schema))
    marker.unlink()
