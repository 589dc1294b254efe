"""A server that wants a password: what a wrong one ends with, and that neither it nor a right one is ever shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from support.passwords import PASSWORD, password_server, with_password

from schemadiff._apply._session import session
from schemadiff.cli._targets import Named
from schemadiff.scratch import scratch_server
from schemadiff.sources import Reader, source

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
    "diagram": ["diagram"],
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


SSL = "paperclip-of-a-key"
WAYS = (
    "url",
    "query",
    "keywords",
    "PGPASSWORD",
    "PGPASSFILE",
    "PGSERVICEFILE",
    "DATABASE_URL",
    "configuration",
)


def given(way: str, guarded: str, secrets: Path, patch: pytest.MonkeyPatch) -> list[str]:
    """The words that name the database, and what else of the environment does, for one way of giving a password."""
    host, url = guarded.split()[0].removeprefix("host="), with_password(guarded, PASSWORD)
    bare = f"postgresql://postgres@/postgres?host={quote(host, safe='')}"
    secrets.mkdir()
    (secrets / "pass").write_text(f"*:*:*:*:{PASSWORD.replace(':', chr(92) + ':')}\n")
    (secrets / "pass").chmod(0o600)
    (secrets / "services").write_text(
        f"[guarded]\nhost={host}\nuser=postgres\ndbname=postgres\npassword={PASSWORD}\n"
    )
    environment = {
        "PGPASSWORD": {"PGPASSWORD": PASSWORD},
        "PGPASSFILE": {"PGPASSFILE": str(secrets / "pass")},
        "PGSERVICEFILE": {"PGSERVICEFILE": str(secrets / "services"), "PGSERVICE": "guarded"},
        "DATABASE_URL": {"DATABASE_URL": f"{url}&sslpassword={SSL}"},
        "configuration": {"MAIN_URL": url},
    }
    for name, said in environment.get(way, {}).items():
        patch.setenv(name, said)
    words = {
        "url": [f"{url}&sslpassword={SSL}"],
        "query": [f"{bare}&password={quote(PASSWORD, safe='')}&sslpassword={SSL}"],
        "keywords": [f"host={host} user=postgres dbname=postgres password='{PASSWORD}' sslpassword={SSL}"],
        "PGPASSWORD": [bare],
        "PGPASSFILE": [bare],
        "configuration": ["--target", "main"],
    }
    return words.get(way, [])


@pytest.mark.parametrize("way", WAYS)
def test_no_way_of_giving_it_leaves_a_trace(
    guarded: str, call: Call, folder: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = folder.parent / f"secrets-{way}"
    named = given(way, guarded, secrets, monkeypatch)
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    (folder / "broken.sql").write_text("create table course (id integer); select horse;")
    fails = (["plan", "--to", "broken.sql"], ["apply", "--yes", "--scratch", "nowhere"], ["revert", "--yes"])
    works = (["plan", "--out", "plans"], ["check", "--format", "json"], ["apply", "--yes"], ["history"])
    undone = ["revert", "--yes", "--allow", "DELETES_DATA"]
    said = [call(*command, *named, "--debug") for command in fails]
    assert [s.code for s in said] == [1, 1, 3], said
    said[0] = replace(said[0], err=said[0].err.replace("horse", ""))
    done = [call(*command, *named, "--debug") for command in (*works, undone)]
    assert [s.code for s in done] == [0, 2, 0, 0, 0], done
    written = [path.read_bytes().decode(errors="replace") for path in folder.rglob("*") if path.is_file()]
    assert len(written) >= 5
    written = [text.replace("select horse", "") for text in written]
    history = value(
        with_password(guarded, PASSWORD), "select string_agg(h::text, '') from schemadiff.history h"
    )
    assert not shown("".join([*(s.out + s.err for s in (*said, *done)), *written, str(history)]))


def test_no_value_shows_it_in_a_traceback(guarded: str) -> None:
    url = with_password(guarded, PASSWORD)
    with session(url) as at, scratch_server(url) as server:
        values = (at, server, source(url), Reader(url), Named("main", url))
        assert not shown(" ".join(map(repr, values)))


def test_the_right_password_is_written_nowhere(guarded: str, call: Call, folder: Path) -> None:
    url = with_password(guarded, PASSWORD)
    said = [
        call("plan", url, "--out", "plans"),
        call("plan", url, "--format", "json"),
        call("plan", url, "--format", "markdown"),
        call("apply", url, "--yes"),
        call("check", url),
        call("check", url, "--format", "json"),
        call(
            "check",
            url,
            "--report",
            "html=out/html",
            "--report",
            "sarif=out/sarif",
            "--report",
            "junit=out/junit",
        ),
        call("history", url, "--format", "json"),
        call("dump", url),
        call("diagram", url, "--format", "html"),
        call("diagram", url, "--compare", "empty", "--format", "mermaid"),
        call("doctor", url),
        call("revert", url, "--yes", "--allow", "DELETES_DATA"),
    ]
    assert [s.code for s in said] == [0] * len(said), said
    written = [path.read_text() for path in folder.rglob("*") if path.is_file()]
    assert len(written) == 8
    history = value(url, "select string_agg(h::text, '') from schemadiff.history h")
    assert not shown("".join([*(s.out + s.err for s in said), *written, str(history)]))
