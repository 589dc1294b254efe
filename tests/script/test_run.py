"""Scripts on a real server: what runs, what is left out, which roles are made, what errors say."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Iterator
from textwrap import dedent

import psycopg
import pytest

from schemadiff.errors import LoadError
from schemadiff.scratch import ScratchServer
from schemadiff.script import LoadReport, parse_script, run_script
from schemadiff.sqltext import ident, literal

Connection = psycopg.Connection[tuple[object, ...]]


@pytest.fixture
def connection(database: str) -> Iterator[Connection]:
    with psycopg.connect(database, autocommit=True) as connection:
        yield connection


@pytest.fixture
def role() -> str:
    """A name that no role of the server has; roles outlive a test's database."""
    return f'Ro"le. {uuid.uuid4()}'


class Loading:
    """Runs texts on a connection, makes the roles that they ask for, and drops those in the end."""

    def __init__(self, server: ScratchServer, connection: Connection) -> None:
        self.server, self.connection = server, connection
        self.asked: list[str] = []
        self.places: Callable[[list[str]], None] | None = None

    def __call__(self, sql: str) -> LoadReport:
        script = parse_script(dedent(sql), "schema.sql")
        places = self.places
        made = None if places is None else lambda name: places([name])
        return run_script(script, self.connection, on_missing_role=self.make, on_missing_tablespace=made)

    def make(self, name: str) -> None:
        self.asked.append(name)
        self.server.ensure_roles([name])

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        return self.connection.execute(sql.encode()).fetchall()


@pytest.fixture
def load(server: ScratchServer, connection: Connection) -> Iterator[Loading]:
    loading = Loading(server, connection)
    yield loading
    if not loading.asked:
        return
    connection.rollback()
    connection.execute("reset session authorization; reset role")
    for name in loading.asked:
        if not name.startswith("pg_"):
            connection.execute(f"drop owned by {ident(name)}; drop role {ident(name)}".encode())


def failing(load: Loading, sql: str) -> LoadError:
    with pytest.raises(LoadError) as caught:
        load(sql)
    return caught.value


def test_runs_in_order(load: Loading) -> None:
    report = load("""
        create table t (a int);
        insert into t select generate_series(1, 3);
        create view v as select '%s {} %' || a as b from t;
        do $$ begin perform 1; end $$;
        create function f() returns bigint begin atomic select count(*) from v; end;
        select setval(pg_get_serial_sequence('t', 'a'), 1) where false
    """)
    assert load.rows("select f()") == [(3,)]
    assert (report.executed, report.ignored, report.roles) == (6, (), ())


def test_an_empty_script_runs(load: Loading) -> None:
    assert load("-- nothing") == LoadReport()


def test_settings_last_as_in_one_session(load: Loading) -> None:
    load("""
        set search_path = pg_temp;
        select pg_catalog.set_config('search_path', '', false);
        create schema s;
        set search_path to s;
        create table t (a int);
        reset search_path;
        create table u (a int);
    """)
    assert load.rows("select to_regclass('s.t')::text, to_regclass('public.u')::text") == [("s.t", "u")]


def test_what_is_for_one_transaction_ends_with_its_statement(load: Loading) -> None:
    load("""
        create schema s;
        set local search_path = s;
        create table t (a int);
        select set_config('search_path', 's', true);
        create table u (a int);
    """)
    assert load.rows("select to_regclass('public.t')::text, to_regclass('public.u')::text") == [("t", "u")]


def test_statements_that_refuse_a_transaction(load: Loading) -> None:
    load("""
        create table t (a int);
        create index concurrently i on t (a);
        create type e as enum ('a');
        alter type e add value 'b';
        create table u (a e default 'b');
        vacuum t;
        alter type e
          add value 'c';
        create table w (a e default 'c');
        reindex index concurrently i;
        drop index concurrently i;
    """)
    assert load.rows("select enumlabel from pg_enum order by enumsortorder") == [("a",), ("b",), ("c",)]


def test_strings_that_do_not_conform(load: Loading) -> None:
    load(r"""
        set escape_string_warning = off;
        set standard_conforming_strings = off;
        create table t (a text default 'it\'s; this');
        set standard_conforming_strings = on;
        create table u (a text default '\');
    """)
    load.connection.execute("insert into t default values; insert into u default values")
    assert load.rows("select * from t, u") == [("it's; this", "\\")]


