"""``schemadiff diff``, ``dump`` and ``init``."""

from __future__ import annotations

import json
from pathlib import Path

import psycopg

import schemadiff
from schemadiff.scratch import ScratchServer

from .conftest import Call, Shop, execute

EXAMPLE = Path(__file__).parents[2] / "schema" / "schema.sql"


def test_diff(folder: Path, call: Call) -> None:
    (folder / "a.sql").write_text("create table course (id integer);")
    (folder / "b.sql").write_text("create table course (id bigint, title text);")
    said = call("diff", "a.sql", "b.sql")
    assert said.code == 0
    assert "changed    column course.id" in said.out
    assert "added      column course.title  text" in said.out
    assert call("diff", "a.sql", "b.sql", "--exit-code").code == 2
    assert call("diff", "a.sql", "a.sql", "--exit-code").code == 0
    assert "add column title text" in call("diff", "a.sql", "b.sql", "--format", "sql").out
    assert json.loads(call("diff", "a.sql", "b.sql", "--format", "json").out)["in_sync"] is False


def test_a_dump_loads_back_equal(call: Call, server: ScratchServer, database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(EXAMPLE.read_bytes())
        connection.execute(
            "create schema billing; create view billing.paid as select * from orders; "
            "comment on view billing.paid is 'it''s'; grant select on orders to public"
        )
    said = call("dump", database)
    assert said.code == 0, said.err
    with server.database() as copy:
        execute(copy, said.out)
        assert schemadiff.read(copy).facts == schemadiff.read(database).facts
        assert schemadiff.diff(copy, database) == ()
    Path("dumped.sql").write_text(said.out)
    assert schemadiff.check(database, "dumped.sql").differences == ()
    assert call("dump", "dumped.sql").out.splitlines()[1:] == said.out.splitlines()[1:]


def test_init(shop: Shop, call: Call) -> None:
    said = call("init", "--target", "main")
    assert (said.code, "--force replaces it" in said.err) == (3, True)
    assert call("init", "--target", "main", "--force").code == 0
    assert call("check", "--target", "main").code == 0
    (shop.folder / "schemadiff.toml").unlink()
    assert call("init", shop.main).code == 0
    assert (shop.folder / "schema" / "schema.sql").exists()


def test_scratch_databases_on_the_live_server(shop: Shop, call: Call) -> None:
    said = call("plan", "--target", "main", "--scratch", "live")
    assert (said.code, "proven on PostgreSQL" in said.out) == (0, True), said.err
    assert call("diff", "schema.sql", shop.main, "--scratch", "live", "--exit-code").code == 2
    refused = call("diff", "schema.sql", "empty", "--scratch", "live")
    assert (refused.code, "no database among schema.sql, empty" in refused.err) == (64, True)
    assert "neither a postgresql:// URL" in call("plan", "--target", "main", "--scratch", "nowhere").err
