"""Where a creation puts its files: the clauses that kinds with files share.

Owns the clauses and what of them can be said at once. What is moved later is tablespace.py's.
https://www.postgresql.org/docs/current/manage-ag-tablespaces.html
"""

from __future__ import annotations

from typing import Any

from ..model import Fact, Id
from ..sqltext import ident
from ._kind import Context

KIND_OF_PLACES = "tablespace"


def place_of(target: Id, ctx: Context) -> str | None:
    """The tablespace that an object has in the end; None for that of its database."""
    found: Any = ctx.after.facts.get(Id(KIND_OF_PLACES, (target.kind, *target.path)))
    return found.name if found is not None else None


def clause(target: Id, ctx: Context) -> str | None:
    """``tablespace x``, in the creation of a table or a materialized view."""
    name = place_of(target, ctx)
    return f"tablespace {ident(name)}" if name else None


def index_clause(constraint: Id, ctx: Context) -> str | None:
    """``using index tablespace x``, in the definition of a key."""
    name = place_of(Id("constraint_index", (constraint.path[0], constraint.path[-1])), ctx)
    return f"using index tablespace {ident(name)}" if name else None


def indexed(definition: str, predicate: str | None, target: Id, ctx: Context) -> str:
    """The definition of an index by pg_get_indexdef with its tablespace, which stands before the predicate."""
    said = clause(target, ctx)
    if said is None:
        return definition
    where = f" WHERE {predicate}" if predicate else ""
    assert definition.endswith(where), f"{target}: {definition} does not end with {where}"
    return f"{definition.removesuffix(where)} {said}{where}"


def placed_at_once(fact: Fact, ctx: Context) -> bool:
    """Whether an object's creation says where its files go. The definition of an exclusion constraint has no
    place for that: its index is moved."""
    if fact.id.kind == "constraint_index" and fact.parent is not None:
        return getattr(ctx.fact(fact.parent), "type", "") != "x"
    return fact.id.kind in ("table", "materialized_view", "index")