def test_joined_statements_are_one_transaction(load: Loading) -> None:
    load("create table t (a int)\\; set local search_path = nowhere\\; select 1;\n create table u (a int)")
    assert load.rows("select to_regclass('t')::text, to_regclass('u')::text") == [("t", "u")]


@pytest.mark.parametrize("transaction", ["", "begin;"])
def test_what_another_session_changes_meanwhile_is_asked_again(
    load: Loading, database: str, transaction: str
) -> None:
    load("create table t (a int); grant insert on t to public")
    with psycopg.connect(database) as other:
        other.execute("grant update on t to public")

        def finish() -> None:
            query = (
                "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
            )
            with psycopg.connect(database, autocommit=True) as watching:
                while watching.execute(query).fetchone() is None:
                    time.sleep(0.01)
            other.commit()

        finishing = threading.Thread(target=finish)
        finishing.start()
        load(f"{transaction} grant select on t to public; {'commit;' if transaction else ''}")
        finishing.join()
    rights = "select privilege_type from pg_class, aclexplode(relacl) where relname = 't' and grantee = 0 order by 1"
    assert load.rows(rights) == [("INSERT",), ("SELECT",), ("UPDATE",)]


@pytest.mark.parametrize("transaction", ["", "begin;"])
def test_missing_roles_are_asked_for(load: Loading, role: str, transaction: str) -> None:
    names = [f"{role} {number}" for number in range(9)]
    a, b, c, d, e, f, g, h, i = map(ident, names)
    report = load(f"""
        {transaction}
        create table t (a int);
        alter table t owner to {a};
        grant select on t to {a}, {b}, {c};
        create policy p on t to {d};
        alter default privileges for role {e} grant select on tables to {f};
        create schema s authorization {g};
        set role {h};
        reset role;
        set session authorization {i};
        reset session authorization;
        create table u (a int);
        {"commit;" if transaction else ""}
    """)
    assert sorted(load.asked) == names
    assert report.roles == tuple(load.asked)
    assert load.rows("select tableowner::text from pg_tables where tablename = 't'") == [(names[0],)]
    assert load.rows("select pg_get_userbyid(nspowner)::text from pg_namespace where nspname = 's'") == [
        (names[6],)
    ]


def test_of_roles_only_the_name_is_taken(load: Loading, role: str) -> None:
    name, other = ident(role), ident(role + "2")
    report = load(f"""
        create role {name} superuser login password 'x' in role {other};
        create user {name};
        alter role {name} set search_path = x;
        alter user {name} in database nowhere set search_path = x;
        grant {name} to {other};
        drop role {name};
        comment on role {name} is 'x';
        create foreign data wrapper w;
        create server s foreign data wrapper w;
        create user mapping for {name} server s;
        alter user mapping for {name} server s options (a 'b');
        drop user mapping if exists for {name} server s;
    """)
    assert load.asked == [role]
    assert [(each.line, each.text.split()[0]) for each in report.ignored] == [
        (2, "create"),
        (4, "alter"),
        (6, "grant"),
        (7, "drop"),
        (8, "comment"),
    ]
    # Every role of a scratch server of our own is a superuser, whatever the script asks for.
    assert load.rows(f"select rolcanlogin from pg_roles where rolname = '{role}'") == [(False,)]


def test_a_role_that_cannot_be_made_is_an_error_of_its_statement(load: Loading) -> None:
    error = failing(load, "create table t (a int);\nalter table t\n owner to pg_nobody;")
    assert (error.line, error.sqlstate) == (2, "42704")
    assert 'role "pg_nobody" does not exist' in str(error)
    assert load.asked == ["pg_nobody"]


def test_what_is_about_the_cluster_is_left_out(load: Loading) -> None:
    sql = """\
        create database other;
        alter database other set tablespace x;
        alter database other owner to nobody_at_all;
        drop database if exists other;
        comment on database other is 'x';
        alter system set work_mem = '1MB';
        create tablespace x location '/nowhere';
        drop tablespace x;
        grant connect, temp on database other to public;
        revoke all on tablespace x from public;
        copy (select 1) to stdout;
        copy t from '/nowhere';
        drop subscription x;
        security label for x on role y is 'z';
    """
    report = load(sql)
    assert [each.line for each in report.ignored] == list(range(1, 15))
    assert all(each.file == "schema.sql" and each.reason for each in report.ignored)
    assert (report.executed, load.asked) == (0, [])


