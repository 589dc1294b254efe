"""A table as it stands in the database before the plan, and as its rows will be once the plan has run: in new names,
of new types. What questions to rows are made of; a question that cannot be asked is none.

``None`` says everywhere that nobody can tell before the plan runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..model import Fact, Id
from ..sqltext import comma, ident, qualified
from ._conversions import converted
from ._kind import Context
from ._question import Question
from ._rows import heirs

MOST = 20
"""Rows that a query for people shows."""
MEANING = frozenset(
    {"access_method", "aggregate", "attribute", "base_type", "cast", "collation", "composite_type", "domain",
     "domain_constraint", "enum", "extension", "function", "operator", "operator_class", "operator_family", "range_type"}
)  # fmt: skip
"""What an expression, or a type, has its meaning from."""


def table_of(fact: Fact) -> Id:
    """The table that a column, or what stands on one, belongs to."""
    return Id("table", fact.id.path[:2])


def holds_rows(table: Id, ctx: Context) -> bool:
    """Whether a table is there before the plan, stays, and has rows here and not on a foreign server. Where heirs
    or partitions with rows come or go on the way, nobody can tell which rows a step sees."""
    if not _stays(table, ctx):
        return False
    old, new = (set(heirs(table, catalog)) for catalog in (ctx.before, ctx.after))
    is_whole = old == {heir for heir in new if heir in ctx.before.facts}
    return is_whole and all(heir.kind == "table" and _stays(heir, ctx) for heir in old)


def _stays(table: Id, ctx: Context) -> bool:
    return table in ctx.before.facts and table in ctx.after.facts and not ctx.created(table)


def is_settled(user: Id, ctx: Context, apart_from: Iterable[Id] = ()) -> bool:
    """Whether all that a fact of the target has its meaning from is in the database as it will be."""
    seen, queue = {user, *apart_from}, [user]
    while queue:
        i = queue.pop()
        for other in (
            *ctx.after.references.get(i, ()),
            *(ctx.after.children.get(i, ()) if i != user else ()),
        ):
            if other in seen or other.kind not in MEANING:
                continue
            if _differs(other, ctx):
                return False
            seen.add(other)
            queue.append(other)
    return True


def _differs(i: Id, ctx: Context) -> bool:
    return ctx.created(i) or ctx.before.facts.get(i) != ctx.after.facts.get(i) or ctx.was(i) != i


def columns_of(user: Id, table: Id, ctx: Context) -> list[Id]:
    """The columns of a table that a fact of the target uses."""
    used = ctx.after.references.get(user, ())
    return [i for i in used if i.kind == "column" and i.path[:-1] == table.path]


def is_new(column: Id, ctx: Context) -> bool:
    """Whether the plan makes a column, and so its values."""
    return column not in ctx.before.facts or ctx.created(column)


def is_given(column: Id, ctx: Context) -> bool:
    """Whether rows get a value where the plan makes a column: a default, its own or its type's, or a generated one."""
    if any(Id(kind, column.path) in ctx.after.facts for kind in ("default", "identity")):
        return True
    fact: Any = ctx.after.facts[column]
    return bool(fact.generated) or any(getattr(d, "default", None) for d in domains(column, ctx))


def domains(column: Id, ctx: Context, *, elements: bool = False) -> Iterator[Fact]:
    """The domain that a column of the target is of, or its elements, and those that this one is of."""
    fact: Any = ctx.after.facts.get(column)
    name = getattr(fact, "plain_type", "")
    name = name.removesuffix("[]") if elements else name
    for i in ctx.after.references.get(column, ()) if column.kind in ("column", "domain") else ():
        named = qualified(*i.path)
        if i.kind == "domain" and named in (name, getattr(fact, "base", "")):
            yield ctx.after.facts[i]
            yield from domains(i, ctx)


def columns_of_domain(domain: Id, ctx: Context) -> Iterator[tuple[Fact, str]]:
    """The columns with rows that stay of a domain, or of domains of it, each with the type that it is based on."""
    for i in ctx.before.dependents.get(domain, ()):
        if i.kind == "domain" and i in ctx.after.facts and not ctx.created(i):
            yield from columns_of_domain(i, ctx)
        elif i.kind == "column" and i in ctx.after.facts and not is_new(i, ctx):
            column, chain = ctx.after.facts[i], list(domains(i, ctx))
            if domain in (d.id for d in chain) and holds_rows(table_of(column), ctx) and not column.inherited:
                base: Any = chain[-1]
                yield column, base.base


def is_computed_anew(column: Id, ctx: Context) -> bool:
    """Whether the plan gives a column that stays other values, by another expression."""
    if is_new(column, ctx):
        return False
    old, new = ctx.before.facts[column], ctx.after.facts[column]
    return any(getattr(old, name) != getattr(new, name) for name in ("generated", "expression"))


def stored(column: Id, ctx: Context) -> str:
    """A column as the database calls it now."""
    return ident(ctx.was(column).path[-1])


def value(column: Id, ctx: Context) -> str | None:
    """What a column of the target will hold, of what the database holds now."""
    before, after = (c.facts.get(column) for c in (ctx.before, ctx.after))
    if after is None or not is_settled(column, ctx):
        return None
    new: Any = after
    if is_new(column, ctx):
        return None if is_given(column, ctx) else f"null::{new.type}"
    old: Any = before
    if is_computed_anew(column, ctx):
        return None
    found = stored(column, ctx)
    if old.type != new.type:
        found = f"({converted(found, old, new, ctx)})"
    return f"({found} collate {new.collation})" if new.collation != old.collation and new.collation else found


def called(table: Id, ctx: Context) -> str:
    """A table as the database calls it now."""
    return qualified(*ctx.was(table).path)


def source(
    table: Id, columns: Iterable[Id], ctx: Context, *, only: bool = False, alias: str = ""
) -> str | None:
    """The FROM item that shows rows as they will be, as far as these columns go."""
    values = {i: value(i, ctx) for i in columns}
    if None in values.values():
        return None
    name = alias or table.path[-1]
    there = f"{'only ' if only else ''}{called(table, ctx)}"
    if all(v == ident(i.path[-1]) for i, v in values.items()):
        return there if ctx.was(table).path[-1] == name else f"{there} as {ident(name)}"
    shown = comma(f"{v} as {ident(i.path[-1])}" for i, v in sorted(values.items()))
    return f"(select {shown} from {there}) as {ident(name)}"


def rows_where(
    table: Id,
    origin: str | None,
    condition: str,
    what: str,
    ctx: Context,
    *,
    example: str = "null::text",
    unit: str = "row",
    fails: bool = True,
    raises: str = "",
) -> Iterator[Question]:
    """The question for the rows of a FROM item that a condition holds for."""
    if origin is None:
        return
    where = f"from {origin} where {condition}" if condition else f"from {origin}"
    yield Question(
        rows=f"select {example} as example {where}",
        look=f"select * {where} limit {MOST}",
        of=relation(table, ctx),
        what=what,
        unit=unit,
        fails=fails,
        raises=raises,
    )


def relation(table: Id, ctx: Context) -> tuple[str, str]:
    schema, name = ctx.was(table).path
    return schema, name
