"""psql's backslash commands: which there are, and how their arguments read.

The rules are those of psql's ``psqlscanslash.l`` and of its manual page. Owns names and arguments.
Does not own what a command does to the script (``psql``).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from schemadiff.script.lexer import LETTER_OR_DIGIT
from schemadiff.sqltext import literal

Lookup = Callable[[str], str | None]
Fail = Callable[[str], Exception]

# What only shows something, or changes how it is shown.
SILENT = frozenset(
    [
        "a",
        "C",
        "conninfo",
        "copyright",
        "echo",
        "encoding",
        "errverbose",
        "f",
        "H",
        "h",
        "help",
        "html",
        "l",
        "l+",
        "list",
        "list+",
        "p",
        "print",
        "pset",
        "qecho",
        "restrict",
        "sf",
        "sf+",
        "sv",
        "sv+",
        "t",
        "T",
        "timing",
        "unrestrict",
        "warn",
        "x",
        "z",
        "z+",
        "?",
    ]
)
# \d and its family: the first letters after "d"; + and S may follow.
_DESCRIBE = frozenset(
    [
        "d",
        "da",
        "dA",
        "dAc",
        "dAf",
        "dAo",
        "dAp",
        "db",
        "dc",
        "dconfig",
        "dC",
        "dd",
        "dD",
        "ddp",
        "dE",
        "des",
        "det",
        "deu",
        "dew",
        "df",
        "dfa",
        "dfn",
        "dfp",
        "dft",
        "dfw",
        "dF",
        "dFd",
        "dFp",
        "dFt",
        "dg",
        "di",
        "dl",
        "dL",
        "dm",
        "dn",
        "do",
        "dO",
        "dp",
        "dP",
        "dPi",
        "dPt",
        "dPn",
        "drds",
        "drg",
        "dRp",
        "dRs",
        "ds",
        "dt",
        "dT",
        "du",
        "dv",
        "dx",
        "dX",
        "dy",
    ]
)
# What reaches for the shell, for files, for the environment or for whoever sits at the terminal.
OUTSIDE = frozenset(
    [
        "!",
        "cd",
        "e",
        "edit",
        "ef",
        "ev",
        "getenv",
        "lo_export",
        "lo_import",
        "lo_list",
        "lo_list+",
        "lo_unlink",
        "o",
        "out",
        "password",
        "prompt",
        "s",
        "setenv",
        "w",
        "write",
    ]
)
# What runs the result of a query, or needs it.
UNSUPPORTED = frozenset(
    [
        "bind",
        "bind_named",
        "close_prepared",
        "crosstabview",
        "flush",
        "flushrequest",
        "gdesc",
        "getresults",
        "gexec",
        "gset",
        "parse",
        "sendpipeline",
        "startpipeline",
        "syncpipeline",
        "endpipeline",
        "close",
        "watch",
        ";",
    ]
)

NAME = re.compile(r"[^ \t\n\r\f\v\\]*")
VARIABLE = re.compile(rf"{LETTER_OR_DIGIT}+")
_REFERENCE = re.compile(rf""":(?:(['"])({LETTER_OR_DIGIT}+)\1|({LETTER_OR_DIGIT}+))""")
_IS_SET = re.compile(rf":\{{\?({LETTER_OR_DIGIT}+)\}}")
_QUOTED = re.compile(r"'((?:[^'\\\n]|\\.|'')*)'")
_NAME_QUOTED = re.compile(r'"[^"\n]*"')
_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|(.))|''", re.DOTALL)
_ANY_ARGUMENTS = re.compile(r"(?:'(?:[^'\\\n]|\\.|'')*'|[^\\\n])*+")
_LETTERS = {"n": "\n", "t": "\t", "b": "\b", "r": "\r", "f": "\f"}


def shows(command: str) -> bool:
    """Whether a command only shows something."""
    return command in SILENT or command.rstrip("+S") in _DESCRIBE


def reference(text: str, position: int, lookup: Lookup) -> tuple[str, int] | None:
    """The value of the ``:name``, ``:'name'``, ``:"name"`` or ``:{?name}`` here, and where it ends.

    None where there is no reference, or the variable is not set: the text stays as it is then.
    """
    if asked := _IS_SET.match(text, position):
        return ("FALSE" if lookup(asked[1]) is None else "TRUE"), asked.end()
    match = _REFERENCE.match(text, position)
    value = lookup(match[2] or match[3]) if match else None
    if match is None or value is None:
        return None
    quote = {"'": literal, '"': _quoted}.get(match[1] or "", str)
    return quote(value), match.end()


def _quoted(name: str) -> str:
    """psql quotes each name, needed or not, so that it cannot grow together with a word beside it."""
    return '"' + name.replace('"', '""') + '"'


def arguments(text: str, position: int, lookup: Lookup, fail: Fail) -> tuple[list[str], int]:
    """The arguments of a command, from behind its name to the end of its line or the next backslash."""
    found: list[str] = []
    while True:
        while position < len(text) and text[position] in " \t\r\f\v":
            position += 1
        if position >= len(text) or text[position] == "\n":
            return found, position
        if text[position] == "\\":
            return found, position + 2 if text.startswith("\\\\", position) else position
        word, position = _argument(text, position, lookup, fail)
        found.append(word)


def _argument(text: str, position: int, lookup: Lookup, fail: Fail) -> tuple[str, int]:
    parts: list[str] = []
    while position < len(text) and text[position] not in " \t\r\f\v\n\\":
        part, position = _part(text, position, lookup, fail)
        parts.append(part)
    return "".join(parts), position


def _part(text: str, position: int, lookup: Lookup, fail: Fail) -> tuple[str, int]:
    char = text[position]
    if char == "`":
        raise fail("runs a shell command in backticks; a schema source gets no shell: write the value itself")
    if char == ":" and (value := reference(text, position, lookup)):
        return value
    if char not in "'\"":
        return char, position + 1
    quoted = (_QUOTED if char == "'" else _NAME_QUOTED).match(text, position)
    if quoted is None:
        raise fail(f"a quote {char} opens in a backslash command and is not closed on its line")
    return (unescape(quoted[1]) if char == "'" else quoted[0]), quoted.end()


def unescape(text: str) -> str:
    """What stands in single quotes of an argument: ``''``, ``\\n``, ``\\101``, ``\\x41`` and the like."""

    def one(match: re.Match[str]) -> str:
        octal, hexadecimal, letter = match.groups()
        if octal or hexadecimal:
            return chr(int(octal, 8) if octal else int(hexadecimal, 16))
        return _LETTERS.get(letter, letter) if letter else "'"

    return _ESCAPE.sub(one, text)


def skip(text: str, position: int) -> int:
    """Where the arguments of a command end that is not obeyed."""
    match = _ANY_ARGUMENTS.match(text, position)
    return match.end() if match else position


def boolean(text: str) -> bool | None:
    """A Boolean as psql reads it in ``\\if``: unique beginnings of true, false, yes, no, on, off; 1, 0."""
    low = text.lower()
    if not low:
        return None
    if low == "1" or "true".startswith(low) or "yes".startswith(low) or low == "on":
        return True
    if low == "0" or "false".startswith(low) or "no".startswith(low) or low in ("of", "off"):
        return False
    return None
