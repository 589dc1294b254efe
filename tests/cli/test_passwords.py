"""A server that wants a password: what a wrong one ends with, and that neither it nor a right one is ever shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.passwords import PASSWORD, password_server, with_password

from .conftest import Call, value

WRONG = "wrong: donkey/charger@paperclip"
PARTS = ("donkey", "charger", "paperclip", "horse", "battery", "staple")
"""A password that is shown in part, or quoted for a URL, is shown."""
COMMANDS = {
    "plan": ["plan"],
    "check": ["check"],
    "apply": ["apply", "--yes"],
    "revert": ["revert", "--yes"],
    "history": ["history"],
    "doctor": ["doctor"],
}


@pytest.fixture(scope="module")
def guarded() -> Iterator[str]:
    with password_server() as server:
        yield server


@pytest.fixture(autouse=True)
def schema(folder: Path) -> None:
    (folder / "schema.sql").write_text("create table course (id integer primary key);\n")
    (folder / "schemadiff.toml").write_text(
        'schema = "schema.sql"\n[targets.main]\nurl_env = "MAIN_URL"\n', encoding="utf-8"
    )


def shown(text: str) -> list[str]:
    return [part for part in PARTS if part in text]


@pytest.mark.parametrize("debug", [[], ["--debug"]], ids=["plain", "debug"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_wrong_password(guarded: str, call: Call, command: str, debug: list[str]) -> None:
    found = call(*COMMANDS[command], with_password(guarded, WRONG), *debug)
    assert found.code == 1
    reason = 'password authentication failed for user "postgres"'
    assert reason in found.out + found.err
    assert "postgresql://postgres@/postgres" in found.out + found.err
    assert not shown(found.out + found.err)


@pytest.mark.parametrize("given", ["target", "DATABASE_URL", "PGPASSWORD"])
def test_a_wrong_password_from_elsewhere(
    guarded: str, call: Call, given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAIN_URL", with_password(guarded, WRONG))
    if given == "DATABASE_URL":
        monkeypatch.setenv("DATABASE_URL", with_password(guarded, WRONG))
    if given == "PGPASSWORD":
        monkeypatch.setenv("PGHOST", guarded.split()[0].removeprefix("host="))
        monkeypatch.setenv("PGUSER", "postgres")
        monkeypatch.setenv("PGPASSWORD", WRONG)
    found = call("plan", *(["--target", "main"] if given == "target" else []))
    assert (found.code, found.out) == (1, "")
    assert "password authentication failed" in found.err
    assert not shown(found.err)


def test_no_password_at_all(guarded: str, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSFILE", "/nonexistent")
    found = call("plan", guarded)
    assert (found.code, found.out) == (1, "")
    assert "no password supplied" in found.err


def test_the_right_password_is_written_nowhere(guarded: str, call: Call, folder: Path) -> None:
    url = with_password(guarded, PASSWORD)
    said = [
        call("plan", url, "--out", "plans"),
        call("plan", url, "--format", "json"),
        call("plan", url, "--format", "markdown"),
        call("apply", url, "--yes"),
        call("check", url),
        call("check", url, "--format", "json"),
        call("history", url, "--format", "json"),
        call("dump", url),
        call("doctor", url),
        call("revert", url, "--yes", "--allow", "DELETES_DATA"),
    ]
    assert [s.code for s in said] == [0] * len(said), said
    written = [path.read_text() for path in folder.rglob("*") if path.is_file()]
    assert len(written) == 5
    history = value(url, "select string_agg(h::text, '') from schemadiff.history h")
    assert not shown("".join([*(s.out + s.err for s in said), *written, str(history)]))
