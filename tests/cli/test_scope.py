"""Scope: what a comparison leaves out is kept as it is, never broken, and counted."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import schemadiff
from schemadiff import Scope
from schemadiff._presets import PRESETS
from schemadiff.config import load
from schemadiff.errors import PlanError, UsageError
from schemadiff.scratch import ScratchServer

from .conftest import Call, execute, exists, value

LIVE = """
create schema audit;
create schema "Odd ""schema"".ü";
create table public.item (id integer primary key, name text, price integer);
create index item_name on public.item (name);
create function public.touch() returns trigger language plpgsql as 'begin return new; end';
create trigger item_touch before update on public.item for each row execute function public.touch();
comment on table public.item is 'theirs';
create table audit.log (id integer primary key, item integer references public.item (id));
create view audit.prices as select id, price from public.item;
create view audit.dear as select id from audit.prices where price > 100;
create table "Odd ""schema"".ü".t (id integer);
create table public.tmp_1 (id integer primary key);
create index tmp_1_more on public.tmp_1 (id);
comment on table public.tmp_1 is 'not ours';
create publication tmp_pub for table public.tmp_1;
"""
SCHEMA = """
create table public.item (id integer primary key, name text, price integer);
create index item_name on public.item (name);
create function public.touch() returns trigger language plpgsql as 'begin return new; end';
create trigger item_touch before update on public.item for each row execute function public.touch();
comment on table public.item is 'theirs';
"""
OURS = Scope(schemas=("public",), ignore=("*:public.tmp_*", "publication:tmp_*"))


@pytest.fixture
def live(server: ScratchServer, folder: Path) -> Iterator[str]:
    (folder / "schema.sql").write_text(SCHEMA)
    with server.database() as url:
        execute(url, LIVE)
        yield url


def plan(live: str, folder: Path, schema: str, scope: Scope = OURS) -> schemadiff.Plan:
    (folder / "schema.sql").write_text(schema)
    return schemadiff.plan(live, "schema.sql", scope=scope)


def refused(live: str, folder: Path, schema: str, scope: Scope = OURS) -> str:
    with pytest.raises(PlanError) as caught:
        plan(live, folder, schema, scope)
    return str(caught.value)


def test_what_is_left_out_is_no_difference(live: str) -> None:
    assert not schemadiff.check(live, "schema.sql").in_sync
    found = schemadiff.check(live, "schema.sql", scope=OURS)
    assert found.in_sync
    assert dict(found.left_out) == {"schemas": 2, "tables": 3, "views": 2, "publications": 1}
    assert schemadiff.diff(live, "schema.sql", scope=OURS) == ()


def test_tallies_count_only_what_is_looked_at(live: str) -> None:
    (tables,) = (t for t in schemadiff.check(live, "schema.sql", scope=OURS).tallies if t.kind == "table")
    assert (tables.matching, tables.unexpected) == (1, 0)


@pytest.mark.parametrize(
    "scope",
    [
        Scope(exclude=("audit", "Odd*"), ignore=("*:public.tmp_*", "publication:tmp_*")),
        Scope(schemas=("pub*",), ignore=("table:public.tmp_1", "publication*:tmp_pub*")),
    ],
)
def test_other_ways_to_say_it(live: str, scope: Scope) -> None:
    assert schemadiff.check(live, "schema.sql", scope=scope).in_sync


def test_dependents_that_are_left_out_are_rebuilt_as_they_were(live: str, folder: Path) -> None:
    """The column's type cannot change under the views of another schema."""
    before = value(
        live, "select pg_get_viewdef('audit.dear'::regclass) || pg_get_viewdef('audit.prices'::regclass)"
    )
    made = plan(live, folder, SCHEMA.replace("price integer", "price bigint"))
    assert {c.kind for c in made.counts} == {"column"}
    schemadiff.apply(live, plan=made)
    assert (
        value(
            live,
            "select format_type(atttypid, null) from pg_attribute where attrelid = 'item'::regclass and attname = 'price'",
        )
        == "bigint"
    )
    assert (
        value(
            live, "select pg_get_viewdef('audit.dear'::regclass) || pg_get_viewdef('audit.prices'::regclass)"
        )
        == before
    )
    schemadiff.revert(live)
    assert value(live, "select count(*) from audit.dear") == 0
    (folder / "schema.sql").write_text(SCHEMA)
    assert schemadiff.check(live, "schema.sql", scope=OURS).in_sync


