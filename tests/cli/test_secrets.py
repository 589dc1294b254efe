"""Secrets of user mappings, servers, wrappers and subscriptions: compared and set, and shown and kept nowhere."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

import schemadiff
from schemadiff.errors import Refused
from schemadiff.scratch import ScratchServer

from .conftest import Call, Said, execute, value

SECRET = ("hush", "psst", "quiet")
"""A part of every secret here; PARTS has them whole."""
BEFORE = """
create foreign data wrapper w options (token 'hush-wrapper');
create server s type 'a' foreign data wrapper w options (host 'db.example', api_key 'hush-server');
create user mapping for public server s options ("user" 'reader', password 'hush ''mapping''');
create subscription sub connection 'host=db.example user=reader password=''hush sub''' publication p
    with (connect = false, slot_name = none);
create subscription url connection 'postgresql://reader:hush%20url@db.example/x?sslpassword=hush-ssl' publication p
    with (connect = false, slot_name = none);
"""
AFTER = (
    BEFORE.replace("hush", "psst")
    + """
create user mapping for current_user server s options ("user" 'writer', password 'psst-writer');
create subscription other connection 'host=new.example password=psst-other' publication p
    with (connect = false, slot_name = none);
"""
)
OPEN = (
    BEFORE.replace("hush-wrapper", "***")
    .replace("hush-server", "***")
    .replace("hush ''mapping''", "***")
    .replace("''hush sub''", "***")
    .replace("hush%20url", "***")
    .replace("hush-ssl", "***")
)
ALL = """
    select string_agg(o, ' ' order by o) from (
        select umoptions::text as o from pg_user_mapping union all select srvoptions::text from pg_foreign_server
        union all select fdwoptions::text from pg_foreign_data_wrapper
        union all select subconninfo from pg_subscription
            where subdbid = (select oid from pg_database where datname = current_database())) x
"""


@pytest.fixture
def live(server: ScratchServer, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The URL of a database that has the secrets; the folder's schema.sql has others."""
    (folder / "schema.sql").write_text(AFTER)
    (folder / "schemadiff.toml").write_text('schema = "schema.sql"\nallow = ["DELETES_DATA"]\n')
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    with server.database() as url:
        execute(url, BEFORE)
        yield url


def exposed(*found: Said | str) -> list[str]:
    texts = [f if isinstance(f, str) else f.out + f.err for f in found]
    return [line for text in texts for line in text.splitlines() if any(s in line for s in SECRET)]


def written(folder: Path) -> dict[str, Path]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "schema.sql")
    return {str(path.relative_to(folder)): path for path in files}


@pytest.mark.parametrize("format", ["text", "sql", "json", "markdown"])
def test_a_plan_shows_none(live: str, call: Call, format: str) -> None:
    found = call("plan", live, "--format", format)
    assert found.code == 0, found.err
    assert "password '***'" in found.out
    assert "host=db.example user=reader password=***" in found.out
    assert not exposed(found)


def test_what_is_printed_as_sql_runs_nothing(live: str, call: Call, folder: Path) -> None:
    printed = call("plan", live, "--format", "sql").out.splitlines()
    assert printed[2] == "\\quit"
    assert not [line for line in printed[:2] if not line.startswith(("\\set", "\\warn"))]


def test_drift_shows_none_and_tells_them_apart(live: str, call: Call) -> None:
    found = [call("check", live), call("check", live, "--format", "json")]
    found += [call("diff", live, "schema.sql", "--format", f) for f in ("text", "json", "sql")]
    assert [f.code for f in found] == [2, 2, 0, 0, 0]
    assert "password, *** (another)" in found[0].out
    assert not exposed(*found)


def test_files_keep_none_but_the_scripts(live: str, call: Call, folder: Path) -> None:
    assert call("plan", live, "--out", "plans").code == 0
    files = written(folder)
    assert {name for name in files if name.startswith("plans/")} == {
        "plans/migration.forward.sql",
        "plans/migration.reverse.sql",
        "plans/migration.plan.json",
    }
    for name, path in files.items():
        content = path.read_bytes().decode(errors="replace")
        is_script = name.endswith((".forward.sql", ".reverse.sql"))
        assert bool(exposed(content)) == is_script, name
        assert not is_script or path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("command", ["check", "plan"])
def test_no_report_has_one(live: str, call: Call, folder: Path, command: str) -> None:
    formats = ("json", "markdown", "junit", "sarif", "github", "html")
    said = call(command, live, *[f"--report={format}=out/{format}" for format in formats])
    assert said.code in (0, 2), said.err
    files = written(folder)
    assert {f"out/{format}" for format in formats} <= files.keys()
    found = {name for name, path in files.items() if exposed(path.read_bytes().decode(errors="replace"))}
    assert found == set()
    assert "***" in files["out/html"].read_text(encoding="utf-8")


def test_a_script_without_secrets_is_for_everybody(live: str, call: Call, folder: Path) -> None:
    (folder / "schema.sql").write_text(BEFORE + "create table t ();")
    os.umask(mask := os.umask(0))
    assert call("plan", live, "--out", "plans").code == 0
    assert (folder / "plans/migration.forward.sql").stat().st_mode & 0o777 == 0o666 & ~mask


def test_apply_sets_them_and_the_history_keeps_none(live: str, call: Call) -> None:
    found = call("apply", live, "--yes")
    assert found.code == 0, found.err
    assert not exposed(found)
    there = str(value(live, ALL))
    assert "hush" not in there
    assert there.count("psst") == 8
    assert not exposed(str(value(live, "select string_agg(h::text, '') from schemadiff.history h")))
    assert call("check", live).code == 0
    assert not exposed(call("history", live, "--format", "json"))


