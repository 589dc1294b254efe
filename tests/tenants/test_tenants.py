"""Many schemas of one shape: each its own plan, from one schema.sql, and none bears on another."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import psycopg
import pytest

from schemadiff import _shapes
from schemadiff.cli import run
from schemadiff.cli._targets import LIBPQ
from schemadiff.config import Tenants, load
from schemadiff.errors import UsageError
from schemadiff.model import Catalog, Edge, Id
from schemadiff.prove import Connection
from schemadiff.scratch import ScratchServer
from schemadiff.sources import Reader, source
from schemadiff.sqltext import ident

NAMES = ("tenant_a", "tenant_b", 'tenant_Odd "ü".x')
SHAPE = """
create type mood as enum ('sad', 'happy');
create table account (id integer generated always as identity primary key, m mood not null default 'happy');
create table post (id serial primary key, account integer not null references account, country text references shared.country);
create view moods as select m, count(*) as how_many from account group by m;
create function latest() returns integer language sql begin atomic select max(id) from post; end;
create function touch() returns trigger language plpgsql as 'begin return new; end';
create trigger touched before update on post for each row execute function touch();
"""
SHARED = "create schema shared; create table shared.country (code text primary key);"
SCHEMA = SHARED + SHAPE
CHANGED = (
    SCHEMA
    + "alter table account add nick text; create index on post (account); create view ids as select id from moods, post;"
)
CONFIG = 'schema = "schema.sql"\nschema_per_tenant = "tenant_*"\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (*LIBPQ, "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "schemadiff.toml").write_text(CONFIG)
    (tmp_path / "schema.sql").write_text(SCHEMA)
    return tmp_path


@pytest.fixture
def live(server: ScratchServer) -> Iterator[str]:
    """A database with three tenants, a schema of all, and others that are nobody's."""
    with server.database() as url:
        execute(
            url, SHARED, "create schema other; create table other.t (id int); create table public.u (id int)"
        )
        for name in NAMES:
            create(url, name)
        yield url


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def called(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments)
        said = capsys.readouterr()
        return code, said.out, said.err

    return called


type Call = Callable[..., tuple[int, str, str]]


def create(url: str, name: str) -> None:
    execute(url, f"create schema {ident(name)}; set search_path = {ident(name)}; {SHAPE}")


