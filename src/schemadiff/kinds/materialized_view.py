"""Materialized views (``pg_class`` of kind m)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ..model import Fact
from ..sqltext import ident, names_of, qualified, settings, words
from ._concurrently import built_on, made_as
from ._kind import REPLACE, Alter, Context, Expression, Kind, Statement, Written, listed
from ._tablespaces import clause, indexed


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterializedView(Fact):
    definition: Expression
    columns: tuple[str, ...]
    options: tuple[str, ...]
    access_method: str
    populated: bool = field(compare=False)


def create(m: MaterializedView, parts: Sequence[str], ctx: Context) -> Written:
    """Made empty and filled by a step of its own, which a proof on empty databases leaves out."""
    return _made(m, qualified(*m.id.path), ctx)


def _made(m: MaterializedView, name: str, ctx: Context, *, apart: bool = False) -> list[Statement]:
    method = "" if m.access_method == "heap" else f" using {m.access_method}"
    options = f"with ({settings(m.options)})" if m.options else None
    head = words(f"create materialized view {name}{method}", options, clause(m.id, ctx))
    made = [Statement(f"{head} as\n{m.definition}\nwith no data")]
    refresh = Statement(f"refresh materialized view {name}", rows_only=True, apart=apart)
    return [*made, refresh] if m.populated else made


def ahead(m: MaterializedView, ctx: Context) -> Sequence[Statement] | None:
    """The old one can be read until the new one is filled and has its indexes."""
    old, new = qualified(*m.id.path), _successor(m, ctx)
    parts: list[Any] = [ctx.after.facts[i] for i in ctx.after.children.get(m.id, ()) if i.kind == "index"]
    built = [
        built_on(indexed(i.definition, i.predicate, i.id, ctx), i.id.path, (old, new), made_as(i.id, ctx))
        for i in parts
    ]
    found = [s for s in built if s is not None]
    return [*_made(m, new, ctx, apart=True), *found] if len(found) == len(built) else None


def takes_over(m: MaterializedView, ctx: Context) -> Sequence[Statement]:
    return [Statement(f"alter materialized view {_successor(m, ctx)} rename to {ident(m.id.path[-1])}")]


def _successor(m: MaterializedView, ctx: Context) -> str:
    return qualified(*m.id.path[:-1], made_as(m.id, ctx))


def set_options(before: MaterializedView, after: MaterializedView, ctx: Context) -> Written:
    """PostgreSQL puts what is set after what is there. All are set anew where that is another order."""
    gone, new = listed(before.options, after.options)
    kept = (o for o in before.options if o in after.options)
    if after.options != tuple(sorted((*kept, *new), key=lambda o: o.startswith("toast."))):
        gone, new = list(before.options), list(after.options)
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
               coalesce(c.reloptions, '{}') || array(
                     select 'toast.' || o from pg_class s, unnest(s.reloptions) o where s.oid = c.reltoastrelid)
                   as options, c.relispopulated as populated,
               (select quote_ident(amname) from pg_am where oid = c.relam) as access_method
        from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_type t on t.oid = c.reltype
        where c.relkind = 'm' and {user_schema}
    """,
    rank=125,
    create=create,
    ahead=ahead,
    takes_over=takes_over,
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
