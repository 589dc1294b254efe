"""Materialized views (``pg_class`` of kind m)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..model import Fact
from ..sqltext import names_of, qualified, settings, words
from ._kind import REPLACE, Alter, Context, Expression, Kind, Statement, Written, listed
from ._tablespaces import clause


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterializedView(Fact):
    definition: Expression
    columns: tuple[str, ...]
    options: tuple[str, ...]
    access_method: str
    populated: bool = field(compare=False)


def create(m: MaterializedView, parts: Sequence[str], ctx: Context) -> Written:
    """Made empty and filled by a step of its own, which a proof on empty databases leaves out."""
    method = "" if m.access_method == "heap" else f" using {m.access_method}"
    options = f"with ({settings(m.options)})" if m.options else None
    head = words(f"create materialized view {qualified(*m.id.path)}{method}", options, clause(m.id, ctx))
    made = [f"{head} as\n{m.definition}\nwith no data"]
    refresh = Statement(f"refresh materialized view {qualified(*m.id.path)}", rows_only=True)
    return [*made, refresh] if m.populated else made


def set_options(before: MaterializedView, after: MaterializedView, ctx: Context) -> Written:
    gone, new = listed(before.options, after.options)
    view = f"alter materialized view {qualified(*after.id.path)}"
    reset = [f"{view} reset ({names_of(gone)})"] if gone else []
    return reset + ([f"{view} set ({settings(new)})"] if new else [])


def set_access_method(before: MaterializedView, after: MaterializedView, ctx: Context) -> Written:
    if ctx.version < 150000:
        return REPLACE
    return [f"alter materialized view {qualified(*after.id.path)} set access method {after.access_method}"]


KIND = Kind(
    name="materialized_view",
    title="materialized views",
    fact=MaterializedView,
    catalog="pg_class",
    query="""
        select c.oid, array[n.nspname, c.relname]::text[] as path, array[c.reltype, t.typarray] as alias_pg_type,
               (select r.oid from pg_rewrite r where r.ev_class = c.oid and r.rulename = '_RETURN')
                   as alias_pg_rewrite,
               rtrim(pg_get_viewdef(c.oid), ';') as definition,
               array(select format_type(a.atttypid, a.atttypmod) || ' as ' || quote_ident(a.attname)
                     from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                     order by a.attnum) as columns,
               coalesce(c.reloptions, '{}') as options, c.relispopulated as populated,
               (select quote_ident(amname) from pg_am where oid = c.relam) as access_method
        from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_type t on t.oid = c.reltype
        where c.relkind = 'm' and {user_schema}
    """,
    rank=125,
    create=create,
    drop=lambda m, ctx: [f"drop materialized view {qualified(*m.id.path)}"],
    changes={
        "definition": REPLACE,
        "columns": REPLACE,
        "options": Alter(set_options),
        "access_method": Alter(set_access_method),
    },
    address=lambda m: f"materialized view {qualified(*m.id.path)}",
    grants=lambda m: f"table {qualified(*m.id.path)}",
    names=lambda m: [("pg_class", *m.id.path), ("pg_type", *m.id.path)],
    ignored={"populated": "whether it holds rows is no part of the schema"},
    why_not_migra="migra fills the view while it creates it, and loses its options",
)