def test_what_something_left_out_needs_cannot_go(live: str, folder: Path) -> None:
    said = refused(live, folder, SCHEMA.replace(", price integer", ""))
    assert "view audit.prices is left out by the scope and needs column public.item.price" in said
    said = refused(live, folder, "create table public.other (id integer);")
    assert "audit.log" in said
    assert exists(live, "public.item")


def test_what_is_not_there_cannot_be_needed(live: str, folder: Path) -> None:
    new = "create schema other; create domain other.d as text; create table public.x (a other.d);"
    said = refused(live, folder, SCHEMA + new)
    assert "needs domain other.d, which the scope leaves out and the database does not have" in said


def test_what_is_left_out_and_there_may_be_needed(live: str, folder: Path) -> None:
    new = """
        create schema audit; create table audit.log (id integer primary key, differs text);
        create table public.x (log integer references audit.log (id));
    """
    made = plan(live, folder, SCHEMA + new)
    assert {c.kind for c in made.counts if c.created} >= {"table", "constraint"}
    schemadiff.apply(live, plan=made)
    assert (
        value(
            live,
            "select count(*) from information_schema.columns where table_schema = 'audit' and column_name = 'differs'",
        )
        == 0
    )


def test_what_stands_on_an_ignored_object_goes_with_a_dropped_one(live: str, folder: Path) -> None:
    """An ignored index of a table that is dropped is no reason to keep the table."""
    execute(live, "create table public.gone (id integer); create index gone_noise on public.gone (id);")
    scope = Scope(schemas=("public",), ignore=(*OURS.ignore, "index:public.gone_noise"))
    assert any(c.dropped for c in plan(live, folder, SCHEMA, scope).counts)
    schemadiff.apply(live, plan=plan(live, folder, SCHEMA, scope), allow=["DELETES_DATA"])
    assert not exists(live, "public.gone")


def test_an_ignored_index_outlives_a_change_of_its_table(live: str, folder: Path) -> None:
    execute(live, "create index item_noise on public.item (price)")
    scope = Scope(schemas=("public",), ignore=(*OURS.ignore, "index:*noise"))
    schemadiff.apply(live, plan=plan(live, folder, SCHEMA.replace("price integer", "price bigint"), scope))
    assert exists(live, "public.item_noise")


def test_a_plan_keeps_its_scope(live: str, folder: Path) -> None:
    """What changes outside between plan and apply is no drift; what changes inside is."""
    made = plan(live, folder, SCHEMA + "create table public.more (id integer);")
    kept = schemadiff.Plan.from_json(made.to_json())
    assert kept == made
    execute(live, "create table audit.later (id integer); create table public.tmp_2 (id integer);")
    schemadiff.apply(live, plan=kept)
    execute(live, "drop table public.tmp_2")
    schemadiff.revert(live, allow=["DELETES_DATA"])
    assert not exists(live, "public.more")
    assert exists(live, "audit.later")
    execute(live, "create table public.drifted (id integer)")
    with pytest.raises(schemadiff.SchemadiffError, match="not in the state"):
        schemadiff.apply(live, plan=kept)


@pytest.fixture
def role(live: str) -> Iterator[str]:
    name = "scope_" + os.urandom(6).hex()
    execute(live, f"create role {name}")
    yield name
    execute(live, f"reassign owned by {name} to current_user; drop owned by {name}; drop role {name}")


SWITCHED = (
    "comment on table public.item is 'ours'; comment on column public.item.name is 'ours too';"
    "grant select on public.item to ROLE; alter function public.touch() owner to ROLE;"
)


@pytest.mark.parametrize("switch", ["comments", "privileges", "owners"])
def test_switches(live: str, folder: Path, role: str, switch: str) -> None:
    (folder / "schema.sql").write_text(SCHEMA + SWITCHED.replace("ROLE", role))
    found = schemadiff.check(live, "schema.sql", scope=OURS)
    assert {"comment", "privilege", "owner"} == {
        getattr(d, "fact", getattr(d, "after", None)).id.kind for d in found.differences
    }
    off = Scope(schemas=OURS.schemas, ignore=OURS.ignore, **{switch: False})
    left = {
        getattr(d, "fact", getattr(d, "after", None)).id.kind
        for d in schemadiff.check(live, "schema.sql", scope=off).differences
    }
    assert left == {"comment", "privilege", "owner"} - {switch.removesuffix("s")}
    schemadiff.apply(live, "schema.sql", scope=off)
    assert schemadiff.check(live, "schema.sql", scope=off).in_sync


