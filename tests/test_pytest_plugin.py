"""The pytest plugin, in suites of its own: each test has a fresh database, and nothing of them is left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import psycopg
import pytest

from schemadiff.scratch import ScratchServer

ROOT = Path(__file__).parents[1]
SCHEMA = """
create table course (id integer primary key, title text not null);
create view titles as select title from course;
"""
USED = """
    import pathlib
    import pytest
    from sqlalchemy import text

    FOLDER = pathlib.Path(__file__).parent

    @pytest.mark.parametrize("number", range(4))
    def test_is_fresh(schemadiff, number):
        name = schemadiff.connection.execute("select current_database()").fetchone()[0]
        with (FOLDER / "names").open("a") as file:
            file.write(name + "\\n")
        assert schemadiff.connection.execute("select count(*) from course").fetchone() == (0,)
        schemadiff.connection.execute("insert into course values (1, 'Weaving')")
        schemadiff.connection.commit()
        with schemadiff.engine.begin() as connection:
            assert connection.execute(text("select * from titles")).all() == [("Weaving",)]
            connection.execute(text("drop view titles"))
"""


@pytest.fixture
def suite(pytester: pytest.Pytester) -> Iterator[pytest.Pytester]:
    """A project with a schema; its pytest loads the plugin, by its entry point where that is installed."""
    if not any(e.name == "schemadiff" for e in entry_points(group="pytest11")):
        pytester.plugins = ["schemadiff.pytest_plugin"]
    pytester.mkdir("schema")
    schema(pytester, SCHEMA)
    return pytester


def schema(suite: pytest.Pytester, text: str) -> None:
    (suite.path / "schema" / "schema.sql").write_text(text)


def passes(suite: pytest.Pytester, tests: str, *options: str, passed: int = 1) -> None:
    suite.makepyfile(tests)
    suite.runpytest_subprocess(*options).assert_outcomes(passed=passed)


@pytest.mark.parametrize("options", [[], ["-n", "2"]], ids=["alone", "xdist"])
def test_every_test_has_a_fresh_database_and_none_is_left(
    suite: pytest.Pytester, server: ScratchServer, options: list[str]
) -> None:
    passes(suite, USED, *options, passed=4)
    names = (suite.path / "names").read_text().split()
    assert len(set(names)) == 4
    with psycopg.connect(server.url(server.maintenance)) as connection:
        left = connection.execute("select datname from pg_database where datname = any(%s)", [names])
        assert left.fetchall() == []


def test_the_configuration_says_where_the_schema_is(suite: pytest.Pytester) -> None:
    (suite.path / "schema" / "schema.sql").rename(suite.path / "shop.sql")
    (suite.path / "schemadiff.toml").write_text('schema = "shop.sql"')
    passes(suite, USED, passed=4)


def test_options_of_pytest_come_first(suite: pytest.Pytester, binaries: str | None) -> None:
    (suite.path / "db").mkdir()
    (suite.path / "db" / "shop.sql").write_text(SCHEMA)
    (suite.path / "db" / "rows.sql").write_text(
        "insert into course select n, 'Course ' || n from generate_series(1, 7) n;"
    )
    (suite.path / "schemadiff.toml").write_text('schema = "nowhere.sql"\nscratch = "/nowhere"')
    options = "schemadiff_schema = db/shop.sql\nschemadiff_rows = db/rows.sql"
    suite.makeini(f"[pytest]\n{options}\nschemadiff_scratch = {binaries or 'embedded'}\n")
    tests = """
        def test_rows(schemadiff):
            assert schemadiff.connection.execute("select max(title) from titles").fetchone() == ("Course 7",)
    """
    suite.mkdir("tests")
    passes(suite, tests, "--rootdir", str(suite.path))


def test_any_source_will_do(suite: pytest.Pytester, database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(SCHEMA.encode())
        connection.execute("insert into course values (1, 'Weaving')")
    suite.makepyfile(
        models="""
            from sqlalchemy import Column, Integer, MetaData, Table
            metadata = MetaData()
            Table("course", metadata, Column("id", Integer, primary_key=True))
        """
    )
    tests = """
        def test_table(schemadiff):
            assert schemadiff.connection.execute("select count(*) from course").fetchone() == (0,)
    """
    suite.mkdir("sql")
    (suite.path / "sql" / "V1__course.sql").write_text("create table course (id integer primary key);")
    for source in (database, "models:metadata", "flyway:sql"):
        passes(suite, tests, "-o", f"schemadiff_schema={source}")


def test_what_postgresql_does_not_copy_is_there_too(suite: pytest.Pytester) -> None:
    schema(
        suite,
        SCHEMA
        + "create schema app; alter database shop set search_path to app, public; create role teacher; alter role teacher in database shop set work_mem to '7MB';",
    )
    passes(
        suite,
        """
        def test_settings(schemadiff):
            assert schemadiff.connection.execute("show search_path").fetchone() == ("app, public",)
            query = "select setconfig from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase where setrole <> 0 and datname = current_database()"
            assert schemadiff.connection.execute(query).fetchone() == (["work_mem=7MB"],)
        """,
    )


def test_a_fixture_of_another_scope_copies_the_template(suite: pytest.Pytester) -> None:
    tests = """
        import pytest

        @pytest.fixture(scope="module")
        def shared(schemadiff_template):
            with schemadiff_template.database() as database:
                yield database

        def test_one(shared):
            shared.connection.execute("insert into course values (1, 'Weaving')")
            shared.connection.commit()

        def test_two(shared, schemadiff):
            assert shared.connection.execute("select count(*) from course").fetchone() == (1,)
            assert schemadiff.connection.execute("select count(*) from course").fetchone() == (0,)
    """
    passes(suite, tests, passed=2)


def test_who_stays_connected_does_not_keep_a_database(suite: pytest.Pytester) -> None:
    tests = """
        import psycopg
        import pytest
        KEPT = []

        @pytest.mark.parametrize("number", range(3))
        def test_connects(schemadiff, number):
            KEPT.append(psycopg.connect(schemadiff.url))
            KEPT[-1].execute("lock table course")
    """
    passes(suite, tests, passed=3)


def test_a_schema_that_does_not_load_is_said_in_one_message(suite: pytest.Pytester) -> None:
    schema(suite, "create table course (id integer);\ncreate index on course (title);\n")
    suite.makepyfile("def test_one(schemadiff): pass\ndef test_two(schemadiff): pass\n")
    found = suite.runpytest_subprocess()
    found.assert_outcomes(errors=2)
    found.stdout.fnmatch_lines(["schemadiff: schema/schema.sql:2:*title*"])
    assert "Traceback" not in found.stdout.str()
    assert "sources.py" not in found.stdout.str()


def test_a_schema_that_is_not_there_is_said(suite: pytest.Pytester) -> None:
    (suite.path / "schema" / "schema.sql").unlink()
    suite.makepyfile("def test_one(schemadiff): pass\n")
    found = suite.runpytest_subprocess()
    found.assert_outcomes(errors=1)
    found.stdout.fnmatch_lines(["schemadiff: schema/schema.sql: there is no such file"])


def test_other_suites_load_nothing_of_it(suite: pytest.Pytester) -> None:
    tests = """
        import sys

        def test_modules():
            ours = {name for name in sys.modules if name.startswith("schemadiff")}
            assert ours == {"schemadiff", "schemadiff._lazy", "schemadiff.pytest_plugin"}
            assert not {"psycopg", "sqlalchemy", "typer"} & sys.modules.keys()
    """
    passes(suite, tests)


def test_the_page(suite: pytest.Pytester) -> None:
    """What docs/pytest.md shows is a suite that passes with the schema of the example."""
    schema(suite, (ROOT / "schema" / "schema.sql").read_text())
    page = (ROOT / "docs" / "pytest.md").read_text()
    passes(suite, "\n".join(re.findall(r"```python\n(.*?)```", page, re.DOTALL)), passed=3)


def test_the_plugin_is_declared() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    assert '[project.entry-points.pytest11]\nschemadiff = "schemadiff.pytest_plugin"\n' in text
