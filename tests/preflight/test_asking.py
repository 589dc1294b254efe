"""How rows are asked: when, for how long, with which rights, what is told of their values, and what a run makes of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from secrets import token_hex
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

import schemadiff
from schemadiff import Plan, _preflight
from schemadiff._apply import Event, StepEnded, apply_plan, history, rehearse_plan
from schemadiff._apply._history import kept
from schemadiff._drift import Drift
from schemadiff._findings import FAILS, UNKNOWN, Asking, Finding
from schemadiff._preflight import preflight
from schemadiff.cli import run
from schemadiff.cli._targets import LIBPQ
from schemadiff.errors import ApplyError, PreflightFailed
from schemadiff.kinds import Question
from schemadiff.report import markdown, text
from schemadiff.report._report import of_plan

OLD = "create table t (id int, email text); insert into t values (1, 'a@b');"
NEW = "create table t (id int unique, email text not null);"
SECRET = "zebra-in-pyjamas"


@pytest.fixture
def url(database: str) -> str:
    execute(database, OLD)
    return database


@pytest.fixture
def wanted(tmp_path: Path) -> str:
    path = tmp_path / "schema.sql"
    path.write_text(NEW)
    return str(path)


def execute(url: str, sql: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(sql.encode())
        return cursor.fetchall() if cursor.description else []


def planned(url: str, wanted: str, strategy: str = "online", asking: Asking | None = None) -> Plan:
    return schemadiff.plan(url, wanted, prove=False, strategy=strategy, asking=asking or Asking())


def findings(plan: Plan) -> tuple[Finding, ...]:
    assert plan.preflight is not None
    return plan.preflight.findings


# When


def test_only_a_database_is_asked(url: str, wanted: str, tmp_path: Path) -> None:
    old = tmp_path / "old.sql"
    old.write_text(OLD.partition(";")[0] + ";")
    assert schemadiff.plan(str(old), wanted, prove=False).preflight is None
    found = planned(url, wanted).preflight
    assert found is not None
    assert found.asked == 2
    assert planned(url, wanted, asking=Asking(timeout=0)).preflight is None


def test_what_the_plan_makes_is_not_asked(database: str, wanted: str) -> None:
    found = planned(database, wanted)
    assert [q for s in found.forward.steps for q in s.asks] == []
    assert found.preflight is not None
    assert found.preflight.asked == 0


def test_a_check_by_what_the_plan_changes_is_not_asked(database: str, tmp_path: Path) -> None:
    """The function that is there is another one than the check will call."""
    function = "create function f(int) returns bool language sql immutable return $1 {} 0;"
    execute(database, function.format(">") + "create table t (a int); insert into t values (-1);")
    path = tmp_path / "schema.sql"
    path.write_text(function.format("<") + "create table t (a int, check (f(a)));")
    found = planned(database, str(path))
    assert findings(found) == ()
    apply_plan(found, database)


def test_the_question_stands_with_the_step_that_looks(url: str, wanted: str) -> None:
    steps = {s.sql: len(s.asks) for s in planned(url, wanted).forward.steps}
    assert sum(steps.values()) == 2
    (index,) = (sql for sql in steps if "concurrently" in sql)
    assert steps[index] == 1


def test_a_step_that_serves_several_objects_keeps_all_their_questions(database: str, tmp_path: Path) -> None:
    execute(database, "create table t (a int, b int); insert into t values (null, null);")
    path = tmp_path / "schema.sql"
    path.write_text("create table t (a int not null, b int not null);")
    found = planned(database, str(path), "simple")
    (step,) = found.forward.steps
    assert len(step.asks) == 2
    assert [f.text for f in findings(found)] == ["1 row of t: a is NULL", "1 row of t: b is NULL"]


def test_rows_that_come_or_go_with_a_partition_are_not_guessed_at(database: str, tmp_path: Path) -> None:
    """The rows that the foreign key needs come with the partition that the plan attaches before."""
    execute(
        database,
        "create table p (id int primary key) partition by list (id); create table p1 (id int primary key);"
        "insert into p1 values (1); create table t (p int); insert into t values (1);",
    )
    path = tmp_path / "schema.sql"
    path.write_text(
        "create table p (id int primary key) partition by list (id); create table p1 partition of p for values in (1);"
        "create table t (p int references p);"
    )
    found = planned(database, str(path))
    assert findings(found) == ()
    apply_plan(found, database)


# For how long, and with which rights


def test_a_question_has_a_time_limit(database: str, tmp_path: Path) -> None:
    slow = "create function slow(int) returns bool language plpgsql as 'begin perform pg_sleep(1); return true; end';"
    execute(database, f"{slow} create table t (a int); insert into t values (1), (2), (3);")
    path = tmp_path / "schema.sql"
    path.write_text(f"{slow} create table t (a int, check (public.slow(a)));")
    (found,) = findings(planned(database, str(path), asking=Asking(timeout=0.2)))
    assert found.outcome == UNKNOWN
    assert found.text.endswith("not known within 0.2 s")
    assert apply_plan(planned(database, str(path)), database, asking=Asking(timeout=0.2)).id is not None


def test_a_table_that_is_locked_is_not_waited_for(url: str, wanted: str) -> None:
    made = planned(url, wanted)
    with psycopg.connect(url) as other:
        other.execute("lock table t in access exclusive mode")
        found = preflight(made, url, Asking())
    assert found is not None
    assert {f.text.rpartition("? ")[2] for f in found.findings} == {"not known: the table is locked"}


@pytest.fixture
def reader(url: str) -> Iterator[str]:
    """The URL as a role that may look into the schema and at no table; its name stands at the end."""
    role = f"reader_{token_hex(4)}"
    execute(url, f"create role {role}; grant usage on schema public to {role}")
    yield make_conninfo(url, options=f"-c role={role}")
    execute(url, f"drop owned by {role}; drop role {role}")


def test_who_may_not_look_is_told_so(reader: str, url: str, wanted: str) -> None:
    found = preflight(planned(url, wanted), reader, Asking())
    assert found is not None
    assert {f.outcome for f in found.findings} == {UNKNOWN}
    assert "permission denied for table t" in found.findings[0].text


def test_row_security_hides_no_row_silently(reader: str, url: str, wanted: str) -> None:
    execute(url, "insert into t values (2, null); alter table t enable row level security")
    execute(url, f"grant select on t to {reader.rpartition('role=')[2].rstrip(chr(39))}")
    found = preflight(planned(url, wanted), reader, Asking())
    assert found is not None
    assert {f.outcome for f in found.findings} == {UNKNOWN}


def test_nothing_is_written(database: str, tmp_path: Path) -> None:
    """A question that would write is refused by the server, and says so."""
    writing = "create function w(int) returns bool language plpgsql as 'begin insert into public.log values (1); return true; end';"
    execute(
        database, f"create table log (a int); {writing} create table t (a int); insert into t values (1);"
    )
    path = tmp_path / "schema.sql"
    path.write_text(f"create table log (a int); {writing} create table t (a int, check (public.w(a)));")
    (found,) = findings(planned(database, str(path)))
    assert found.outcome == UNKNOWN
    assert "read-only transaction" in found.text
    assert execute(database, "select * from log") == []


def test_a_question_is_one_statement_and_no_more(url: str, wanted: str) -> None:
    """Whoever wrote a plan file may have put anything there."""
    made = planned(url, wanted)
    (first, *rest) = made.forward.steps
    ends = (
        "select null::text as example) q) f; commit; drop table t; select 1, 1 from (select 1 from (select 1"
    )
    evil = Question(ends, "select", ("public", "t"), "nothing")
    steps = (replace(first, asks=(evil,)), *rest)
    found = preflight(replace(made, forward=replace(made.forward, steps=steps)), url, Asking())
    assert found is not None
    assert found.findings[0].outcome == UNKNOWN
    assert "cannot insert multiple commands" in found.findings[0].text
    assert execute(url, "select count(*) from t") == [(1,)]


# What is told of values


def test_values_are_cut_and_cannot_steer_a_terminal(url: str, wanted: str) -> None:
    execute(url, "alter table t alter id type text using 'x'")
    long = "\x1b[31m\n" + "y" * 300
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("delete from t")
        connection.execute("insert into t values (%s, ''), (%s, '')", (long, long))
    Path(wanted).write_text(NEW.replace("id int", "id text"))
    plan = planned(url, wanted)
    (found,) = findings(plan)
    assert len(found.examples[0]) == 61
    shown = text.plan(plan).plain
    assert "\\x1b[31m\\nyyy" in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize("examples", [True, False])
def test_values_may_be_left_out(url: str, wanted: str, examples: bool) -> None:
    execute(url, "alter table t alter id type text using 'x'")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("update t set id = %s, email = ''", (SECRET,))
    plan = planned(url, wanted, asking=Asking(examples=examples))
    assert findings(plan)[0].outcome == FAILS
    for shown in (text.plan(plan).plain, plan.to_json()):
        assert (SECRET in shown) == examples
    page = markdown.reports([of_plan(plan, Drift("", "", (), ()))])
    assert SECRET not in page
    assert "does not fit integer" in page


def test_the_history_has_no_values(url: str, wanted: str) -> None:
    execute(url, "create table gone (a text); insert into gone values ('x')")
    execute(url, "create sequence ticket; select setval('ticket', 778899)")
    made = planned(url, wanted)
    assert "778899" in made.to_json()
    apply_plan(made, url)
    (record,) = history(url)
    assert "778899" not in record.plan_json
    assert Plan.from_json(record.plan_json) == made
    assert kept(made) == record.plan_json


def test_a_plan_with_findings_survives_json(url: str, wanted: str) -> None:
    execute(url, "insert into t values (1, null)")
    made = planned(url, wanted)
    assert len(findings(made)) == 2
    assert Plan.from_json(made.to_json()).preflight == made.preflight
    body = json.loads(made.to_json())
    assert body["format"] == 5
    assert body["preflight"]["findings"][0].keys() == {"step", "outcome", "text", "look", "examples"}


# What a run makes of it


@pytest.mark.parametrize("strategy", ["online", "simple"])
def test_rows_that_came_since_the_plan_stop_an_apply_before_its_first_step(
    url: str, wanted: str, strategy: str
) -> None:
    made = planned(url, wanted, strategy)
    assert findings(made) == ()
    execute(url, "insert into t values (2, null), (3, null)")
    with pytest.raises(PreflightFailed) as raised:
        apply_plan(made, url)
    said = str(raised.value)
    assert "2 rows of t: email is NULL" in said
    assert "look: select * from public.t where email is null limit 20;" in said
    assert "nothing was run" in said
    assert history(url) == ()
    execute(url, "delete from t where email is null")
    assert apply_plan(made, url).id is not None


def test_rows_that_come_on_the_way_stop_it_before_the_transaction_that_would_fail(
    url: str, wanted: str
) -> None:
    made = planned(url, wanted)
    number = next(n for n, s in enumerate(made.forward.steps) if "concurrently" in s.sql)
    assert made.forward.steps[number - 1].apart

    def tell(event: Event) -> None:
        if isinstance(event, StepEnded) and event.number == number:  # its lock keeps nobody from writing
            execute(url, "insert into t values (1, 'twice')")

    with pytest.raises(PreflightFailed) as raised:
        apply_plan(made, url, progress=tell)
    assert "1 key of t: (id) is there more than once" in str(raised.value)
    assert f"steps 1 to {number} are committed" in str(raised.value)
    execute(url, "delete from t where email = 'twice'")
    assert apply_plan(made, url).id is not None


def test_a_dry_run_asks_too(url: str, wanted: str) -> None:
    made = planned(url, wanted, "simple")
    execute(url, "insert into t values (2, null)")
    with pytest.raises(PreflightFailed):
        rehearse_plan(made, url)


def test_a_revert_asks_the_rows_of_then(url: str, tmp_path: Path) -> None:
    path = tmp_path / "new.sql"
    execute(url, "alter table t add unique (id)")
    path.write_text("create table t (id int, email text);")
    schemadiff.apply(url, str(path), prove=False)
    execute(url, "insert into t values (1, 'again')")
    with pytest.raises(PreflightFailed, match="1 key of t"):
        schemadiff.revert(url)


def test_an_apply_that_asks_nothing_fails_by_itself(url: str, wanted: str) -> None:
    made = planned(url, wanted, "simple", Asking(timeout=0))
    execute(url, "insert into t values (2, null)")
    with pytest.raises(ApplyError):
        apply_plan(made, url, asking=Asking(timeout=0))


# The command line


@pytest.fixture
def project(url: str, wanted: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    for name in (*LIBPQ, "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    configured(url)
    return url


def configured(url: str, more: str = "") -> None:
    Path("schemadiff.toml").write_text(f'schema = "schema.sql"\n{more}\n[targets.main]\nurl = "{url}"\n')


def test_a_plan_shows_and_an_apply_refuses(project: str, capsys: pytest.CaptureFixture[str]) -> None:
    execute(project, "insert into t values (1, null)")
    assert run(["plan", "--target", "main", "--no-prove"]) == 0
    out = capsys.readouterr().out
    assert "-- preflight: fails: 1 row of t: email is NULL" in out
    assert "--   look: select * from public.t where email is null limit 20;" in out
    assert "preflight 2 questions to the rows: 2 would stop a step" in out
    assert run(["plan", "--target", "main", "--no-prove", "--exit-code", "--out", "plans"]) == 2
    capsys.readouterr()
    for arguments in (["--no-prove"], ["--plan", "plans/migration.plan.json"]):
        assert run(["apply", "--target", "main", "--yes", *arguments]) == 3
        err = capsys.readouterr().err
        assert "main: rows are in the way of the plan" in err
        assert "1 row of t: email is NULL" in err
        assert "nothing was run" in err
    execute(project, "delete from t where email is null")
    assert run(["apply", "--target", "main", "--yes", "--plan", "plans/migration.plan.json"]) == 0


@pytest.mark.parametrize("kept", [False, True])
def test_each_question_is_asked_when_shown_before_all_and_before_its_own_transaction(
    project: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kept: bool
) -> None:
    assert run(["plan", "--target", "main", "--no-prove", "--strategy", "online", "--out", "plans"]) == 0
    made = Plan.from_json(Path("plans/migration.plan.json").read_text())
    first, *others = made.forward.transactions
    later = made.forward.questions(len(first))
    assert others
    assert later
    asked: Counter[Question] = Counter()
    answer = _preflight._answer

    def counted(
        connection: psycopg.Connection[Any], q: Question, step: int, asking: Asking
    ) -> Finding | None:
        asked[q] += 1
        return answer(connection, q, step, asking)

    monkeypatch.setattr(_preflight, "_answer", counted)
    how = ["--plan", "plans/migration.plan.json"] if kept else ["--no-prove", "--strategy", "online"]
    assert run(["apply", "--target", "main", *how]) == 3  # nobody confirms
    assert asked == dict.fromkeys(made.forward.questions(), 1)
    assert "nobody is here to confirm" in capsys.readouterr().err
    asked.clear()
    assert run(["apply", "--target", "main", "--yes", *how]) == 0
    assert asked == {q: 3 if q in later else 2 for q in made.forward.questions()}


def test_the_configuration_turns_it_off_or_hides_values(
    project: str, capsys: pytest.CaptureFixture[str]
) -> None:
    execute(project, "insert into t values (1, 'x')")
    configured(project, 'preflight_timeout = "0"')
    assert run(["plan", "--target", "main", "--no-prove"]) == 0
    assert "preflight" not in capsys.readouterr().out
    configured(project, "preflight_examples = false")
    assert run(["plan", "--target", "main", "--no-prove"]) == 0
    assert "(id) is there more than once\n" in capsys.readouterr().out
    configured(project, 'preflight_timeout = "soon"')
    assert run(["plan", "--target", "main", "--no-prove"]) == 64


def test_the_schema_of_a_stranger_asks_nothing(project: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A check of the schema would run on the database, as whoever planned."""
    Path("schema.sql").write_text("create table t (id int, email text, check (pg_sleep(0) is not null));")
    assert run(["plan", project, "--no-prove", "--sandbox"]) == 0
    assert "preflight" not in capsys.readouterr().out
