"""What must not be there when a column comes: PostgreSQL writes no rows that a column of another table holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..model import Id
from ._kind import Context
from ._rows import heirs, holders
from ._standing import domains


def evicts(c: Any, ctx: Context) -> Iterator[Id]:
    """The columns that hold a row of its table or of an heir, where it brings a value for each row: PostgreSQL writes no
    rows then. One whose value is a default of its own gets that once it is there."""
    if c.parent not in ctx.before.facts or not _brings_values(c, ctx):
        return
    for table in (c.parent, *heirs(c.parent, ctx.before)):
        fact: Any = ctx.before.facts.get(table)
        if table.kind == "table" and fact is not None and not fact.partition_key:
            yield from holders(table, ctx)


def _brings_values(c: Any, ctx: Context) -> bool:
    types: Sequence[Any] = tuple(domains(c.id, ctx))
    checked = (i.kind == "domain_constraint" for d in types for i in ctx.after.children.get(d.id, ()))
    return (
        bool(c.generated)
        or Id("identity", c.id.path) in ctx.after.facts
        or any(d.not_null or d.default for d in types)
        or any(checked)
    )
