"""Rewrite rules (``pg_rewrite``) but those that make a view a view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Fact
from ..sqltext import ident, qualified
from ._kind import REPLACE, Alter, Context, Expression, Kind, Written
from ._states import on_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Fact):
    """``enabled`` as in pg_rewrite.ev_enabled: O, D, R or A."""

    definition: Expression
    enabled: str


def create(r: Rule, parts: Sequence[str], ctx: Context) -> Written:
    return [r.definition, *(set_enabled(r) if r.enabled != "O" else ())]


def set_enabled(r: Rule) -> list[str]:
    return [on_table("rule", r, r.enabled)]


KIND = Kind(
    name="rule",
    title="rules",
    fact=Rule,
    catalog="pg_rewrite",
    parent="pg_class",
    query="""
        select r.oid, array[n.nspname, c.relname, r.rulename]::text[] as path, r.ev_class as parent_oid,
               rtrim(pg_get_ruledef(r.oid), ';') as definition, r.ev_enabled::text as enabled,
               -- RETURNING gives what the table has: all of it and nothing else
               a.returned as refsub_pg_class, array_fill(c.oid, array[cardinality(a.returned)]) as ref_pg_class
        from pg_rewrite r join pg_class c on c.oid = r.ev_class join pg_namespace n on n.oid = c.relnamespace,
        lateral (select array(select attnum::int from pg_attribute
                              where attrelid = c.oid and attnum > 0 and not attisdropped
                                and r.ev_action::text like '%:returningList (%') as returned) a
        where r.rulename <> '_RETURN' and {user_schema}
    """,
    rank=165,
    create=create,
    drop=lambda r, ctx: [f"drop rule {ident(r.id.path[-1])} on {qualified(*r.id.path[:-1])}"],
    detachable=True,
    changes={"definition": REPLACE, "enabled": Alter(lambda a, b, ctx: set_enabled(b))},
    address=lambda r: f"rule {ident(r.id.path[-1])} on {qualified(*r.id.path[:-1])}",
    cannot={
        "owner": "it belongs to whoever owns what it stands on",
        "privileges": "PostgreSQL grants nothing on it",
    },
    leaves_trash=lambda _: True,
    why_not_migra="migra does not read rules",
)
