"""Names of NOT NULL constraints. Where nobody says one, PostgreSQL chooses it, and another one where a constraint in the
schema has that already (``ChooseConstraintName``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..model import Catalog, Fact, Id
from ._kind import Context

ENDING = "_not_null"


def name_of(not_null: Fact) -> str:
    """What a NOT NULL constraint is called: what somebody said, or what PostgreSQL chose for its table and column."""
    said: str | None = getattr(not_null, "own_name", None)
    return said or "_".join(not_null.id.path[1:]) + ENDING


def is_taken(name: str, schema: str, but: Id, ctx: Context) -> bool:
    """Whether a constraint of something else in a schema has a name, before the plan or after it."""
    return any(i != but for end in (ctx.before, ctx.after) for i in _having(name, schema, end))


def _having(name: str, schema: str, end: Catalog) -> Iterator[Id]:
    found = (
        *end.having("not_null", "own_name", name),
        *end.having("domain", "not_null_name", name),
        *end.called("constraint", name),
        *end.called("domain_constraint", name),
    )
    yield from (i for i in found if i.path[0] == schema)
    if name.endswith(ENDING):
        yield from _chosen(name.removesuffix(ENDING), schema, end)


def _chosen(stem: str, schema: str, end: Catalog) -> Iterator[Id]:
    """What has a name that PostgreSQL chose: of a domain, or of a table and a column, whose names may have underscores."""
    domain: Any = end.facts.get(Id("domain", (schema, stem)))
    if domain is not None and domain.not_null and domain.not_null_name is None:
        yield domain.id
    for at in (at for at, letter in enumerate(stem) if letter == "_"):
        column: Any = end.facts.get(Id("not_null", (schema, stem[:at], stem[at + 1 :])))
        if column is not None and column.own_name is None:
            yield column.id
