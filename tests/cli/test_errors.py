"""Bad input: each with its exit code, and a message that says what, where and what to do."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .conftest import Call, Shop, environment


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["plan"], 64, "no database: give its URL"),
        (["plan", "postgresql://localhost:1/x"], 1, "schema/schema.sql"),
        (["plan", "--to", "none.sql", "postgresql:///x"], 1, "none.sql"),
        (
            ["check", "--to", "empty", "postgresql://u:geheim@localhost:1/x"],
            1,
            "postgresql://u@localhost:1/x",
        ),
        (["plan", "--target", "main"], 64, "target main: not in the configuration"),
        (["plan", "gibberish", "--to", "empty"], 64, "gibberish: no source"),
        (["plan", "--name", "a/b", "postgresql:///x"], 64, "--name"),
        (["diff", "empty"], 64, "Missing argument"),
        (["diff", "none.sql", "empty"], 1, "none.sql"),
        (["dump", "git:HEAD"], 64, "git:REV:PATH"),
        (["nonsense"], 64, "nonsense"),
        (["plan", "--nonsense"], 64, "see 'schemadiff plan --help'"),
        (["plan", "--format", "xml"], 64, "markdown"),
        (["scratch", "install", "x"], 64, "major"),
        (["apply", "--yes", "a", "--plan", "p", "--to", "x"], 64, "--plan and --to"),
    ],
)
def test_bad_calls(call: Call, arguments: list[str], code: int, said: str) -> None:
    found = call(*arguments)
    assert (found.code, found.out) == (code, "")
    assert said in found.err
    assert "Traceback" not in found.err
    assert "geheim" not in found.err


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:geheim@localhost:1/x",
        "postgresql://u:geheim@localhost:port/x",
        "postgresql://u:ge%zzheim@localhost/x",
        "postgres:/u:geheim@localhost/x",
        "mysql://u:geheim@localhost/x",
        "postgresql://localhost:1/x?password=geheim",
        "host=localhost port=1 password=geheim",
        "host=localhost prt=1 password='geheim'",
    ],
)
@pytest.mark.parametrize(
    "command", [["plan", "--to", "empty"], ["dump"], ["apply", "--yes", "--to", "empty", "--debug"]]
)
def test_a_password_is_never_printed(call: Call, url: str, command: list[str]) -> None:
    found = call(*command, url)
    assert found.code in (1, 64)
    assert "heim" not in found.out + found.err


def test_a_syntax_error_names_file_line_and_reason(shop: Shop, call: Call) -> None:
    shop.schema(
        "create table course (id integer);\n\ncreate table video (\n    id integer,,\n    x text\n);\n"
    )
    found = call("plan", "--target", "main")
    assert found.code == 1
    assert 'schema.sql:4: syntax error at or near ","' in found.err


@pytest.mark.parametrize("text", ["", "-- nothing yet\n"])
@pytest.mark.parametrize("command", [["plan"], ["apply", "--yes", "--allow", "DELETES_DATA"], ["check"]])
def test_an_empty_schema_drops_nothing(shop: Shop, call: Call, text: str, command: list[str]) -> None:
    shop.schema(text)
    found = call(*command, "--target", "main")
    assert found.code == 64
    assert "schema.sql: no statement in it" in found.err


def test_empty_is_dropped_when_said(shop: Shop, call: Call) -> None:
    assert "drop table public.course" in call("plan", "--target", "main", "--to", "empty").out


def test_a_missing_database(shop: Shop, call: Call) -> None:
    found = call("plan", shop.main.replace("/sd_", "/nowhere_"))
    assert found.code == 1
    assert "nowhere_" in found.err
    assert "does not exist" in found.err


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("colour = 1", "unknown key 'colour'"),
        ("schema = 1", "schema must be a string"),
        ("allow = [1]", "allow must be a list of strings"),
        ("[targets.main]\nuri = 'x'", "targets.main: unknown key 'uri'"),
        ("[targets.main]", "targets.main: needs either url"),
        ("[targets.main]\nurl_env = 'NOT_SET'", "NOT_SET is not set"),
        ("targets = 1", "targets must be a table"),
        ("schema = ", "Invalid value"),
    ],
)
def test_bad_configuration(folder: Path, call: Call, config: str, said: str) -> None:
    (folder / "schemadiff.toml").write_text(config)
    found = call("plan", "--target", "main")
    assert found.code == 64
    assert "schemadiff.toml" in found.err or "target main" in found.err
    assert said in found.err


def test_debug_shows_the_traceback(call: Call) -> None:
    assert "Traceback" in call("plan", "--debug").err
    assert "Traceback" in call("--debug", "plan").err


def test_a_fault_of_ours_is_one_message(shop: Shop, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("schemadiff._pair.settle", broken)
    found = call("plan", "--target", "main")
    assert (found.code, found.out) == (1, "")
    assert "RuntimeError: broken" in found.err
    assert "--debug" in found.err


def test_interrupted(shop: Shop, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("schemadiff._pair.settle", interrupted)
    found = call("plan", "--target", "main")
    assert found.code == 1
    assert found.err.startswith("error: interrupted; ")


def test_a_reader_that_has_seen_enough_is_no_fault() -> None:
    command = [sys.executable, "-m", "schemadiff", "--help"]
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        command, stdout=writer, stderr=subprocess.PIPE, text=True, env=environment(), check=False
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, "")


def test_help_loads_little() -> None:
    code = (
        "import sys; from schemadiff.cli import run; code = run(['--help']); "
        "little = ('psycopg', 'sqlalchemy', 'rich', 'migra', 'importlib.metadata', 'tomllib'); "
        "print(code, [m for m in little if m in sys.modules])"
    )
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment(), check=True
    )
    assert done.stdout.splitlines()[-1] == "0 []"
    assert time.monotonic() - began < 10
    for command in (
        "init",
        "plan",
        "apply",
        "revert",
        "history",
        "check",
        "diff",
        "dump",
        "snapshot",
        "doctor",
        "demo",
        "diagram",
        "explain",
        "lint",
        "purge",
        "queries",
    ):
        assert f"\n  {command} " in done.stdout


def test_version(call: Call) -> None:
    found = call("--version")
    assert found.code == 0
    assert found.out.startswith("schemadiff ")
