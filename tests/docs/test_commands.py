"""Every command on every page runs, in the order of the page, and ends as the page says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from .conftest import Project
from .pages import Command, commands, pages

RUN = frozenset({"schemadiff", "git", "psql", "cp", "mv", "mkdir", "rm", "cat", "grep", ""})
ELSEWHERE = {
    "make": "sets up .venv, and runs these tests among others",
    "pip": "installs packages from a registry",
    "docker": "needs Docker",
    "gh": "needs GitHub",
    "schemadiff --install-completion": "writes to the files that a shell starts with; tests/cli presses Tab",
}
"""Programs and commands that are not run here, each with why."""


def elsewhere(command: Command) -> set[str]:
    """The key of ``ELSEWHERE`` that a command falls under, if any."""
    if command.mode or command.language != "sh":
        return set()
    return {key for key in ELSEWHERE if command.text == key or command.text.startswith(f"{key} ")}


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_commands(page: Path, project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = []
    for command in commands(page):
        if elsewhere(command):
            continue
        for first in command.before:
            code, said = project.shell(first)
            assert code == 0, f"{first}\n{said}"
        code, said = project.run(command, capsys)
        if code != command.code:
            wrong.append(
                f"{command.page}:{command.line}: {command.text}\nends with {code}, not {command.code}\n{said[-2000:]}"
            )
    assert not wrong, "\n\n".join(wrong)


def every() -> list[Command]:
    """What a reader types, on all pages."""
    found = (command for page in pages() for command in commands(page))
    return [command for command in found if command.language == "sh" and not command.mode]


def test_every_program_is_run_or_has_its_reason() -> None:
    assert {c.program for c in every() if not elsewhere(c)} - RUN == set()


def test_every_reason_is_needed() -> None:
    assert ELSEWHERE.keys() - {key for c in every() for key in elsewhere(c)} == set()


def test_there_are_commands() -> None:
    """The pages are read: nearly every command of the program is on one."""
    called = {c.text.split()[1] for c in every() if c.program == "schemadiff"}
    assert {
        "init",
        "plan",
        "apply",
        "revert",
        "check",
        "lint",
        "diagram",
        "queries",
        "purge",
        "snapshot",
    } <= called


def test_git_is_here() -> None:
    assert shutil.which("git")
