"""What a user sees: results on stdout, all else on stderr; colour and progress only on a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from ..report.text import Highlight, Text


def console(stderr: bool = False) -> Console:
    """A console that adds nothing of its own; Rich knows terminals and ``NO_COLOR``."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, soft_wrap=True, emoji=False, markup=False)


def show(text: Text) -> None:
    """Prints a result."""
    out = console()
    if out.is_terminal:
        out.print(text)
    else:
        write(text.plain + "\n")


def write(text: str) -> None:
    """Prints a result that has no colours."""
    sys.stdout.write(text)


def write_file(path: Path, text: str, *, private: bool) -> None:
    """Writes a file anew; a private one is nobody else's to read, not even while it is written."""
    path.unlink(missing_ok=True)
    with open(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o666),
        "w",
        encoding="utf-8",
    ) as file:
        file.write(text)


def highlight() -> Highlight:
    """How SQL is shown: coloured where somebody sees it."""
    from ..report import text

    return text.coloured if console().is_terminal else text.plain


def say(message: str) -> None:
    """A word to the user that is no result."""
    print(message, file=sys.stderr)


@contextmanager
def working(what: str) -> Iterator[None]:
    """Shows on a terminal what takes its time."""
    if not sys.stderr.isatty():
        yield
        return
    with console(stderr=True).status(what):
        yield


def confirmed(question: str) -> bool:
    """Asks on the terminal; anything but yes is no."""
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def can_ask() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()
