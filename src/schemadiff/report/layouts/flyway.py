"""The layout of Flyway: a versioned file for each transaction, the undo of it, and a configuration beside a file that
runs in none, or that has something in it which Flyway would replace.

https://documentation.red-gate.com/fd/script-configuration-277578847.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from ..._plan import Plan, Script
from ...script.lexer import tokens
from ._written import (
    NOTHING,
    Group,
    There,
    Written,
    as_one_string,
    block,
    head,
    in_transaction,
    numbered,
    parts,
    statements,
    versions,
)

PLACEHOLDER = "${"
CONF = ".conf"


def files(plan: Plan, name: str, there: There, now: datetime) -> tuple[Written, ...]:
    """The files of a plan."""
    found = parts(plan)
    made: list[Written] = []
    for n, (version, part) in enumerate(zip(versions(_taken(there), len(found), now), found, strict=True), 1):
        base = f"{version}__{numbered(name, n, len(found))}.sql"
        made += _file(f"V{base}", part.up, plan.forward if n == 1 else None)
        made += _file(f"U{base}", part.down, plan.reverse if n == len(found) else None)
    return tuple(made)


def _taken(there: Iterable[str]) -> Iterator[str]:
    """The versions that are there; of one with dots what stands before the first."""
    for name in there:
        version, mark, _ = name[1:].partition("__")
        if name[:1] in ("V", "U", "B") and mark:
            yield version.replace("_", ".").partition(".")[0]


def _file(name: str, group: Group, script: Script | None) -> Iterator[Written]:
    said = [*(head(script) if script else ()), *(f"{_whole(sql, group)};" for sql in statements(group))]
    text = block(said if group else [*said, f"-- {NOTHING}"])
    yield Written(name, text, any(step.shown for step in group))
    settings = [] if in_transaction(group) else ["executeInTransaction=false"]
    settings += ["placeholderReplacement=false"] if PLACEHOLDER in text else []
    if settings:
        yield Written(name + CONF, block(settings))


def _whole(sql: str, group: Group) -> str:
    """A statement with others in it, as the body of a function may have, in a form that nobody takes apart."""
    apart = any(token.kind == "end" for token in tokens(sql))
    return as_one_string(sql) if apart and in_transaction(group) else sql
