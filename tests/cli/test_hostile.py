"""Names of files and objects that want to steer a terminal, a log or a script."""

from __future__ import annotations

import io

import pytest
from support.programs import Programs

from schemadiff.cli import _output, _progress
from schemadiff.scratch import ScratchServer

from .conftest import Call, Shop, exists

FILE = "x\n\\! touch ran\r\\q\n\x1b[2J.sql"
TABLE = 'create table "\n::set-output name=a::b\n##vso[task.complete]\x1b[31m" (a int)'
UNWANTED = ("\x1b", "\r", "\x9b")


def steers(text: str) -> list[str]:
    return [mark for mark in UNWANTED if mark in text]


def test_the_name_of_a_file(shop: Shop, call: Call, server: ScratchServer) -> None:
    (shop.folder / FILE).write_text("create table made (a int);")
    said = call("plan", shop.main, "--to", FILE, "--out", "plans")
    assert said.code == 0, said.err
    assert not steers(said.out + said.err)
    script = (shop.folder / "plans" / "migration.forward.sql").read_text(encoding="utf-8")
    Programs.of(server).psql(shop.main, script)
    assert exists(shop.main, "made")
    assert not (shop.folder / "ran").exists()
    for command in (["check"], ["plan", "--format", "markdown"], ["plan", "--format", "sql"]):
        found = call(*command, shop.main, "--to", FILE)
        assert found.code in (0, 2)
        assert not steers(found.out + found.err)
    dumped = call("dump", FILE)
    assert dumped.out.split("\n")[1].startswith("-- Names are qualified")


def test_a_file_that_is_missing(call: Call) -> None:
    found = call("plan", "postgresql:///nowhere", "--to", FILE, "--debug")
    assert found.code == 1
    assert not steers(found.err)


@pytest.mark.parametrize("service", ["GITHUB_ACTIONS", "TF_BUILD"])
def test_a_log_that_obeys(shop: Shop, call: Call, monkeypatch: pytest.MonkeyPatch, service: str) -> None:
    monkeypatch.setenv(service, "true")
    shop.schema(TABLE)
    for command in (
        ["plan"],
        ["plan", "--format", "markdown"],
        ["check"],
        ["apply", "--yes", "--allow", "DELETES_DATA"],
    ):
        found = call(*command, shop.main)
        assert found.code in (0, 2), found.err
        assert not steers(found.out + found.err)
        lines = (found.out + found.err).splitlines()
        assert not [line for line in lines if line.lstrip().startswith("::") or "##vso[" in line]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_what_is_under_way_is_no_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rich would fail at a tag that closes nothing."""
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    with _output.working("reading [/] [red]\x1b[2J"):
        pass
    with _progress.stepping("[/]") as progress:
        assert progress is not None
    assert "\x1b[2J" not in screen.getvalue()


def test_a_script_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr("sys.stdout", screen)
    _output.write("select '\x1b[2J\u202e';\n")
    assert screen.getvalue() == "select '\\x1b[2J\\u202e';\n"
