"""Columns of views and materialized views: there to carry comments, privileges and defaults."""

from __future__ import annotations

from dataclasses import dataclass

from ..model import Fact
from ..sqltext import qualified
from ._kind import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewColumn(Fact):
    """Nothing but its name: types are part of the view."""


KIND = Kind(
    name="view_column",
    title="view columns",
    fact=ViewColumn,
    catalog="pg_class",
    parent="pg_class",
    query="""
        select c.oid, a.attnum as sub, array[n.nspname, c.relname, a.attname]::text[] as path, c.oid as parent_oid
        from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('v', 'm') and a.attnum > 0 and not a.attisdropped and c.relpersistence <> 't'
          and {user_schema}
    """,
    rank=126,
    create=None,
    drop=None,
    address=lambda c: f"COLUMN {qualified(*c.id.path)}",
    grants=lambda c: f"TABLE {qualified(*c.id.path[:-1])}",
    why_not_migra="comes with its view",
)
