"""Names of NOT NULL constraints. Where nobody says one, PostgreSQL chooses it, and another one where a constraint in the
schema has that already (``ChooseConstraintName``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
    ends = (end.known(_named).get((schema, name), ()) for end in (ctx.before, ctx.after))
    return any(i != but for found in ends for i in found)


def _named(end: Catalog) -> Mapping[tuple[str, str], Sequence[Id]]:
    """The constraints of tables and domains by schema and name."""
    found: dict[tuple[str, str], list[Id]] = {}
    for i, name in _names(end):
        found.setdefault((i.path[0], name), []).append(i)
    return found


def _names(end: Catalog) -> Iterator[tuple[Id, str]]:
    for kind in ("constraint", "domain_constraint"):
        yield from ((i, i.path[-1]) for i in end.ids_of(kind))
    yield from ((fact.id, name_of(fact)) for fact in end.of_kind("not_null"))
    domain: Any
    for domain in end.of_kind("domain"):
        if domain.not_null:
            yield domain.id, domain.not_null_name or domain.id.path[-1] + ENDING