def test_tablespaces_can_be_switched_off(server: ScratchServer, live: str, folder: Path, call: Call) -> None:
    """What is left out stays where it is, even where its object is made anew."""
    server.ensure_tablespaces(["here", 'There "x"'])
    execute(live, 'alter index public.item_name set tablespace "There ""x"""')
    new = SCHEMA.replace("(name);", "(name) tablespace here;")
    (folder / "schema.sql").write_text(new)
    (found,) = schemadiff.check(live, "schema.sql", scope=OURS).differences
    assert getattr(found, "after", None).id.path == ("index", "public", "item_name")
    (folder / "schemadiff.toml").write_text(CONFIG)
    assert "tablespace of index item_name" in call("check", live).out
    (folder / "schemadiff.toml").write_text(CONFIG + "tablespaces = false\n")
    assert call("check", live).code == 0
    (folder / "schema.sql").write_text(new.replace("(name) tablespace", "(name, price) tablespace"))
    assert call("apply", live, "--yes").code == 0
    query = "select spcname from pg_tablespace t join pg_class c on c.reltablespace = t.oid where relname = "
    assert value(live, query + "'item_name'") == 'There "x"'
    assert call("check", live).code == 0


def test_a_target_without_tablespaces_leaves_them_alone(
    server: ScratchServer, live: str, folder: Path
) -> None:
    server.ensure_tablespaces(["here"])
    execute(live, "alter table public.item set tablespace here")
    assert schemadiff.check(live, "schema.sql", scope=OURS).in_sync
    (folder / "schema.sql").write_text(SCHEMA + "create table public.more (id integer) tablespace here;")
    made = schemadiff.plan(live, "schema.sql", scope=OURS)
    assert ("drop", "tablespace") in {(s.verb, s.id.kind) for s in made.forward.steps}


def test_roles_are_created_where_the_configuration_says_so(apart: str, folder: Path, call: Call) -> None:
    """The scratch server is another one: it gets the role."""
    execute(apart, LIVE)
    (folder / "schema.sql").write_text(f"{SCHEMA} grant select on public.item to managed;")
    (folder / "schemadiff.toml").write_text(CONFIG)
    said = call("plan", apart)
    assert "role managed does not exist on the server" in said.out
    assert "create role managed; end if" not in said.out
    (folder / "schemadiff.toml").write_text(CONFIG + "manage_roles = true\n")
    said = call("plan", apart)
    assert "create role managed; end if" in said.out
    assert "role managed is left in place by the reverse" in said.out


def test_what_is_switched_off_survives_a_replacement(live: str, folder: Path, role: str) -> None:
    execute(
        live, SWITCHED.replace("ROLE", role) + "create view public.names as select name from public.item;"
    )
    execute(live, f"grant select on public.names to {role}; comment on view public.names is 'kept'")
    off = Scope(schemas=OURS.schemas, ignore=OURS.ignore, owners=False, privileges=False, comments=False)
    new = (
        SCHEMA.replace("name text", "name varchar(40)")
        + "create view public.names as select name from public.item;"
    )
    (folder / "schema.sql").write_text(new)
    schemadiff.apply(live, "schema.sql", scope=off)
    assert value(live, "select obj_description('public.names'::regclass)") == "kept"
    assert value(live, f"select has_table_privilege('{role}', 'public.names', 'select')") is True


def test_new_objects_have_what_default_privileges_give(live: str, folder: Path, role: str) -> None:
    execute(live, f"alter default privileges in schema public grant select on tables to {role}")
    off = Scope(schemas=OURS.schemas, ignore=OURS.ignore, privileges=False)
    (folder / "schema.sql").write_text(SCHEMA + "create table public.new (id integer);")
    schemadiff.apply(live, "schema.sql", scope=off)
    assert value(live, f"select has_table_privilege('{role}', 'public.new', 'select')") is True


def test_the_order_of_columns_is_reported_on_request(live: str, folder: Path) -> None:
    (folder / "schema.sql").write_text(SCHEMA.replace("name text, price integer", "price integer, name text"))
    assert (
        schemadiff.check(live, "schema.sql", scope=OURS).notes == schemadiff.check(live, "schema.sql").notes
    )
    found = schemadiff.check(
        live, "schema.sql", scope=Scope(schemas=OURS.schemas, ignore=OURS.ignore, column_order=True)
    )
    assert found.in_sync
    assert (
        "table public.item: its columns stand as id, name, price; the target has id, price, name"
        in found.notes
    )


CONFIG = 'schema = "schema.sql"\nschemas = ["public"]\nignore = ["*:public.tmp_*", "publication:tmp_*"]\n'


