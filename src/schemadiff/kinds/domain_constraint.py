"""Checks of domains (``pg_constraint`` with ``contypid``). Constraints of tables live in constraint.py."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ..model import Catalog, Fact
from ..sqltext import ident, qualified
from ._kind import REPLACE, Alter, Context, Expression, Kind, Written
from ._misfits import broken
from ._question import Question
from ._standing import columns_of_domain, is_new


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainConstraint(Fact):
    definition: Expression
    validated: bool
    expression: str = field(compare=False)


def _on(c: DomainConstraint) -> str:
    return f"alter domain {qualified(*c.id.path[:-1])}"


def _name(c: DomainConstraint) -> str:
    return ident(c.id.path[-1])


def create(c: DomainConstraint, parts: Sequence[str], ctx: Context) -> Written:
    not_valid = "" if c.validated else " not valid"
    return [f"{_on(c)} add constraint {_name(c)} {c.definition}{not_valid}"]


def validate(before: DomainConstraint, after: DomainConstraint, ctx: Context) -> Written | Literal["replace"]:
    if not after.validated or _is_nested(before, ctx.before):
        return REPLACE
    return [f"{_on(after)} validate constraint {_name(after)}"]


def _is_nested(c: DomainConstraint, origin: Catalog) -> bool:
    """PostgreSQL looks at no values of the domain that are inside of others, and refuses to have them checked."""
    return bool(c.parent and getattr(origin.facts[c.parent], "nested", False))


def asks(before: DomainConstraint | None, after: DomainConstraint | None, ctx: Context) -> Iterator[Question]:
    """Values of columns that break it. Where its domain is made anew, columns move there, and are asked."""
    domain = after.parent if after is not None else None
    if after is None or domain is None or not after.validated or is_new(domain, ctx):
        return
    if before is None or not before.validated or before.definition != after.definition:
        for column, base in columns_of_domain(domain, ctx):
            yield from broken(column, column, base, [after], [domain], ctx)


KIND = Kind(
    name="domain_constraint",
    title="domain constraints",
    fact=DomainConstraint,
    catalog="pg_constraint",
    parent="pg_type",
    query="""
        select k.oid, array[n.nspname, t.typname, k.conname]::text[] as path, t.oid as parent_oid,
               regexp_replace(pg_get_constraintdef(k.oid), ' NOT VALID$', '') as definition,
               k.convalidated as validated, pg_get_expr(k.conbin, 0) as expression
        from pg_constraint k join pg_type t on t.oid = k.contypid join pg_namespace n on n.oid = t.typnamespace
        where k.contype = 'c' and {user_schema}
    """,
    comes_along=True,
    rank=56,
    create=create,
    asks=asks,
    drop=lambda c, ctx: [f"{_on(c)} drop constraint {_name(c)}"],
    changes={"definition": REPLACE, "validated": Alter(validate)},
    address=lambda c: f"constraint {_name(c)} on domain {qualified(*c.id.path[:-1])}",
    inline=lambda c, parts, ctx: f"constraint {_name(c)} {c.definition}" if c.validated else None,
    forces=lambda c, origin: c.validated and _is_nested(c, origin),
    cannot={
        "owner": "it belongs to whoever owns what it stands on",
        "privileges": "PostgreSQL grants nothing on it",
    },
    ignored={"expression": "follows from the definition"},
    why_not_migra="migra reads domains and never compares them",
    rename=lambda c, new: [f"{_on(c)} rename constraint {_name(c)} to {ident(new)}"],
)
