"""Columns of views and materialized views: there to carry comments, privileges and defaults, and what a
materialized view says of the storage of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..model import Fact
from ..sqltext import ident, names_of, qualified, settings
from ._kind import REPLACE, Alter, Context, Kind, Written, listed


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewColumn(Fact):
    """Types are part of the view."""

    storage: str | None
    compression: str
    statistics: int
    options: tuple[str, ...]


STORAGE = {"p": "plain", "e": "external", "m": "main", "x": "extended"}
COMPRESSION = {"": "default", "p": "pglz", "l": "lz4"}


def _alter(c: ViewColumn, action: str) -> str:
    return (
        f"alter materialized view {qualified(*c.id.path[:-1])} alter column {ident(c.id.path[-1])} {action}"
    )


def create(c: ViewColumn, parts: Sequence[str], ctx: Context) -> Written:
    details = (
        c.storage and f"set storage {STORAGE[c.storage]}",
        c.compression and f"set compression {COMPRESSION[c.compression]}",
        c.statistics >= 0 and f"set statistics {c.statistics}",
        c.options and f"set ({settings(c.options)})",
    )
    return [_alter(c, action) for action in details if action]


def set_options(before: ViewColumn, after: ViewColumn, ctx: Context) -> Written:
    gone, new = listed(before.options, after.options)
    reset = [_alter(after, f"reset ({names_of(gone)})")] if gone else []
    return reset + ([_alter(after, f"set ({settings(new)})")] if new else [])


def set_storage(before: ViewColumn, after: ViewColumn, ctx: Context) -> Written | Literal["replace"]:
    if after.storage:
        return [_alter(after, f"set storage {STORAGE[after.storage]}")]
    return [_alter(after, "set storage default")] if ctx.version >= 160000 else REPLACE


KIND = Kind(
    name="view_column",
    title="view columns",
    fact=ViewColumn,
    catalog="pg_class",
    parent="pg_class",
    query="""
        select c.oid, a.attnum as sub, array[n.nspname, c.relname, a.attname]::text[] as path, c.oid as parent_oid,
               case when c.relkind = 'm' and a.attstorage <> t.typstorage then a.attstorage::text end as storage,
               a.attcompression::text as compression, coalesce(a.attstattarget, -1)::int as statistics,
               coalesce(a.attoptions, '{}') as options
        from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('v', 'm') and a.attnum > 0 and not a.attisdropped and c.relpersistence <> 't'
          and {user_schema}
    """,
    rank=126,
    create=create,
    drop=None,
    changes={
        "storage": Alter(set_storage),
        "compression": Alter(lambda a, b, ctx: [_alter(b, f"set compression {COMPRESSION[b.compression]}")]),
        "statistics": Alter(lambda a, b, ctx: [_alter(b, f"set statistics {b.statistics}")]),
        "options": Alter(set_options),
    },
    whole=lambda _: True,
    address=lambda c: f"column {qualified(*c.id.path)}",
    grants=lambda c: f"table {qualified(*c.id.path[:-1])}",
    why_not_migra="comes with its view",
)
