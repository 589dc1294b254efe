"""The question whether rows of a table refer to rows that are not there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..model import Id
from ..sqltext import comma, ident, qualified
from ._kind import Context
from ._question import Question
from ._standing import MOST, holds_rows, is_settled, relation, source


@dataclass(frozen=True, slots=True)
class Reference:
    """What a foreign key says: its columns, the table and the columns that these refer to, the operators between,
    and whether MATCH FULL."""

    columns: tuple[str, ...]
    table: Id
    referenced: tuple[str, ...]
    operators: tuple[str, ...]
    full: bool


def orphans(user: Id, table: Id, to: Reference, ctx: Context) -> Iterator[Question]:
    """PostgreSQL looks at the rows of both tables alone, but for partitioned ones."""
    if not holds_rows(table, ctx) or not is_settled(user, ctx):
        return
    mine = [Id("column", (*table.path, c)) for c in to.columns]
    origin = source(table, mine, ctx, only=_is_whole(table, ctx), alias="r")
    missing = _missing(to, ctx)
    if origin is None or missing is None:
        return
    columns = [f"r.{ident(c)}" for c in to.columns]
    given = [f"{c} is not null" for c in columns]
    some, every = " or ".join(given), " and ".join(given)
    if to.full and len(given) > 1:
        where = f"({some}) and (not ({every}) or {missing})"
    else:
        where = f"{every} and {missing}"
    shown = comma(f"coalesce({c}::text, 'NULL')" for c in columns)
    names = comma(ident(c) for c in to.columns)
    schema, *name = ctx.was(to.table).path if to.table in ctx.before.facts else to.table.path
    there = qualified(*name) if schema == "public" else qualified(schema, *name)
    yield Question(
        rows=f"select concat_ws(', ', {shown}) as example from {origin} where {where}",
        look=f"select r.* from {origin} where {where} limit {MOST}",
        of=relation(table, ctx),
        what=f"({names}) is not in {there} ({comma(map(ident, to.referenced))})",
    )


def _missing(to: Reference, ctx: Context) -> str | None:
    """That no row of the other table has the key; a table that the plan makes has no row."""
    if to.table not in ctx.before.facts or ctx.created(to.table):
        return "true"
    theirs = [Id("column", (*to.table.path, c)) for c in to.referenced]
    found = source(to.table, theirs, ctx, only=_is_whole(to.table, ctx), alias="k")
    if found is None or not holds_rows(to.table, ctx):
        return None
    pairs = zip(to.referenced, to.operators, to.columns, strict=True)
    same = " and ".join(f"k.{ident(a)} {operator} r.{ident(b)}" for a, operator, b in pairs)
    return f"not exists (select from {found} where {same})"


def _is_whole(table: Id, ctx: Context) -> bool:
    """Whether a table has rows of its own, and none of partitions."""
    fact: Any = ctx.before.facts.get(table)
    return fact is not None and not fact.partition_key
