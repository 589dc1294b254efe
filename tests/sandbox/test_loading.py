"""What a sandbox does load, and that it comes to the same as with all rights."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

import schemadiff
from schemadiff.errors import LoadError, UsageError
from schemadiff.model import Catalog
from schemadiff.scratch import ScratchServer, sandboxed
from schemadiff.scratch.spec import SANDBOX

SCHEMA = """
create role app;
grant app to reader;
create extension citext;
create extension pgcrypto with schema public;
comment on extension citext is 'text without case';
create schema api authorization app;
create schema extensions;
create extension if not exists moddatetime with schema extensions;
create extension pg_stat_statements schema extensions;
create extension bloom;
create type public.mood as enum ('sad', 'ok');
create table public.person (id int generated always as identity primary key, mail citext unique, mood public.mood);
alter table public.person owner to app;
create table api.visit (id bigserial primary key, person_id int references public.person (id), at timestamptz default now());
alter table api.visit owner to app;
create view api.people with (security_invoker = true) as select id, mail from public.person;
grant select on api.people to reader with grant option;
grant usage on schema api to reader;
revoke all on schema public from public;
grant usage on schema public to reader;
comment on schema public is 'what everybody sees';
alter default privileges for role app in schema api grant select on tables to reader;
alter default privileges grant select on tables to reader;
alter table public.person enable row level security;
create policy own on public.person to reader, current_user using (id = 1);
create function api.touch() returns trigger language plpgsql security definer set search_path = '' as
    $$ begin new.at := now(); return new; end $$;
create trigger touch before update on api.visit for each row execute function api.touch();
create function api.one() returns int language sql begin atomic; select 1; end;
create domain public.positive as int check (value > 0);
create materialized view public.counts as select count(*) as n from public.person;
create publication feed for table public.person;
create index on public.person (lower(mail::text));
create statistics public.stat on id, mood from public.person;
create aggregate public.total (int) (sfunc = int4pl, stype = int);
create text search configuration public.german (copy = pg_catalog.german);
alter function api.one() owner to app;
insert into public.person (mail) values ('a@example.org');
"""


@pytest.fixture
def schema(tmp_path: Path) -> Path:
    path = tmp_path / "schema.sql"
    path.write_text(SCHEMA)
    return path


def test_the_same_as_with_all_rights(schema: Path) -> None:
    """But for ranks that are a superuser's: who owns what a loader owns is nobody's word."""
    assert known(schemadiff.read(str(schema), scratch=SANDBOX)) == known(schemadiff.read(str(schema)))


def known(catalog: Catalog) -> Catalog:
    return replace(catalog, server=replace(catalog.server, version=0, role=""))


def test_a_plan_from_a_database(schema: Path, database: str, server: ScratchServer) -> None:
    server.ensure_roles(["app", "reader"])
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(
            SCHEMA.replace("create role app;\ngrant app to reader;", "").partition("create view")[0].encode()
        )
    plan = schemadiff.plan(database, str(schema), scratch=SANDBOX)
    assert plan.proof is not None
    assert plan.forward == schemadiff.plan(database, str(schema)).forward
    assert not schemadiff.check(database, str(schema), scratch=SANDBOX).in_sync
    schemadiff.apply(database, plan=plan)
    assert schemadiff.check(database, str(schema), scratch=SANDBOX).in_sync


def test_only_harmless_extensions_are_created_for_it(tmp_path: Path) -> None:
    path = tmp_path / "schema.sql"
    for statement in (
        "select schemadiff.create_extension('dblink', 'public', false)",
        "create extension moddatetime cascade",
        "create or replace function schemadiff.create_extension(text, text, bool) returns void language sql as 'select 1'",
        "create function schemadiff.f() returns int language sql as 'select 1'",
    ):
        path.write_text(statement)
        with pytest.raises(LoadError, match="permission denied"):
            schemadiff.read(str(path), scratch=SANDBOX)
    path.write_text(
        "create function pg_temp.format(text, text, text) returns text language sql as $$ select 'create "
        "role evil superuser' $$; create extension moddatetime;"
    )
    assert len(list(schemadiff.read(str(path), scratch=SANDBOX).of_kind("extension"))) == 1


@pytest.mark.parametrize("source", ["json:dumps", "schemadiff.errors:SchemadiffError"])
def test_a_source_that_is_a_program(source: str) -> None:
    with pytest.raises(UsageError, match="read by running it"):
        schemadiff.read(source, scratch=SANDBOX)


def test_files_within_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "schema"
    (folder / "more").mkdir(parents=True)
    (folder / "1.sql").write_text("\\ir more/a.inc\n\\i more/a2.inc")
    (folder / "more" / "a.inc").write_text("create table a ();")
    (folder / "more" / "a2.inc").write_text("create table b ();")
    for source in (folder, folder / "1.sql"):
        assert len(list(schemadiff.read(str(source), scratch=SANDBOX).of_kind("table"))) == 2
    (folder / "more" / "a2.inc").write_text("\\ir ../../out.sql")
    (tmp_path / "out.sql").write_text("create table hush ();")
    with pytest.raises(LoadError, match="nothing is read outside"):
        schemadiff.read(str(folder / "1.sql"), scratch=SANDBOX)


def test_what_may_be_a_sandbox(tmp_path: Path) -> None:
    assert [sandboxed(spec) for spec in (None, "embedded", "sandbox", "/usr/bin")] == [
        "sandbox",
        "sandbox",
        "sandbox",
        "sandbox:/usr/bin",
    ]
    for spec in ("postgresql://localhost/x", "postgres://x", "live"):
        with pytest.raises(UsageError, match="a server of its own"):
            sandboxed(spec)