def test_what_only_looks_like_it_runs(load: Loading) -> None:
    report = load("""
        create table database (parameter int);
        grant select (parameter), insert on database to public;
        comment on column database.parameter is 'role';
        create table "create" (a int);
        revoke all on table database from public;
        create schema public;
    """)
    assert report.executed == 5
    assert [each.reason for each in report.ignored] == ['schema "public" already exists']


def test_subscriptions_never_reach_out(load: Loading) -> None:
    error = failing(load, "\ncreate subscription s connection 'host=nowhere.invalid' publication p;")
    assert (error.line, "connect = false" in str(error)) == (2, True)
    report = load("""
        create subscription s connection 'host=nowhere.invalid' publication p with (connect = false, slot_name = none);
        alter subscription s enable;
        comment on subscription s is 'x';
    """)
    assert (report.executed, len(report.ignored)) == (2, 1)
    load.connection.execute("drop subscription s")


def test_rows_are_counted_and_not_loaded(load: Loading) -> None:
    report = load("create table t (a int);\ncopy t from stdin;\n1\n2\n\\.\ninsert into t values (7);\n")
    assert report.rows_ignored == 2
    assert load.rows("select a from t") == [(7,)]


@pytest.mark.parametrize("transaction", ["", "begin;"])
def test_settings_of_a_newer_server_are_left_out(load: Loading, transaction: str) -> None:
    report = load(f"""
        {transaction}
        set no_such_timeout = 0;
        set client_encoding = 'LATIN1';
        set client_encoding = 'UTF8';
        create table t (a text default 'ä');
        {"commit;" if transaction else ""}
    """)
    assert sorted(each.line for each in report.ignored) == [3, 4]
    assert load.rows("select to_regclass('t')::text, current_setting('client_encoding')") == [("t", "UTF8")]


PLACED = """\
create table before (a int);
begin;
set default_tablespace = {place};
create table here (a int primary key);
set default_tablespace = '';
alter table before set tablespace {place};
commit;
"""


def test_tablespaces_are_made_where_they_can_be(load: Loading) -> None:
    place = f'Pl"ace. {uuid.uuid4()}'
    error = failing(load, PLACED.format(place=ident(place)))
    assert error.line == 3
    assert f'the scratch server has no tablespace "{place}"' in str(error)
    load.connection.rollback()
    load.connection.execute("drop table before")
    load.places = load.server.ensure_tablespaces
    assert load(PLACED.format(place=ident(place))).ignored == ()
    query = "select relname from pg_class c join pg_tablespace t on t.oid = reltablespace where spcname = "
    assert sorted(load.rows(query + literal(place))) == [("before",), ("here",), ("here_pkey",)]


def test_a_tablespace_that_cannot_be_made_is_asked_for_once(load: Loading) -> None:
    asked: list[str] = []
    load.places = asked.extend
    error = failing(load, "create table t (a int);\ncreate table u (a int) tablespace nowhere;")
    assert (error.line, error.sqlstate, asked) == (2, "42704", ["nowhere"])


def test_a_setting_with_a_wrong_value_is_an_error(load: Loading) -> None:
    assert failing(load, "set work_mem = 'much';").sqlstate == "22023"


def test_an_extension_that_the_server_lacks(load: Loading) -> None:
    error = failing(load, '\n\ncreate extension if not exists "no such" with schema public;')
    assert error.line == 3
    assert str(error).startswith("schema.sql:3: ")
    assert 'extension "no such": point --scratch at a server that has it' in str(error)


def test_an_error_points_to_its_line(load: Loading) -> None:
    error = failing(
        load,
        """\
        create table t (a int);
        create table u (a int);
        -- ü
        create view v as
          select a, 'ü' as ü,\tb
          from t;
        create table w (a int);
        """,
    )
    assert (error.file, error.line, error.sqlstate) == ("schema.sql", 5, "42703")
    assert error.statement.startswith("create view v as\n")
    assert str(error) == (
        "schema.sql:5: column \"b\" does not exist\n      select a, 'ü' as ü, b\n                          ^"
    )
    assert load.rows("select to_regclass('u')::text, to_regclass('w')::text") == [("u", None)]