def test_what_was_kept_without_them_is_refused(live: str, call: Call) -> None:
    assert call("plan", live, "--out", "plans").code == 0
    refused = call("apply", live, "--yes", "--plan", "plans/migration.plan.json")
    assert refused.code == 3
    assert "sets a secret, which neither plan files nor the history keep" in refused.err
    assert "psst" not in str(value(live, ALL))
    assert call("apply", live, "--yes").code == 0
    refused = call("revert", live, "--yes")
    assert refused.code == 3
    assert "psst" in str(value(live, ALL))


def test_a_reverse_that_needs_none_runs_from_the_history(live: str, call: Call, folder: Path) -> None:
    came = "create user mapping for current_user server s options (password 'psst');"
    (folder / "schema.sql").write_text(BEFORE + came)
    before = value(live, ALL)
    assert call("apply", live, "--yes").code == 0
    assert "psst" in str(value(live, ALL))
    assert call("revert", live, "--yes").code == 0
    assert value(live, ALL) == before


def test_a_snapshot_keeps_none_and_leaves_them_open(live: str, call: Call, folder: Path) -> None:
    assert call("snapshot", "--to", "schema.sql").code == 0
    kept = (folder / "snapshots").glob("*.json")
    assert not exposed(*(path.read_text() for path in kept))
    (folder / "schema.sql").write_text(BEFORE)
    assert call("snapshot").code == 0
    found = call("check", "--snapshot", live)
    assert found.code == 0, found.out
    execute(live, "alter user mapping for public server s options (set password 'psst')")
    assert call("check", "--snapshot", live).code == 0
    execute(live, "alter user mapping for public server s options (set \"user\" 'other')")
    assert call("check", "--snapshot", live).code == 2


def test_a_source_may_leave_them_open(live: str, call: Call, folder: Path) -> None:
    (folder / "schema.sql").write_text(OPEN)
    assert call("check", live).code == 0
    (folder / "schema.sql").write_text(OPEN.replace("host=db.example", "host=moved.example"))
    assert call("apply", live, "--yes").code == 0
    assert "host=moved.example user=reader password='hush sub'" in str(value(live, ALL))


def test_replacing_a_server_keeps_the_secrets_on_it(live: str, call: Call, folder: Path) -> None:
    (folder / "schema.sql").write_text(OPEN.replace("type 'a'", "type 'b'"))
    assert call("apply", live, "--yes").code == 0
    assert "hush 'mapping'" in str(value(live, ALL))
    assert "hush-server" in str(value(live, ALL))


def test_one_that_nobody_knows_is_asked_for(live: str, call: Call, folder: Path) -> None:
    (folder / "schema.sql").write_text(
        OPEN + "create user mapping for current_user server s options (password '***');"
    )
    found = call("plan", live)
    assert found.code == 0
    assert "the target leaves its secret open ('***'); set it by hand" in found.out


def test_dump_leaves_them_open_and_loads(live: str, call: Call, folder: Path) -> None:
    dumped = call("dump", live)
    assert dumped.code == 0
    assert not exposed(dumped)
    (folder / "dumped.sql").write_text(dumped.out)
    assert call("check", live, "--to", "dumped.sql").code == 0
    (folder / "schema.sql").unlink()
    assert call("init", live).code == 0
    assert not exposed((folder / "schema.sql").read_text())


@pytest.mark.parametrize(
    "statement",
    [
        "create user mapping for public server s options (password 'hush hush' 'x');",
        "create user mapping for public server s (password 'hush');",
        "create user mapping for nobody_here server nowhere options (password 'hush');",
        "create subscription s connection 'host=x hush' publication p with (connect = false);",
        "create server s foreign data wrapper nowhere options (password 'hush');",
    ],
)
def test_a_statement_that_fails_is_not_quoted(live: str, call: Call, folder: Path, statement: str) -> None:
    (folder / "schema.sql").write_text(f"create foreign data wrapper w;\n{statement}\n")
    found = call("plan", live, "--debug")
    assert found.code == 1
    assert "schema.sql:2: " in found.err
    assert not exposed(found)


def test_a_step_that_fails_is_not_quoted(live: str, call: Call, folder: Path) -> None:
    (folder / "schema.sql").write_text(BEFORE.replace("hush ''mapping''", "psst"))
    execute(
        live,
        "create function refuse() returns event_trigger language plpgsql as "
        "$$ begin raise 'no: %', current_query(); end $$;"
        "create event trigger refuse on ddl_command_end when tag in ('ALTER USER MAPPING') execute function refuse()",
    )
    with (folder / "schema.sql").open("a") as file:
        file.write(
            "create function refuse() returns event_trigger language plpgsql as "
            "$$ begin raise 'no: %', current_query(); end $$;"
            "create event trigger refuse on ddl_command_end when tag in ('ALTER USER MAPPING') "
            "execute function refuse();"
        )
    for prove in ([], ["--no-prove"]):
        found = call("apply", live, "--yes", *prove, "--debug")
        assert found.code == 1
        assert "no: " in found.err
        assert not exposed(found)


def test_the_value_of_a_plan_has_them_and_its_json_has_not(live: str) -> None:
    plan = schemadiff.plan(live, "schema.sql")
    assert "psst-writer" in plan.forward.sql
    assert "hush-server" in plan.reverse.sql
    kept = schemadiff.Plan.from_json(plan.to_json())
    assert not exposed(plan.to_json(), kept.forward.sql, repr(kept))
    assert kept.to_json() == plan.to_json()
    with pytest.raises(Refused, match="sets a secret"):
        schemadiff.apply(live, plan=kept)
    with psycopg.connect(live, autocommit=True) as connection:
        connection.execute(f"begin; {plan.forward.sql.partition('begin;')[2]}".encode())
    assert schemadiff.check(live, "schema.sql").in_sync
