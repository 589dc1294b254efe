"""What a user sees: results on stdout, all else on stderr; colour and progress only on a terminal."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from ..sqltext import one_line, visible

if TYPE_CHECKING:
    from rich.console import Console

    from ..report.text import Highlight, Text

FORCED = ("FORCE_COLOR", "TTY_COMPATIBLE")
"""What has Rich take anything for a terminal."""
LOGS = ("GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION")


def console(stderr: bool = False) -> Console:
    """A console that adds nothing of its own; Rich knows terminals and ``NO_COLOR``."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, soft_wrap=True, emoji=False, markup=False)


def show(text: Text) -> None:
    """Prints a result."""
    if _may_be_terminal() and (out := console()).is_terminal:
        out.print(text)
    else:
        write(_for_log(text.plain) + "\n")


def _may_be_terminal() -> bool:
    """Whether Rich need be asked, which takes its time to load."""
    return sys.stdout.isatty() or any(os.environ.get(name) for name in FORCED)


def page(text: str) -> None:
    """Prints a result that people read and that has its own marks."""
    write(_for_log(text))


def write(text: str) -> None:
    """Prints a result that has no colours; on a terminal, with nothing in it that would steer that."""
    sys.stdout.write(visible(text) if sys.stdout.isatty() else text)


def write_file(path: Path, text: Iterable[str], *, private: bool) -> None:
    """Writes a file anew, of lines or other pieces; a private one is nobody else's to read, not even while it is written."""
    path.unlink(missing_ok=True)
    with open(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o666),
        "w",
        encoding="utf-8",
    ) as file:
        file.writelines(text)


def highlight() -> Highlight:
    """How SQL is shown: coloured where somebody sees it."""
    from ..report import text

    return text.coloured if _may_be_terminal() and console().is_terminal else text.plain


def say(message: str) -> None:
    """A word to the user that is no result."""
    print(_for_log(visible(message)), file=sys.stderr)


def _for_log(text: str) -> str:
    """A text that a CI service keeps as a log, where GitHub and Azure would obey a line that begins with ``::``,
    or ``##[…]``, ``##vso[…]`` anywhere."""
    if not any(os.environ.get(name) for name in LOGS):
        return text
    lines = (line.replace("##", "#\\x23") for line in text.split("\n"))
    return "\n".join(
        line.replace("::", "\\x3a:", 1) if line.lstrip().startswith("::") else line for line in lines
    )


@contextmanager
def working(what: str) -> Iterator[None]:
    """Shows on a terminal what takes its time; of several things at the same time, what they are part of."""
    if not sys.stderr.isatty() or threading.current_thread() is not threading.main_thread():
        yield
        return
    with console(stderr=True).status(unread(what)):
        yield


def load(*modules: str) -> None:
    """Loads what will show a result: who waits for a server has the time."""
    for name in modules:
        import_module(name)


def unread(text: str) -> Text:
    """A line for Rich, which would read a plain one for its markup."""
    from rich.text import Text

    return Text(one_line(text))


def confirmed(question: str) -> bool:
    """Asks on the terminal; anything but yes is no."""
    print(f"{one_line(question)} [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def can_ask() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()
