"""What must be allowed before it runs: by name, and by the size of the table on the database itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from secrets import token_hex

import psycopg
import pytest

import schemadiff
from schemadiff._gate import refusals
from schemadiff.catalog import Usage, usage
from schemadiff.cli import run
from schemadiff.cli._targets import LIBPQ
from schemadiff.errors import NotAllowed, UsageError
from schemadiff.hazards import by_relation, measure, named

from .conftest import execute

OLD = "create table large (id int, v int); create table small (id int, v int);"
ROWS = """
    insert into large select n, n from generate_series(1, 20000) n;
    insert into small select n, n from generate_series(1, 100) n;
    analyze large, small;
"""
WIDE = OLD.replace("v int", "v bigint")
CONFIG = """
schema = "schema.sql"
rewrite_limit = "{limit}"
[targets.main]
url = "{url}"
{more}
"""
TYPES = "select string_agg(format_type(atttypid, null), ' ' order by attrelid) from pg_attribute where attname = 'v'"


@pytest.fixture
def live(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database with a table of 736 kB and one of 8 kB, and a schema that wants both of another type."""
    for name in (*LIBPQ, "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    execute(database, OLD + ROWS)
    (tmp_path / "schema.sql").write_text(WIDE)
    configured(database)
    return database


def configured(url: str, limit: str = "500 kB", more: str = "") -> None:
    Path("schemadiff.toml").write_text(CONFIG.format(url=url, limit=limit, more=more))


def types(url: str) -> str:
    with psycopg.connect(url) as connection:
        row = connection.execute(TYPES).fetchone()
    assert row is not None
    return str(row[0])


type Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    def called(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return called


def test_a_large_table_is_rewritten_only_when_that_is_allowed(live: str, call: Call) -> None:
    code, out, err = call("apply", "--target", "main", "--yes")
    assert code == 3
    assert "main: rewrites large (736 kB, 20 k rows) under ACCESS EXCLUSIVE" in err
    assert "small" not in err
    assert "add --allow REWRITES_TABLE" in err
    assert "-- rewrites small (8 kB, 100 rows) under ACCESS EXCLUSIVE" in out
    assert types(live) == "integer integer"
    assert call("apply", "--target", "main", "--yes", "--allow", "REWRITES_TABLE")[0] == 0
    assert types(live) == "bigint bigint"


def test_a_table_under_the_limit_needs_no_word(live: str, call: Call) -> None:
    configured(live, "1MB")
    assert call("apply", "--target", "main", "--yes")[0] == 0
    assert types(live) == "bigint bigint"


def test_the_configuration_allows_for_one_target(live: str, call: Call) -> None:
    configured(live, more='allow = ["REWRITES_TABLE"]\n[targets.other]\nurl = "' + live + '"')
    assert call("apply", "--target", "other", "--yes")[0] == 3
    assert call("apply", "--target", "main", "--yes")[0] == 0


def test_a_plan_made_from_files_asks_the_database_that_it_runs_on(live: str, call: Call) -> None:
    Path("old.sql").write_text(OLD)
    plan = schemadiff.plan("old.sql", "schema.sql")
    assert plan.usage == ()
    Path("plan.json").write_text(plan.to_json())
    code, out, err = call("apply", "--target", "main", "--plan", "plan.json", "--yes")
    assert code == 3
    assert "rewrites large (736 kB" in out
    assert "rewrites large (736 kB" in err
    assert types(live) == "integer integer"


def test_a_size_that_has_grown_since_the_plan_counts(live: str, call: Call) -> None:
    configured(live, "1MB")
    assert call("plan", "--target", "main", "--out", ".", "--name", "wide")[0] == 0
    execute(live, "insert into large select n, n from generate_series(1, 20000) n")
    assert call("apply", "--target", "main", "--plan", "wide.plan.json", "--yes")[0] == 3


def test_what_is_taken_back_is_measured_too(live: str, call: Call) -> None:
    assert call("apply", "--target", "main", "--yes", "--allow", "REWRITES_TABLE")[0] == 0
    code, _, err = call("revert", "--target", "main", "--yes")
    assert (code, "rewrites large" in err, "small" in err) == (3, True, False)
    assert call("revert", "--target", "main", "--yes", "--allow=REWRITES_TABLE")[0] == 0
    assert types(live) == "integer integer"


@pytest.mark.parametrize(
    ("new", "name"),
    [
        ("alter table large add check (v > 0);", "ACQUIRES_ACCESS_EXCLUSIVE_LOCK"),
        ("create index large_v on large (v);", "ACQUIRES_SHARE_LOCK"),
    ],
)
def test_a_long_lock_must_be_allowed_and_the_online_way_has_none(
    live: str, call: Call, new: str, name: str
) -> None:
    Path("schema.sql").write_text(OLD + new)
    code, _, err = call("apply", "--target", "main", "--yes", "--strategy", "simple")
    assert (code, f"--allow {name}\n" in err) == (3, True)
    assert call("apply", "--target", "main", "--yes", "--strategy", "online")[0] == 0


def test_a_short_lock_needs_no_word(live: str, call: Call) -> None:
    Path("schema.sql").write_text(OLD.replace("v int", "v int, more text default 'x'"))
    code, out, _ = call("apply", "--target", "main", "--yes")
    assert code == 0
    assert "begin;  -- locks large, small (ACCESS EXCLUSIVE)" in out
    assert "ACQUIRES" not in out


def test_what_may_change_values_must_be_allowed(live: str, call: Call) -> None:
    Path("schema.sql").write_text(OLD.replace("small (id int, v int)", "small (id int, v boolean)"))
    assert call("apply", "--target", "main", "--yes")[0] == 3
    code, _, err = call("apply", "--target", "main", "--yes", "--allow", "DELETES_DATA")
    assert code == 3
    assert "may change values of small.v" in err
    assert call("apply", "--target", "main", "--yes", "--allow", "LOSES_PRECISION")[0] == 0


def test_integers_do_not_lose_what_does_not_fit(live: str, call: Call) -> None:
    Path("schema.sql").write_text(OLD.replace("small (id int, v int)", "small (id int, v smallint)"))
    assert call("apply", "--target", "main", "--yes")[0] == 0


def test_python_has_the_same_gate(live: str) -> None:
    with pytest.raises(NotAllowed, match=r"rewrites large .*\n.*--allow REWRITES_TABLE"):
        schemadiff.apply(live, "schema.sql", limit=500 * 1024)
    assert schemadiff.apply(live, "schema.sql", limit=500 * 1024, allow=["REWRITES_TABLE"]).id
    with pytest.raises(NotAllowed, match="REWRITES_TABLE"):
        schemadiff.revert(live, limit=500 * 1024)
    assert schemadiff.revert(live).id


def test_an_unproven_rewrite_is_gated_as_it_is_guessed(live: str, call: Call) -> None:
    code, _, err = call("apply", "--target", "main", "--yes", "--no-prove")
    assert code == 3
    assert "may rewrite large (736 kB, 20 k rows): the plan is not proven" in err
    assert "small" not in err


@pytest.mark.parametrize("given", ["DELETE_DATA", "DELETES_DATA,oops", "deletes_data"])
def test_a_name_that_no_hazard_has(live: str, call: Call, given: str) -> None:
    code, _, err = call("apply", "--target", "main", "--yes", "--allow", given)
    assert code == 64
    assert "there is no such hazard; there are ACQUIRES_ACCESS_EXCLUSIVE_LOCK, " in err
    assert types(live) == "integer integer"


@pytest.mark.parametrize("limit", ["", "MB", "1 mb", "-1 MB", "1.5 GB", "1 MB MB", "many", "0x10 MB", "12"])
def test_a_limit_that_is_no_size(live: str, call: Call, limit: str) -> None:
    configured(live, limit)
    code, _, err = call("apply", "--target", "main", "--yes")
    assert code == 64
    assert "rewrite_limit" in err


def test_a_size_that_nobody_knows_counts_as_large(live: str) -> None:
    plan = schemadiff.plan(live, "schema.sql")
    unknown = (Usage(("public", "large")), Usage(("public", "small"), size=8192))
    (left,) = refusals(plan, unknown, (), 2**40)
    assert (left.hazard, "how large that is is not known" in left.text) == ("REWRITES_TABLE", True)
    assert refusals(plan, plan.usage, (), 2**40) == ()
    assert {r.hazard for r in refusals(plan, (), (), 2**40)} == {"REWRITES_TABLE"}
    with pytest.raises(UsageError):
        refusals(plan, plan.usage, ["NOTHING"], 0)


def test_usage_of_what_is_not_there_is_not_known(live: str) -> None:
    found = {u.relation[1]: u for u in usage(live, [("public", "large"), ("gone", "gone"), ("x", 'quo"te')])}
    assert (found["large"].size, found["large"].rows) == (736 * 1024, 20000)
    assert found["gone"] == Usage(("gone", "gone"))
    assert found['quo"te'] == Usage(("x", 'quo"te'))
    assert usage(live, []) == ()


def test_usage_waits_for_no_lock_and_needs_no_rights(live: str) -> None:
    role = "sd_" + token_hex(4)
    execute(live, f"create role {role}")
    try:
        with psycopg.connect(live) as connection:
            connection.execute("lock table large in access exclusive mode")
            (found,) = usage(f"{live}-c%20role%3D{role}", [("public", "large")])
    finally:
        execute(live, f"drop role {role}")
    assert (found.size, found.rows) == (89 * 8192, 20000)


def test_usage_counts_writes_once_the_statistics_say_since_when(live: str) -> None:
    execute(live, "select pg_stat_reset()")
    with psycopg.connect(live, autocommit=True) as connection:
        connection.execute("update large set v = v")
        connection.execute("select pg_stat_force_next_flush()")
    (found,) = usage(live, [("public", "large")])
    assert found.writes is not None
    assert found.writes > 0


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 bytes"),
        (1023, "1023 bytes"),
        (1536, "1.5 kB"),
        (100 * 2**20, "100 MB"),
        (2**30 - 1, "1 GB"),
        (12 * 2**30, "12 GB"),
    ],
)
def test_sizes_read_well(size: int, text: str) -> None:
    assert measure(size) == text


def test_a_table_reads_well() -> None:
    assert named(("public", "t"), by_relation([Usage(("public", "t"), 1, 8192, 0.4)])) == "t (8 kB, 1 row)"
    assert named(("App", "t"), by_relation([Usage(("App", "t"), 3_140_000, 12 * 2**30, 1500.0)])) == (
        '"App".t (12 GB, 3.1 M rows, 1.5 k writes/s)'
    )
    assert named(("public", "t"), by_relation([Usage(("public", "t"))])) == "t"
