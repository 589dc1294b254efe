"""Moving to other tablespaces on a live database: in use, interrupted, and where the default is another one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

import schemadiff
from schemadiff._api import plan_pair
from schemadiff._apply import Event, StepBegan, apply_plan, rehearse_plan
from schemadiff._pair import pair
from schemadiff._patience import Patience
from schemadiff.errors import ApplyError, LoadError, Refused
from schemadiff.scratch import ScratchServer
from schemadiff.sources import Reader, source
from schemadiff.sqltext import ident

FAST, SLOW = "fast", 'Slow "disk"'
WHERE = """
    select c.relname::text, t.spcname::text from pg_class c join pg_tablespace t on t.oid = c.reltablespace
    where c.relnamespace = 'public'::regnamespace
"""


@pytest.fixture(autouse=True)
def places(server: ScratchServer) -> None:
    server.ensure_tablespaces([FAST, SLOW])


@pytest.fixture
def schema(tmp_path: Path) -> Path:
    return tmp_path / "schema.sql"


def where(url: str) -> dict[str, str]:
    with psycopg.connect(url, autocommit=True) as connection:
        return dict(connection.execute(WHERE).fetchall())


def execute(url: str, sql: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.encode())


OLD = "create table t (id int primary key, b int); create index i on t (b)"
NEW = f"""
    create table t (id int primary key using index tablespace {FAST}, b int) tablespace {FAST};
    create index i on t (b) tablespace {ident(SLOW)};
