"""Views (``pg_class`` of kind v, ``pg_get_viewdef``). Materialized views live in materialized_view.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from ..model import Fact
from ..sqltext import comma, names_of, qualified, settings, words
from ._kind import REPLACE, Alter, Context, Expression, Kind, Written, listed


@dataclass(frozen=True, slots=True, kw_only=True)
class View(Fact):
    """``columns`` are names with types: CREATE OR REPLACE VIEW can only append to them."""

    definition: Expression
    columns: tuple[str, ...]
    options: tuple[str, ...]
    options_as_given: tuple[str, ...] = field(compare=False)


def _create(v: View) -> str:
    """It may take the place of a stand-in."""
    options = f"with ({settings(v.options_as_given)})" if v.options else None
    return f"{words('create or replace view', qualified(*v.id.path), options)} as\n{v.definition}"


def create(v: View, parts: Sequence[str], ctx: Context) -> Written:
    return [_create(v)]


def change(before: View, after: View, ctx: Context) -> Written | Literal["replace"]:
    if after.columns[: len(before.columns)] != before.columns:
        return REPLACE
    return [_create(after)]


def set_options(before: View, after: View, ctx: Context) -> Written:
    if before.definition != after.definition:
        return []  # CREATE OR REPLACE VIEW has set them
    gone, new = listed(before.options_as_given, after.options_as_given)
    view = f"alter view {qualified(*after.id.path)}"
    reset = [f"{view} reset ({names_of(gone)})"] if gone else []
    return reset + ([f"{view} set ({settings(new)})"] if new else [])


def stand_in(v: View, ctx: Context) -> Written:
    """The same columns and nothing behind them."""
    columns = comma(f"null::{c.rpartition(' as ')[0]} as {c.rpartition(' as ')[2]}" for c in v.columns)
    return [f"create or replace view {qualified(*v.id.path)} as select {columns}"]


CHANGE = Alter(change)

KIND = Kind(
    name="view",
    title="views",
    fact=View,
    catalog="pg_class",
    query="""
        select c.oid, array[n.nspname, c.relname]::text[] as path, array[c.reltype, t.typarray] as alias_pg_type,
               (select r.oid from pg_rewrite r where r.ev_class = c.oid and r.rulename = '_RETURN')
                   as alias_pg_rewrite,
               rtrim(pg_get_viewdef(c.oid), ';') as definition,
               array(select format_type(a.atttypid, a.atttypmod)
                     || case when a.attcollation <> ct.typcollation
                             then ' collate ' || a.attcollation::regcollation else '' end
                     || ' as ' || quote_ident(a.attname)
                     from pg_attribute a join pg_type ct on ct.oid = a.atttypid
                     where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum) as columns,
               array(select unnest(c.reloptions) order by 1) as options,
               coalesce(c.reloptions, '{}') as options_as_given
        from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_type t on t.oid = c.reltype
        where c.relkind = 'v' and c.relpersistence <> 't' and {user_schema}
    """,
    cost=2,
    rank=120,
    create=create,
    drop=lambda v, ctx: [f"drop view {qualified(*v.id.path)}"],
    changes={"definition": CHANGE, "columns": CHANGE, "options": Alter(set_options)},
    address=lambda v: f"view {qualified(*v.id.path)}",
    grants=lambda v: f"table {qualified(*v.id.path)}",
    names=lambda v: [("pg_class", *v.id.path), ("pg_type", *v.id.path)],
    breaks=stand_in,
    lets_go=stand_in,
    migra=frozenset({"create", "replace"}),
    migra_when=lambda v, ctx: not v.options,
    ignored={"options_as_given": "the options in the order of their statement"},
    why_not_migra="migra loses the options of a view, security_invoker among them",
)
