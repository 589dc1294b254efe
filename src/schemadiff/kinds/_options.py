"""Options of foreign objects, ``OPTIONS (name 'value', …)``: how a statement gives and changes them.

Names are compared as they are, values are texts; the order of options means nothing. A wrapper says nowhere
which of its options are secrets, so that is told by their names.
https://www.postgresql.org/docs/current/sql-alterforeigntable.html
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from ..sqltext import MASK, comma, ident, literal
from ._kind import ANOTHER, Secrets, Statement

type Options = tuple[tuple[str, str], ...]
"""Pairs of name and value, sorted by name."""


type Say = Callable[[str, str], str]
"""The value of an option of a name as a statement gives it."""

TELLING = ("pass", "pwd", "secret", "token", "credential", "key", "auth", "signature")
"""Parts of the names of options that hold secrets."""
HARMLESS = frozenset(
    {
        "password_required", "passfile", "use_scram_passthrough", "sslkey", "require_auth", "keepalives",
        "keepalives_idle", "keepalives_interval", "keepalives_count", "key_column", "key_columns", "primary_key",
    }
)  # fmt: skip
"""Options that are called so and hold none; postgres_fdw's and what wrappers call keys of tables."""


def is_secret(name: str) -> bool:
    """Whether an option of this name holds a secret."""
    found = name.lower()
    return found not in HARMLESS and any(part in found for part in TELLING)


def plainly(name: str, value: str) -> str:
    return literal(value).strip()


def _hidden(name: str, value: str) -> str:
    return plainly(name, MASK if is_secret(name) else value)


def given(options: Options, say: Say = plainly) -> str | None:
    """The clause for a creation; None without options."""
    return _clause([_option(*o, say) for o in options])


def changed(before: Options, after: Options, say: Say = plainly) -> str | None:
    """The clause that leads from one list to another; None where there is nothing to do."""
    old, new = dict(before), dict(after)
    gone = [f"drop {ident(name)}" for name in old if name not in new]
    differ = [f"set {_option(n, v, say)}" for n, v in after if n in old and old[n] != v]
    return _clause([*gone, *differ, *(f"add {_option(n, v, say)}" for n, v in after if n not in old)])


def statement(write: Callable[[Say], str], options: Options, hazards: tuple[str, ...] = ()) -> Statement:
    """A statement that gives some of the options, with how it is shown where one is a secret."""
    sql, shown = write(plainly), write(_hidden)
    hidden = tuple(value for name, value in options if is_secret(name)) if shown != sql else ()
    return Statement(sql, hazards=hazards, shown=shown if hidden else "", secrets=hidden)


def _masked(fact: Any, other: Any) -> Any:
    theirs = dict(other.options) if other is not None else {}

    def masked(name: str, value: str) -> str:
        if not is_secret(name):
            return value
        return MASK if theirs.get(name, value) == value else ANOTHER

    return replace(fact, options=tuple((name, masked(name, value)) for name, value in fact.options))


def _filled(fact: Any, other: Any) -> Any:
    theirs = dict(other.options)
    found = ((n, theirs.get(n, v) if v == MASK and is_secret(n) else v) for n, v in fact.options)
    return replace(fact, options=tuple(found))


def _is_open(fact: Any) -> bool:
    return any(value == MASK and is_secret(name) for name, value in fact.options)


SECRETS: Secrets[Any] = Secrets(_masked, _filled, _is_open)
"""For a kind whose attribute ``options`` may hold them."""


def _option(name: str, value: str, say: Say) -> str:
    return f"{ident(name)} {say(name, value)}"


def _clause(parts: Sequence[str]) -> str | None:
    return f"options ({comma(parts)})" if parts else None