"""


def test_in_use_indexes_are_built_anew_and_tables_moved_alone(database: str, schema: Path) -> None:
    execute(database, OLD)
    execute(database, "create table u (id int)")
    schema.write_text(NEW + f"create table u (id int) tablespace {FAST};")
    made = schemadiff.plan(database, str(schema), strategy="online")
    assert sorted((len(group), group[0].transactional) for group in made.forward.transactions) == [
        (1, False), (1, False), (1, True), (1, True),
    ]  # fmt: skip
    assert {step.rebuilds for step in made.forward.steps if step.rebuilds} == {
        ("public", "i"), ("public", "t_pkey"),
    }  # fmt: skip
    simple = schemadiff.plan(database, str(schema), strategy="simple")
    assert len(simple.forward.transactions) == 1
    schemadiff.apply(database, plan=made)
    assert where(database) == {"t": FAST, "t_pkey": FAST, "i": SLOW, "u": FAST}
    schemadiff.revert(database, allow=("DELETES_DATA",))
    assert where(database) == {}
    schemadiff.apply(database, plan=simple)
    assert where(database) == {"t": FAST, "t_pkey": FAST, "i": SLOW, "u": FAST}


def test_an_apply_that_stopped_before_a_move_goes_on(database: str, schema: Path) -> None:
    """All that fingerprints show is reached by then."""
    execute(database, OLD)
    schema.write_text(NEW.replace("b int)", "b int, c int)"))
    made = schemadiff.plan(database, str(schema), strategy="online")
    with psycopg.connect(database) as reader:
        reader.execute("begin")

        def hold(event: Event) -> None:
            if isinstance(event, StepBegan) and event.step.sql.startswith(
                "alter table public.t set tablespace"
            ):
                reader.execute("select from t")

        with pytest.raises(ApplyError, match="lock timeout"):
            apply_plan(made, database, progress=hold, patience=Patience(lock_timeout=0.1, retries=0))
        assert "t" not in where(database)
    with pytest.raises(Refused, match="runs in no transaction: reindex"):
        rehearse_plan(made, database)  # looks at the steps that are left, as an apply does
    schemadiff.apply(database, plan=made)
    assert where(database) == {"t": FAST, "t_pkey": FAST, "i": SLOW}
    newest = schemadiff.history(database)[0]
    assert (newest.finished, newest.steps_done) == (True, len(made.forward.steps))


def test_a_left_over_of_an_index_is_taken_out_of_the_way(database: str, schema: Path) -> None:
    execute(database, OLD)
    schema.write_text(NEW)
    made = schemadiff.plan(database, str(schema), strategy="online")

    def stop(event: Event) -> None:
        if isinstance(event, StepBegan) and event.step.rebuilds == ("public", "i"):
            execute(database, "create index i_ccnew on t (b)")
            execute(database, "update pg_index set indisvalid = false where indexrelid = 'i_ccnew'::regclass")
            raise KeyboardInterrupt

    with pytest.raises(ApplyError, match=r"Ctrl-C"):
        apply_plan(made, database, progress=stop)
    schemadiff.apply(database, plan=made)
    assert where(database) == {"t": FAST, "t_pkey": FAST, "i": SLOW}
    assert schemadiff.check(database, str(schema)).in_sync


@pytest.fixture
def elsewhere(server: ScratchServer) -> Iterator[str]:
    """A database whose own tablespace is not pg_default."""
    with psycopg.connect(server.url(server.maintenance), autocommit=True) as connection:
        name = f"sd_elsewhere_{os.getpid()}"
        connection.execute(f"create database {name} template template0 tablespace {FAST}".encode())
        yield server.url(name)
        connection.execute(f"drop database {name} with (force)".encode())


def test_of_a_database_with_another_default(elsewhere: str, schema: Path) -> None:
    """What names the default is at home there, and what names nothing goes there."""
    execute(
        elsewhere, f"create table a (id int primary key) tablespace {ident(SLOW)}; create table b (id int)"
    )
    execute(elsewhere, f"create table p (id int) partition by list (id) tablespace {ident(SLOW)}")
    schema.write_text(f"""
        create table a (id int primary key using index tablespace {ident(SLOW)});
        create table b (id int) tablespace {FAST};
        create table c (id int) tablespace {FAST};
        create table p (id int) partition by list (id);
    """)
    made = schemadiff.plan(elsewhere, str(schema))
    schemadiff.apply(elsewhere, plan=made)
    assert where(elsewhere) == {"a_pkey": SLOW}
    assert schemadiff.check(elsewhere, str(schema)).in_sync
    schemadiff.revert(elsewhere, allow=("DELETES_DATA",))
    assert where(elsewhere) == {"a": SLOW, "p": SLOW}


def test_what_says_pg_default_elsewhere_can_be_copied(elsewhere: str, database: str, schema: Path) -> None:
    execute(elsewhere, "create table a (id int) tablespace pg_default; create table b (id int)")
    schema.write_text("create table a (id int, more int); create table b (id int);")
    schemadiff.apply(elsewhere, str(schema))
    assert where(elsewhere) == {"a": "pg_default"}
    assert schemadiff.check(elsewhere, str(schema)).in_sync


def test_a_given_server_that_lacks_a_tablespace_proves_all_else(
    server: ScratchServer, database: str, schema: Path
) -> None:
    """What the target leaves where it is must not stand in the way of a plan."""
    server.ensure_tablespaces(["passing"])
    execute(database, OLD.replace("(b)", "(b) tablespace passing"))
    schema.write_text("create table t (id int primary key, b int); create index i on t (b) where b > 0;")
    names = (database, str(schema))
    found = pair(source(database), source(str(schema)), Reader())
    execute(database, "alter index i set tablespace pg_default")
    execute(server.url(server.maintenance), "drop tablespace passing")
    made = plan_pair(found, names, scratch=server.url(server.maintenance))
    assert made.proof is not None
    assert any("lacks the tablespaces passing" in note for note in made.notes)
    assert any("tablespace passing" in step.sql for step in made.forward.steps)


def test_a_source_that_names_what_a_given_server_lacks(server: ScratchServer, schema: Path) -> None:
    schema.write_text("create table t (id int);\nset default_tablespace = nowhere_to_be;\n")
    with pytest.raises(LoadError, match='no tablespace "nowhere_to_be"') as caught:
        schemadiff.read(str(schema), scratch=server.url(server.maintenance))
    assert caught.value.line == 2
