"""The commands on a page of Markdown.

A block of ``sh`` is a row of commands. In one without a language stands what they print, too, and commands are what
begins with a prompt, or with a command of this project. Of a block of ``yaml`` it is what stands under ``run`` and
``script``. A block of ``python`` is a program where it begins with ``import schemadiff``. Comments of HTML above a block are for whoever runs it:

    <!-- exit 2 -->             what its commands end with, each or, given several, one after the other; else 0
    <!-- before: COMMAND -->    what a reader has done meanwhile, such as to edit a file; run first, in bash
    <!-- file: PATH -->         the block, of any language, is what this file holds from then on
    <!-- append: PATH -->       the block is written at its end
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
COMMENT = re.compile(r"<!-- (exit|before:|file:|append:) ((?:(?!-->).)*?) -->\s*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Command:
    """``text`` as it stands there, ``code`` what it must end with; ``before`` runs first. Of language ``python`` it is a
    program, and with a ``mode`` it is written to the file ``to``."""

    page: str
    line: int
    text: str
    code: int = 0
    before: tuple[str, ...] = ()
    language: str = "sh"
    to: str = ""
    mode: str = ""

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
        said = _said(text[: found.start()])
        before = said["before:"]
        for key, mode in (("file:", "w"), ("append:", "a")):
            for path in said[key]:
                yield Command(page.name, line, found[3], 0, before, found[2], path, mode)
        if said["file:"] or said["append:"]:
            continue
        block = list(_block(found[2], found[3], len(found[1])))
        codes = [int(code) for codes in said["exit"] for code in codes.split()] or [0]
        codes = codes * len(block) if len(codes) == 1 else codes
        assert len(codes) == len(block), (
            f"{page.name}:{line}: exit codes for other than {len(block)} commands"
        )
        language = "python" if found[2] == "python" else "sh"
        for (offset, command), code in zip(block, codes, strict=True):
            yield Command(page.name, line + offset, command, code, before, language)
            before = ()


def _said(above: str) -> dict[str, tuple[str, ...]]:
    """What the comments right above a block say, by what each is about."""
    said: dict[str, tuple[str, ...]] = dict.fromkeys(("exit", "before:", "file:", "append:"), ())
    while found := COMMENT.search(above):
        said[found[1]] = (found[2], *said[found[1]])
        above = above[: found.start()].rstrip()
    return said


def _block(language: str, text: str, indent: int) -> Iterator[tuple[int, str]]:
    lines = [line[indent:] for line in text.splitlines()]
    match language:
        case "sh":
            yield from _lines(lines)
        case "":
            # With what they print.
            typed = (
                (n, said) for n, said in _lines(lines) if said.startswith(("$ ", "schemadiff ", "make "))
            )
            yield from ((n, said.removeprefix("$ ")) for n, said in typed)
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
