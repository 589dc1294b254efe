"""``check --verify``: pg_dump as the second look."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.programs import Programs

from schemadiff import _check, _witness
from schemadiff._witness import _asking
from schemadiff.model import Catalog, Difference
from schemadiff.scratch import ScratchServer, scratch_server
from schemadiff.scratch.binaries import of_major
from schemadiff.scratch.processes import server_user

from .conftest import AFTER, Call, Shop, execute

VERIFY = ("check", "--target", "main", "--verify")
SAME = "pg_dump says the same"


def in_sync(shop: Shop, call: Call) -> None:
    assert call("apply", "--target", "main", "--yes").code == 0


def test_both_find_nothing(shop: Shop, call: Call) -> None:
    in_sync(shop, call)
    said = call(*VERIFY)
    assert (said.code, SAME in said.out, said.err) == (0, True, "")


def test_both_find_the_drift(shop: Shop, call: Call) -> None:
    said = call(*VERIFY)
    assert (said.code, SAME in said.out, said.err) == (2, True, "")


def test_drift_on_one_table_hides_none_on_another(
    shop: Shop, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_sync(shop, call)
    execute(shop.main, "alter table course add extra integer; create function unseen() returns int return 1")
    blind_for(monkeypatch, "unseen")
    said = call(*VERIFY)
    assert said.code == 4
    assert "function public.unseen(): only in the database" in said.err
    assert "table public.course" not in said.err


def blind_for(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Catalogs are compared without what has a name, or is of a kind, as by a tool that does not know it."""
    whole = _check.diff_facts

    def blind(live: Catalog, target: Catalog) -> list[Difference]:
        found = whole(live, target)
        return [d for d in found if not {d.id.kind, *d.id.path}.intersection(names)]

    monkeypatch.setattr(_check, "diff_facts", blind)


