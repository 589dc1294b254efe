"""Domains (``pg_type``); their checks live in domain_constraint.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Fact
from ..sqltext import ident, qualified, words
from ._kind import REPLACE, Alter, Context, Expression, Kind, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain(Fact):
    base: str
    collation: str | None
    not_null: bool
    default: Expression | None


def create(d: Domain, parts: Sequence[str], ctx: Context) -> Written:
    return [
        words(
            f"create domain {qualified(*d.id.path)} as {d.base}",
            d.collation and f"collate {d.collation}",
            d.default and f"default {d.default}",
            "not null" if d.not_null else None,
            *parts,
        )
    ]


def _alter(d: Domain, action: str) -> Written:
    return [f"alter domain {qualified(*d.id.path)} {action}"]


KIND = Kind(
    name="domain",
    title="domains",
    fact=Domain,
    catalog="pg_type",
    query="""
        select t.oid, array[n.nspname, t.typname]::text[] as path, t.typarray as alias_pg_type,
               format_type(t.typbasetype, t.typtypmod) as base, t.typnotnull as not_null,
               case when t.typcollation <> b.typcollation then t.typcollation::regcollation::text end as collation,
               coalesce(pg_get_expr(t.typdefaultbin, 'pg_type'::regclass), quote_literal(t.typdefault)) as "default"
        from pg_type t join pg_namespace n on n.oid = t.typnamespace join pg_type b on b.oid = t.typbasetype
        where t.typtype = 'd' and {user_schema}
    """,
    rank=55,
    create=create,
    drop=lambda d, ctx: [f"drop domain {qualified(*d.id.path)}"],
    changes={
        "base": REPLACE,
        "collation": REPLACE,
        "not_null": Alter(lambda a, b, ctx: _alter(b, "set not null" if b.not_null else "drop not null")),
        "default": Alter(lambda a, b, ctx: _alter(b, f"set default {b.default}" if b.default else "drop default")),
    },
    address=lambda d: f"DOMAIN {qualified(*d.id.path)}",
    names=lambda d: [("pg_type", *d.id.path)],
    swaps=lambda d, name, ctx: _alter(d, f"rename to {ident(name)}"),
    why_not_migra="migra reads domains and never compares them",
)
