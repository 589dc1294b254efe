"""The layout of Flyway: a versioned file for each transaction, the undo of it, and a configuration beside a file that
runs in none, or that has something in it which Flyway would replace.

https://documentation.red-gate.com/fd/script-configuration-277578847.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from ..._plan import Plan
from ...script.lexer import tokens
from ._written import Group, Side, There, Written, as_one_string, block, in_transaction, parts

PLACEHOLDER = "${"
CONF = ".conf"


def files(plan: Plan, name: str, there: There, now: datetime) -> tuple[Written, ...]:
    """The files of a plan."""
    made: list[Written] = []
    for part in parts(plan, name, _taken(there), now):
        for letter, side in (("V", part.up), ("U", part.down)):
            made += _file(f"{letter}{part.version}__{part.called}.sql", side)
    return tuple(made)


def _taken(there: Iterable[str]) -> Iterator[str]:
    """The versions that are there; of one with dots what stands before the first."""
    for name in there:
        version, mark, _ = name[1:].partition("__")
        if name[:1] in ("V", "U", "B") and mark:
            yield version.replace("_", ".").partition(".")[0]


def _file(name: str, side: Side) -> Iterator[Written]:
    text = block(side.lines(_whole))
    yield Written(name, text, side.private)
    settings = [] if in_transaction(side.group) else ["executeInTransaction=false"]
    settings += ["placeholderReplacement=false"] if PLACEHOLDER in text else []
    if settings:
        yield Written(name + CONF, block(settings))


def _whole(sql: str, group: Group) -> str:
    """A statement with others in it, as the body of a function may have, in a form that nobody takes apart."""
    apart = any(token.kind == "end" for token in tokens(sql))
    return as_one_string(sql) if apart and in_transaction(group) else sql
