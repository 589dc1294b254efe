"""Running the app: errors become one clean message and an exit code.

0 in sync or done   2 differs   3 refused   4 two looks disagree   1 error   64 wrong usage
"""

from __future__ import annotations

import os
import re
import sys
import traceback
from collections.abc import Sequence

import typer

from ..errors import SchemadiffError
from ._app import COMMANDS, app, called
from ._output import say

USAGE, INTERRUPTED = 64, 130
STOPPED = "interrupted; nothing was left half done, the same command can be run again"
# Typer brings its own copy of click or uses an installed one, by version: its base is found, not named.
CLICK_ERROR: type[Exception] = typer.BadParameter.__mro__[2]


def run(arguments: Sequence[str]) -> int:
    """Runs one command and returns its exit code. ``--debug`` may stand anywhere."""
    debug = "--debug" in arguments
    command = called(arguments)
    try:
        run_app = app([command] if command else COMMANDS)
        code = run_app(
            args=[a for a in arguments if a != "--debug"], prog_name="schemadiff", standalone_mode=False
        )
        sys.stdout.flush()
        return int(code or 0) if code != INTERRUPTED else _failed(STOPPED, 1, debug)
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python must not complain at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (KeyboardInterrupt, typer.Abort):
        return _failed(STOPPED, 1, debug)
    except SchemadiffError as error:
        return _failed(str(error), error.exit_code, debug)
    except CLICK_ERROR as error:
        return _failed(f"{_usage(error)}; see 'schemadiff {command and f'{command} '}--help'", USAGE, debug)
    except Exception as error:
        return _failed(_unexpected(error), 1, debug)


def _failed(message: str, code: int, debug: bool) -> int:
    if debug:
        say(_without_passwords(traceback.format_exc()).rstrip("\n"))
    say(f"error: {_without_passwords(message)}")
    return code


def _without_passwords(text: str) -> str:
    """The last net: a mistyped URL is quoted in the message that says so."""
    text = re.sub(r"(:/{1,3}[^\s:/@]*):[^\s@]*@", r"\1@", text)
    return re.sub(r"((?:password|secret)\s*=\s*)('[^']*'|[^\s&]+)", r"\1…", text, flags=re.IGNORECASE)


def _usage(error: Exception) -> str:
    said = error.format_message() if hasattr(error, "format_message") else str(error)
    return said.removesuffix(".").replace("\n", " ").replace("Value error, ", "")


def _unexpected(error: Exception) -> str:
    first = str(error).strip() or type(error).__name__
    if type(error).__module__.startswith("psycopg"):
        return f"PostgreSQL: {first}"
    if isinstance(error, OSError):
        return first
    return f"{type(error).__name__}: {first}\nThis is a fault of schemadiff; --debug shows where."