def test_pg_dump_sees_what_the_catalogs_do_not(
    shop: Shop, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_sync(shop, call)
    execute(shop.main, "create index unseen on course (title)")
    blind_for(monkeypatch, "unseen")
    assert call("check", "--target", "main").code == 0
    said = call(*VERIFY, "--format", "json", "--report", "junit=out.xml")
    assert said.code == 4
    assert "main: pg_dump and the catalogs disagree" in said.err
    assert "index public.unseen: only in the database" in said.err
    (body,) = json.loads(said.out)["databases"]
    assert any("pg_dump alone sees: index public.unseen" in note for note in body["notes"])


def test_the_catalogs_see_what_pg_dump_does_not(
    shop: Shop, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_sync(shop, call)
    execute(shop.main, "create index unseen on course (title)")
    whole = _asking.pg_dump
    first: list[str] = []

    def deaf(*arguments: object) -> str:
        first.append(whole(*arguments))  # type: ignore[arg-type]
        return first[0]

    monkeypatch.setattr(_asking, "pg_dump", deaf)
    said = call(*VERIFY)
    assert said.code == 4
    assert "pg_dump writes the same of both ends:\n    index public.unseen" in said.err


def test_a_definition_is_shown_and_a_secret_is_not(
    shop: Shop, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign = """
        create foreign data wrapper w; create server s foreign data wrapper w;
        create user mapping for public server s options (password '{}');
        create function f() returns int language sql return {};
    """
    shop.schema(AFTER + foreign.format("s3cret-one", 1))
    call("apply", "--target", "main", "--yes")
    execute(shop.main, "alter user mapping for public server s options (set password 's3cret-two')")
    execute(shop.main, "create or replace function f() returns int language sql return 2")
    blind_for(monkeypatch, "user_mapping", "function")
    said = call(*VERIFY, "--report", "html=out.html", "--report", "json=out.json")
    assert said.code == 4
    assert "user mapping USER MAPPING public SERVER s: differs" in said.err
    assert "has RETURN 2; should have RETURN 1" in said.err
    written = (shop.folder / "out.html").read_text() + (shop.folder / "out.json").read_text()
    assert "s3cret" not in said.out + said.err + written


def test_a_secret_that_is_left_open_is_not_compared(shop: Shop, call: Call) -> None:
    foreign = """
        create foreign data wrapper w; create server s foreign data wrapper w;
        create user mapping for public server s options (password '{}');
    """
    execute(shop.main, foreign.format("s3cret"))
    shop.schema("create table course (id integer primary key, title text);" + foreign.format("***"))
    said = call(*VERIFY)
    assert (said.code, said.err) == (0, "")
    assert "pg_dump: not compared: user mapping USER MAPPING public SERVER s" in said.out


def test_an_expression_that_is_stored_in_two_ways(shop: Shop, call: Call, programs: Programs) -> None:
    shop.schema("create table course (id integer primary key, title varchar check (title in ('a', 'b')));")
    execute(shop.main, "drop table course")
    execute(shop.main, (shop.folder / "schema.sql").read_text())
    dump = programs.dump(shop.main)
    execute(shop.main, "drop table course")
    programs.psql(shop.main, dump)
    assert programs.dump(shop.main).count("ARRAY[('a'") == 1, (
        "a dump that is loaded spells the list otherwise"
    )
    said = call(*VERIFY)
    assert (said.code, SAME in said.out) == (0, True), said.err


def test_what_the_target_leaves_open(shop: Shop, call: Call) -> None:
    in_sync(shop, call)
    execute(
        shop.main,
        """
        do $$ begin
            if to_regrole('verify_reader') is null then create role verify_reader; end if;
        end $$;
        alter table course owner to verify_reader;
        grant select on video to verify_reader;
        comment on schema public is 'ours';
        """,
    )
    said = call(*VERIFY)
    assert (said.code, SAME in said.out) == (0, True), said.err
    shop.schema(AFTER + "grant insert on video to verify_reader;")
    said = call(*VERIFY)
    assert (said.code, SAME in said.out) == (2, True), said.err


def test_a_scope(shop: Shop, call: Call) -> None:
    in_sync(shop, call)
    execute(
        shop.main, "create schema other; create table other.t (id integer); create table tmp_a (id integer)"
    )
    with (shop.folder / "schemadiff.toml").open("r+") as file:
        text = file.read()
        file.seek(0)
        file.write('exclude = ["other"]\nignore = ["table:public.tmp_*"]\n' + text)
    said = call(*VERIFY)
    assert (said.code, SAME in said.out) == (0, True), said.err


def test_snapshots(shop: Shop, call: Call, server: ScratchServer) -> None:
    in_sync(shop, call)
    call("snapshot")
    snapshot = f"snapshots/{server.major}.json"
    for arguments in ((*VERIFY, "--snapshot"), (*VERIFY, "--to", snapshot), (*VERIFY, "--to", shop.main)):
        said = call(*arguments)
        assert (said.code, SAME in said.out) == (0, True), said.err
    execute(shop.main, "alter table video add extra integer")
    for arguments in ((*VERIFY, "--snapshot"), (*VERIFY, "--to", snapshot), (*VERIFY, "--to", shop.test)):
        said = call(*arguments)
        assert (said.code, SAME in said.out) == (2, True), said.err


def test_in_a_sandbox(shop: Shop, call: Call) -> None:
    in_sync(shop, call)
    said = call("check", shop.main, "--verify", "--sandbox")
    assert (said.code, SAME in said.out) == (0, True), said.err


def test_a_database_of_another_major(folder: Path, call: Call) -> None:
    major = next((m for m in (17, 16, 15, 14) if of_major(m, server_user())), None)
    if major is None:
        pytest.skip("no PostgreSQL before 18 on this machine: schemadiff scratch install 17")
    (folder / "schema.sql").write_text(AFTER)
    found = of_major(major, server_user())
    assert found is not None
    with scratch_server(str(found.bin)) as older, older.database() as url:
        execute(url, AFTER)
        for where in ([], ["--scratch", "embedded"]):
            said = call("check", url, "--to", "schema.sql", "--verify", *where)
            assert (said.code, SAME in said.out) == (0, True), said.err
        execute(url, "drop index video_course")
        said = call("check", url, "--to", "schema.sql", "--verify", "--scratch", "embedded")
        assert (said.code, SAME in said.out) == (2, True), said.err


def test_without_the_right_to_read_tables(shop: Shop, call: Call) -> None:
    in_sync(shop, call)
    execute(
        shop.main,
        """
        do $$ begin
            if to_regrole('verify_nobody') is null then create role verify_nobody login; end if;
        end $$
        """,
    )
    said = call("check", shop.main.replace("postgres@", "verify_nobody@"), "--verify")
    assert said.code == 1
    assert "grant pg_read_all_data" in said.err


def test_only_a_whole_database(shop: Shop, call: Call) -> None:
    assert call("check", "schema.sql", "--verify").code == 64
    with (shop.folder / "schemadiff.toml").open("r+") as file:
        text = file.read()
        file.seek(0)
        file.write('schema_per_tenant = "tenant_*"\n' + text)
    said = call(*VERIFY)
    assert (said.code, "--verify looks at a whole database" in said.err) == (64, True)


def test_its_public_names() -> None:
    assert sorted(_witness.__all__) == _witness.__all__
