"""Completion by Tab: what is offered, and that bash, zsh and fish put it on their command line."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import environment

CONFIG = """
schema = "schema/schema.sql"
[targets.main]
url_env = "MAIN_URL"
[targets.test]
url_env = "TEST_URL"
[targets."$(touch harm)"]
url_env = "HARM_URL"
[targets."\\\\$(touch harm)"]
url_env = "HARM_URL"
[targets."`touch harm`"]
url_env = "HARM_URL"
[targets."'; touch harm #"]
url_env = "HARM_URL"
"""
type Offer = Callable[[str], list[str]]


@pytest.fixture
def project(folder: Path) -> Path:
    (folder / "schema").mkdir()
    (folder / "schema" / "schema.sql").write_text("create table course (id integer);")
    (folder / "snapshots").mkdir()
    (folder / "snapshots" / "18.json").write_text("{}")
    (folder / "schemadiff.toml").write_text(CONFIG)
    return folder


@pytest.fixture
def offer(project: Path) -> Offer:
    """What is offered for the last word of a line."""

    def offered(line: str) -> list[str]:
        words = line.split(" ")
        asked = {
            "_SCHEMADIFF_COMPLETE": "complete_bash",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(words) - 1),
        }
        done = subprocess.run(
            [sys.executable, "-m", "schemadiff"],
            env=environment() | asked,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stderr == ""
        return done.stdout.split()

    return offered


@pytest.mark.parametrize(
    "command", ["init", "plan", "apply", "revert", "check", "history", "purge", "doctor"]
)
def test_targets(offer: Offer, command: str) -> None:
    assert offer(f"schemadiff {command} --target ") == ["main", "test"]


def test_a_part_of_a_word(offer: Offer) -> None:
    assert offer("schemadiff check --target t") == ["test"]
    assert offer("schemadiff sn") == ["snapshot"]
    assert offer("schemadiff plan --stra") == ["--strategy"]
    assert offer("schemadiff plan --strategy s") == ["simple"]


@pytest.mark.parametrize(
    "start", ["diff", "diff empty", "dump", "lint", "lint --from", "diagram", "plan --to", "check --to"]
)
def test_sources(offer: Offer, start: str) -> None:
    here = ["schema/schema.sql", "git:HEAD:./schema/schema.sql", "snapshots/18.json", "empty"]
    assert offer(f"schemadiff {start} ") == here


def test_an_alembic_history(offer: Offer, project: Path) -> None:
    (project / "alembic.ini").touch()
    assert offer("schemadiff dump a") == ["alembic:alembic.ini"]


def test_what_is_no_source_of_the_project_is_left_to_the_shell(offer: Offer) -> None:
    """Which offers files where it gets no answer."""
    assert offer("schemadiff dump other/") == []


def test_hazards_and_reports(offer: Offer) -> None:
    assert offer("schemadiff apply --allow DELETES_DATA,RE") == ["DELETES_DATA,REWRITES_TABLE"]
    assert "sarif=" in offer("schemadiff check --report ")


def test_a_broken_configuration_offers_nothing_of_it(offer: Offer, project: Path) -> None:
    (project / "schemadiff.toml").write_text("schema = [")
    assert offer("schemadiff check --target ") == []
    assert offer("schemadiff dump ") == ["empty"]


@pytest.fixture
def path(project: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A PATH on which ``schemadiff`` completes, and else writes down how it was called."""
    found = tmp_path_factory.mktemp("bin")
    program = found / "schemadiff"
    real = f'exec "{sys.executable}" -m schemadiff "$@"'
    program.write_text(
        f'#!/bin/sh\n[ "$1" = --show-completion ] && {real}\n[ "$_SCHEMADIFF_COMPLETE" ] && {real}\necho "$@" >called.new\nmv called.new called\n'
    )
    program.chmod(0o755)
    return f"{found}:{os.environ['PATH']}"


def shell(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed here")
    return found


# A shell that is given a single command becomes that command, and is not seen as its parent.
SHOWN = "schemadiff --show-completion; true"
INTERACTIVE = {
    "bash": (["--norc", "-i"], 'source "$COMPLETION"'),
    "zsh": (["-f", "-i"], 'autoload -Uz compinit && compinit -u -D; source "$COMPLETION"'),
}


@pytest.mark.parametrize("name", INTERACTIVE)
def test_tab_in_a_terminal(
    name: str, path: str, project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    program = shell(name)
    env = environment() | {"PATH": path, "TERM": "dumb", "HOME": str(project)}
    script = tmp_path_factory.mktemp("completion") / name
    script.write_text(
        subprocess.run([program, "-c", SHOWN], env=env, capture_output=True, text=True, check=True).stdout
    )
    options, setup = INTERACTIVE[name]
    typed = f"{setup}\nschemadiff check --target ma\t && exit\n"
    said = in_terminal([program, *options], env | {"COMPLETION": str(script)}, typed, project / "called")
    assert (project / "called").exists(), said
    assert (project / "called").read_text().split() == ["check", "--target", "main"]
    assert not (project / "harm").exists()


def in_terminal(command: list[str], env: dict[str, str], typed: str, until: Path) -> str:
    """Types lines into a program on a terminal until a file is there, and returns what the terminal showed."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(command[0], command, env)
    shown, deadline = b"", time.monotonic() + 30
    for line in typed.splitlines(keepends=True):
        time.sleep(0.3)  # until there is a prompt; what is typed too early waits, with a tab in it also
        os.write(terminal, line.encode())
    while not until.exists() and time.monotonic() < deadline:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                shown += os.read(terminal, 65536)
            except OSError:
                break
    os.close(terminal)
    os.waitpid(pid, 0)
    return shown.decode(errors="replace")


def test_fish(path: str, project: Path) -> None:
    program, env = shell("fish"), environment() | {"PATH": path, "HOME": str(project)}
    ask = "schemadiff --show-completion | source; complete -C 'schemadiff check --target '"
    done = subprocess.run(
        [program, "--no-config", "-c", ask], env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["main", "test"]
    assert not (project / "harm").exists()
