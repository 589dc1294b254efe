"""The commands on a page of Markdown.

A block of ``sh``, or one without a language, is a row of commands and of what they print; of a block of ``yaml`` what
stands under ``run`` and ``script`` is; a block of ``python`` is a program where it begins with ``import schemadiff``.
Comments of HTML above a block are for whoever runs it:

    <!-- exit 2 -->             what its commands end with, each or, given several, one after the other; else 0
    <!-- before: COMMAND -->    what a reader has done meanwhile, such as to edit a file; run first, in bash
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
MADE = {"cli.md": "made from the command line: it says how commands are called, and calls none"}
"""Pages without commands, each with why."""
FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
COMMENT = re.compile(r"<!-- (exit|before:) ((?:(?!-->).)*?) -->\s*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Command:
    """``text`` as it stands there, ``code`` what it must end with; ``before`` runs first."""

    page: str
    line: int
    text: str
    code: int = 0
    before: tuple[str, ...] = ()
    python: bool = False

    @property
    def program(self) -> str:
        """What it calls; '' for a part of a script of the shell."""
        first = self.text.split(maxsplit=1)[0]
        return "" if first in ("{", "}", "if", "fi", "for", "done") else first


def pages() -> tuple[Path, ...]:
    return (ROOT / "README.md", *(p for p in sorted((ROOT / "docs").glob("*.md")) if p.name not in MADE))


def commands(page: Path) -> Iterator[Command]:
    """The commands of a page, from top to bottom."""
    text = page.read_text(encoding="utf-8")
    for found in FENCE.finditer(text):
        line = text.count("\n", 0, found.start()) + 2
        codes, before = _said(text[: found.start()])
        block = list(_block(found[2], found[3], len(found[1])))
        codes = codes * len(block) if len(codes) == 1 else codes or [0] * len(block)
        assert len(codes) == len(block), (
            f"{page.name}:{line}: {len(codes)} exit codes for {len(block)} commands"
        )
        for number, ((offset, said), code) in enumerate(zip(block, codes, strict=True)):
            yield Command(
                page.name, line + offset, said, code, before if number == 0 else (), found[2] == "python"
            )


def _said(above: str) -> tuple[list[int], tuple[str, ...]]:
    codes, before = list[int](), tuple[str, ...]()
    while found := COMMENT.search(above):
        if found[1] == "exit":
            codes = [int(code) for code in found[2].split()]
        else:
            before = (found[2], *before)
        above = above[: found.start()].rstrip()
    return codes, before


def _block(language: str, text: str, indent: int) -> Iterator[tuple[int, str]]:
    lines = [line[indent:] for line in text.splitlines()]
    match language:
        case "sh":
            yield from _lines(lines)
        case "":
            # With what they print: commands have a prompt.
            yield from ((n, said.removeprefix("$ ")) for n, said in _lines(lines) if said.startswith("$ "))
        case "yaml":
            for said in _scripts(yaml.safe_load("\n".join(lines))):
                yield from ((0, line) for _, line in _lines(said.splitlines()))
        case "python" if lines[0] == "import schemadiff":
            yield 0, "\n".join(lines)
        case _:
            return


def _lines(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Commands with their line, those on several lines put together."""
    whole, start = "", 0
    for number, line in enumerate(lines):
        whole, start = (whole + line.lstrip(), start) if whole else (line, number)
        if whole.endswith("\\"):
            whole = whole[:-1]
            continue
        if whole.strip() and not whole.lstrip().startswith("#"):
            yield start, whole
        whole = ""


def _scripts(found: Any, key: str = "") -> Iterator[str]:
    """The scripts in the configuration of a CI service."""
    if isinstance(found, dict):
        for name, value in found.items():
            yield from _scripts(value, name)
    elif isinstance(found, list):
        for value in found:
            yield from _scripts(value, key)
    elif key in ("run", "script", "before_script") and isinstance(found, str):
        yield found