def test_the_place_in_a_long_line_is_cut_out(load: Loading) -> None:
    error = failing(load, "select " + ", ".join(["1"] * 500) + ", nope, " + ", ".join(["2"] * 500))
    _, shown, caret = str(error).split("\n")
    assert shown[caret.index("^") :].startswith("nope, 2")
    assert len(shown) < 110


def test_errors_without_a_position_name_the_statement(load: Loading) -> None:
    error = failing(
        load,
        """\
        create table t (a int primary key);

        insert into t
        values (1), (1);
        """,
    )
    assert (error.line, error.sqlstate) == (3, "23505")
    assert "\nDETAIL: Key (a)=(1) already exists." in str(error)


def test_errors_inside_of_a_block_tell_where(load: Loading) -> None:
    error = failing(load, "select 1;\ndo $$ begin\n perform 1/0;\nend $$;")
    assert error.line == 2
    assert "CONTEXT: " in str(error)
    assert "line 2 at PERFORM" in str(error)


@pytest.mark.parametrize(
    ("sql", "line", "state", "hint"),
    [
        ("create view v as\nselect * from nowhere", 2, "42P01", "defined later in the file"),
        ("select 1;\nselect nothing()", 2, "42883", "schema.sql does not create"),
        ("create table t (\n a int,\n b geometry)", 3, "42704", "defined later in the file"),
        ("create table t (a int);\ncreate tabel u ()", 2, "42601", ""),
        ("create function f() returns int language plpgsql as $$\nbegin\n retrun 1;\nend $$", 3, "42601", ""),
        ("do $$ begin create role postgres; end $$", 1, "42710", "roles outlive"),
        ("\nselect 1 \\; select 2 \\; selekt 3", 2, "42601", ""),
        ("begin;\nselect 1;\n\nselect 1/0;\ncommit;", 4, "22012", ""),
    ],
)
def test_errors(load: Loading, sql: str, line: int, state: str, hint: str) -> None:
    error = failing(load, sql)
    assert (error.line, error.sqlstate) == (line, state)
    assert hint in str(error)


def test_an_error_in_a_batch_of_many_names_its_statement(load: Loading) -> None:
    lines = [f"create table t{number} (a int);" for number in range(450)]
    lines[307] = "create table t1 (a int);"
    error = failing(load, "\n".join(lines))
    assert (error.line, error.statement) == (308, "create table t1 (a int)")
    assert load.rows("select count(*) from pg_tables where tablename ~ '^t[0-9]+$'") == [(307,)]


def test_explicit_transactions(load: Loading) -> None:
    load("""
        begin isolation level serializable;
        set transaction read write;
        create table t (a int);
        savepoint s;
        create table u (a int);
        rollback to s;
        commit;
        begin;
        create table w (a int);
        rollback;
        start transaction;
        create table x (a int);
        end;
    """)
    assert load.rows("select tablename::text from pg_tables where schemaname = 'public' order by 1") == [
        ("t",),
        ("x",),
    ]


def test_a_transaction_that_stays_open_is_an_error(load: Loading) -> None:
    error = failing(load, "select 1;\nbegin;\ncreate table t (a int);")
    assert (error.line, "never committed" in str(error)) == (2, True)
    assert load.rows("select to_regclass('t')") == [(None,)]


def test_prepared_statements_survive_a_batch_that_fails(load: Loading, role: str) -> None:
    load(f"prepare p as select 1; create table t (a int); alter table t owner to {ident(role)}; execute p;")
    assert load.asked == [role]


@pytest.mark.parametrize(
    ("sql", "line", "said"),
    [
        ("select 1;\nselect pg_terminate_backend(pg_backend_pid());", 1, "from here to schema.sql:2"),
        ("select 1;\ndo $$ begin perform pg_terminate_backend(pg_backend_pid()); end $$;", 2, "terminating"),
        ("begin;\nselect pg_terminate_backend(pg_backend_pid());\ncommit", 2, "terminating"),
    ],
)
def test_a_server_that_goes_away(load: Loading, sql: str, line: int, said: str) -> None:
    error = failing(load, sql)
    assert (error.line, said in str(error)) == (line, True)