def test_the_configuration_and_the_summaries(live: str, call: Call, folder: Path) -> None:
    (folder / "schemadiff.toml").write_text(CONFIG)
    counted = "2 schemas, 3 tables, 2 views, 1 publications"
    checked, asked = call("check", live), call("check", live, "--format", "json")
    assert (checked.code, asked.code) == (0, 0)
    assert f"scope    leaves out {counted}" in checked.out
    assert json.loads(asked.out)["databases"][0]["left_out"]["tables"] == 3
    (folder / "schema.sql").write_text(SCHEMA + "create table public.more (id integer);")
    assert f"leaves out {counted}" in call("plan", live).out
    assert f"Left out by the scope: {counted}." in call("plan", live, "--format", "markdown").out
    assert dict(json.loads(call("plan", live, "--format", "json").out)["left_out"])["views"] == 2
    assert call("plan", live, "--out", "plans").code == 0
    assert call("apply", live, "--yes", "--plan", "plans/migration.plan.json").code == 0
    assert call("check", live).code == 0
    assert call("revert", live, "--yes", "--allow", "DELETES_DATA").code == 0
    assert exists(live, "public.tmp_1")
    assert call("diff", live, "schema.sql", "--exit-code").code == 2


def test_snapshots_and_init_are_within_it(live: str, call: Call, folder: Path) -> None:
    (folder / "schemadiff.toml").write_text(CONFIG)
    assert call("snapshot").code == 0
    assert call("check", "--snapshot", live).code == 0
    (folder / "schema.sql").unlink()
    assert call("init", live).code == 0
    written = (folder / "schema.sql").read_text()
    assert "public.item" in written
    assert "audit" not in written
    assert "tmp_1" not in written
    assert call("check", live).code == 0


def test_presets(live: str, call: Call, folder: Path) -> None:
    execute(live, "create schema heroku_ext; create schema auth; create table auth.users (id integer)")
    assert dict(schemadiff.check(live, "schema.sql", scope=Scope(presets=("heroku",))).left_out) == {
        "schemas": 1
    }
    found = schemadiff.check(live, "schema.sql", scope=Scope(presets=("heroku", "supabase")))
    assert dict(found.left_out) == {"schemas": 2, "tables": 1}


SHARED = """
grant select on public.item to public;
create function public.on_drop() returns event_trigger language plpgsql as 'begin end';
"""


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_each_preset_leaves_out_what_is_the_services(
    server: ScratchServer, live: str, name: str, folder: Path
) -> None:
    """Something for each of its patterns; and none of it is left out unasked."""
    execute(live, SHARED)
    (folder / "schema.sql").write_text(SCHEMA + SHARED)
    scope = Scope(ignore=OURS.ignore, exclude=("audit", "Odd*"))
    assert schemadiff.check(live, "schema.sql", scope=scope).in_sync
    preset = PRESETS[name]
    made = [f"create schema {pattern.replace('*', 'x')};" for pattern in preset.exclude]
    made += [_noise(server, *pattern.replace("*", "x").split(":")) for pattern in preset.ignore]
    execute(live, "\n".join(made))
    assert len(schemadiff.check(live, "schema.sql", scope=scope).differences) >= len(made)
    assert schemadiff.check(live, "schema.sql", scope=replace(scope, presets=(name,))).in_sync


def _noise(server: ScratchServer, kind: str, called: str) -> str:
    """A statement that makes what a pattern is about."""
    last = called.split(".")[-1]
    match kind:
        case "privilege":
            server.ensure_roles([last])
            return f"grant select on public.item to {last};"
        case "default_privilege":
            role, grantee = (called.split(".")[0], "public") if last == "x" else ("current_user", last)
            server.ensure_roles({role, grantee} - {"public", "current_user"})
            return f"alter default privileges for role {role} grant select on tables to {grantee};"
        case "event_trigger":
            return f"create event trigger {last} on sql_drop execute function public.on_drop();"
        case "publication":
            return f"create publication {last};"
        case "table":
            return f"create table public.{last} (a int);"
        case "function":
            return f"create function public.{last}() returns int language sql as 'select 1';"
    raise AssertionError(f"no statement makes a {kind}")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('presets = ["nowhere"]', "unknown preset 'nowhere'; known are aiven"),
        ('owners = "no"', "owners must be true or false"),
        ("schemas = 'public'", "schemas must be a list of strings"),
    ],
)
def test_bad_configuration(folder: Path, text: str, said: str) -> None:
    (folder / "schemadiff.toml").write_text(text)
    with pytest.raises(UsageError, match=said):
        load(folder)
