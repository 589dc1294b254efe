"""Options of foreign objects, ``OPTIONS (name 'value', …)``: how a statement gives and changes them.

Names are compared as they are, values are texts; the order of options means nothing.
https://www.postgresql.org/docs/current/sql-alterforeigntable.html
"""

from __future__ import annotations

from collections.abc import Sequence

from ..sqltext import comma, ident, literal

type Options = tuple[tuple[str, str], ...]
"""Pairs of name and value, sorted by name."""


def given(options: Options) -> str | None:
    """The clause for a creation; None without options."""
    return _clause([_option(*o) for o in options])


def changed(before: Options, after: Options) -> str | None:
    """The clause that leads from one list to another; None where there is nothing to do."""
    old, new = dict(before), dict(after)
    gone = [f"drop {ident(name)}" for name in old if name not in new]
    differ = [f"set {_option(n, v)}" for n, v in after if n in old and old[n] != v]
    return _clause([*gone, *differ, *(f"add {_option(n, v)}" for n, v in after if n not in old)])


def _option(name: str, value: str) -> str:
    return f"{ident(name)} {literal(value).strip()}"


def _clause(parts: Sequence[str]) -> str | None:
    return f"options ({comma(parts)})" if parts else None
