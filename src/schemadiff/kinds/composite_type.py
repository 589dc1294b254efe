"""Composite types (``pg_type`` with a free-standing ``pg_class`` entry); attributes are facts below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Fact
from ..sqltext import block, ident, qualified
from ._kind import Context, Kind, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class CompositeType(Fact):
    """Nothing but its name; what it consists of are its attributes."""


def create(composite: CompositeType, parts: Sequence[str], ctx: Context) -> Written:
    return [block(f"create type {qualified(*composite.id.path)} as", parts)]


KIND = Kind(
    name="composite_type",
    title="composite types",
    fact=CompositeType,
    catalog="pg_class",
    query="""
        select c.oid, array[n.nspname, c.relname]::text[] as path,
               array[c.reltype, t.typarray] as alias_pg_type
        from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_type t on t.oid = c.reltype
        where c.relkind = 'c' and {user_schema} and not exists (  -- pg_depend has the type as a member, not this
            select from pg_depend d
            where d.classid = 'pg_type'::regclass and d.objid = c.reltype and d.deptype = 'e')
    """,
    rank=50,
    create=create,
    drop=lambda c, ctx: [f"drop type {qualified(*c.id.path)}"],
    address=lambda c: f"type {qualified(*c.id.path)}",
    names=lambda c: [("pg_type", *c.id.path), ("pg_class", *c.id.path)],
    swaps=lambda c, name, ctx: [f"alter type {qualified(*c.id.path)} rename to {ident(name)}"],
    why_not_migra="migra drops and creates a composite type for any change, and loses collations",
)