def execute(url: str, *statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for sql in statements:
            connection.execute(sql.encode())


def count(url: str, query: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        (found,) = connection.execute(query.encode()).fetchone() or (None,)
        return found


def nicks(url: str) -> object:
    return count(url, "select count(*) from information_schema.columns where column_name = 'nick'")


def test_all_are_in_sync(call: Call, live: str) -> None:
    code, out, err = call("check", live)
    assert (code, err) == (0, "")
    assert out.count("in sync") >= 3
    assert 'tenant_Odd ""ü"".x' in out


def test_one_that_differs_is_named(call: Call, live: str) -> None:
    execute(live, "alter table tenant_b.post add extra int", "drop view tenant_b.moods")
    code, out, _ = call("check", live, "--format", "json")
    assert code == 2
    found = json.loads(out)
    differing = [d for d in found["databases"] if not d["in_sync"]]
    assert len(differing) == 1
    assert differing[0]["database"].endswith(" tenant_b")


def test_each_gets_its_own_plan_and_can_be_taken_back(call: Call, live: str, folder: Path) -> None:
    (folder / "schema.sql").write_text(CHANGED)
    code, out, err = call("plan", live, "--exit-code", "--out", "plans")
    assert code == 2, err
    assert sorted(p.name for p in (folder / "plans").glob("*.forward.sql")) == [
        "migration.tenant_Odd%20%22%C3%BC%22.x.forward.sql",
        "migration.tenant_a.forward.sql",
        "migration.tenant_b.forward.sql",
    ]
    code, out, err = call("apply", live, "--yes")
    assert code == 0, err
    assert out.count("done in") == 3
    assert nicks(live) == 3
    assert call("check", live)[0] == 0
    assert count(live, "select count(*) from other.t") == 0
    code, _, err = call("revert", live, "--to", "0", "--yes", "--allow", "DELETES_DATA")
    assert code == 0, err
    assert nicks(live) == 0


def test_a_failure_ends_it_or_not(call: Call, live: str, folder: Path) -> None:
    execute(live, "insert into tenant_a.account (m) values ('sad')")
    (folder / "schema.sql").write_text(SCHEMA + "alter table account add must text not null;")
    code, _, err = call("apply", live, "--yes")
    assert code == 3
    assert "rows are in the way" in err
    code, _, err = call("apply", live, "--yes", "--keep-going")
    assert code == 3
    assert "rows are in the way" in err
    must = "select count(*) from information_schema.columns where column_name = 'must'"
    assert count(live, must) == 2


def test_directives_and_soft_drops_go_by_tenant(call: Call, live: str, folder: Path) -> None:
    execute(live, "insert into shared.country values ('x')", "insert into tenant_a.account default values")
    execute(live, "insert into tenant_a.post (account) values (1)")
    text = SCHEMA.replace("references account", "references member").replace("from account", "from member")
    text = text.replace("create table account", "-- schemadiff: renamed from account\ncreate table member")
    text = text.replace(", country text references shared.country", "")
    (folder / "schema.sql").write_text(text)
    code, _, err = call("apply", live, "--yes", "--soft-drop")
    assert code == 0, err
    assert count(live, "select count(*) from tenant_a.member") == 1
    assert call("check", live)[0] == 0


def test_what_is_shared_must_be_there(call: Call, live: str, folder: Path) -> None:
    (folder / "schema.sql").write_text(
        SCHEMA
        + "create table shared.more (id int primary key); alter table post add m int references shared.more;"
    )
    code, _, err = call("plan", live)
    assert code == 1
    assert "needs" in err
    assert "needs column shared.more.id, which the scope leaves out" in err


def test_functions_that_say_the_name_are_told(call: Call, live: str, folder: Path) -> None:
    told = "create function public.old() returns bigint language sql as 'select count(*) from public.post';"
    (folder / "schema.sql").write_text(SCHEMA + told)
    code, out, _ = call("plan", live)
    assert code == 0
    assert "function tenant_a.old.: its text says public" in out


def test_another_name_and_one_tenant_that_others_use(call: Call, live: str, folder: Path) -> None:
    """Where tenants need one another's objects, each is still compared alone."""
    execute(live, "create view other.sum as select id from tenant_a.post union select id from tenant_b.post")
    execute(live, "create publication p for table tenant_a.post, tenant_b.post")
    (folder / "schemadiff.toml").write_text(CONFIG + 'tenant_schema = "app"\n')
    (folder / "schema.sql").write_text(f"{SHARED} create schema app; set search_path = app; {SHAPE}")
    assert call("check", live)[0] == 0
    (folder / "schema.sql").write_text(
        f"{SHARED} create schema app; set search_path = app; {SHAPE} alter table post add nick text;"
    )
    code, _, err = call("apply", live, "--yes")
    assert code == 0, err
    assert nicks(live) == 3


def test_wrong_usage(call: Call, live: str, folder: Path) -> None:
    (folder / "schemadiff.toml").write_text('schema = "schema.sql"\nschema_per_tenant = "nobody_*"\n')
    code, _, err = call("check", live)
    assert (code, "no schema matches" in err) == (64, True)
    (folder / "schemadiff.toml").write_text(CONFIG + 'tenant_schema = "app"\n')
    code, _, err = call("check", live)
    assert (code, "has nothing in schema app" in err) == (1, True)
    assert call("check", live, "--snapshot")[0] == 64


def test_the_configuration(folder: Path) -> None:
    (folder / "schemadiff.toml").write_text(
        'schema_per_tenant = "t_*"\n[targets.a]\nurl = "postgresql:///a"\nschema_per_tenant = "u_*"\ntenant_schema = "app"\n'
    )
    config = load(folder)
    assert config.tenants == Tenants("t_*")
    assert config.target("a").tenants == Tenants("u_*", "app")
    (folder / "schemadiff.toml").write_text('tenant_schema = "app"\n')
    with pytest.raises(UsageError, match="tenant_schema says nothing"):
        load(folder)


OUTSIDE = "create schema other; create view other.of_post as select id from post;"
"""With this the schema cannot stand beside itself: its namesake would change the view."""


@pytest.mark.parametrize("more", ["", OUTSIDE], ids=["beside itself", "only alone"])
def test_read_many_at_a_time_a_shape_is_as_read_alone(
    server: ScratchServer, folder: Path, monkeypatch: pytest.MonkeyPatch, more: str
) -> None:
    names = ["a", "public", 'Odd "ü".x', "select", "z"]
    (folder / "schema.sql").write_text(SCHEMA + more)
    said = Reader("embedded").read(source("schema.sql"), server.major)

    def read() -> tuple[dict[str, tuple[Mapping[Id, object], frozenset[Edge]]], int]:
        reads.clear()
        found = _shapes.shapes(said, server, "public", names)
        return {name: (c.facts.rows, frozenset(c.edges)) for name, c in found}, len(reads)

    reads: list[None] = []
    real = _shapes.read_from

    def counted(connection: Connection) -> Catalog:
        reads.append(None)
        return real(connection)

    monkeypatch.setattr(_shapes, "read_from", counted)
    monkeypatch.setattr(_shapes, "MOST", 1)
    alone, reads_alone = read()
    monkeypatch.setattr(_shapes, "MOST", 3 * len(said.facts))
    together, reads_together = read()
    assert list(alone) == list(together) == names
    assert together == alone
    assert reads_alone == len(names)
    assert reads_together == (len(names) + 1 if more else 3)
