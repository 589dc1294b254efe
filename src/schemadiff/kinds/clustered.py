"""The index that CLUSTER uses for a table (``pg_index.indisclustered``)."""

from __future__ import annotations

from dataclasses import dataclass

from ..model import Fact
from ..sqltext import ident, qualified
from ._kind import Alter, Kind, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Clustered(Fact):
    index: str


def create(c: Clustered, *_: object) -> Written:
    return [f"alter table {qualified(*c.id.path)} cluster on {ident(c.index)}"]


KIND = Kind(
    name="clustered",
    title="clustered tables",
    fact=Clustered,
    catalog=None,
    parent="pg_class",
    query="""
        select c.oid, array[n.nspname, c.relname]::text[] as path, c.oid as parent_oid,
               x.relname::text as index, x.oid as ref_pg_class
        from pg_index i join pg_class x on x.oid = i.indexrelid join pg_class c on c.oid = i.indrelid
        join pg_namespace n on n.oid = c.relnamespace
        where i.indisclustered and {user_schema}
    """,
    rank=161,
    create=create,
    drop=lambda c, ctx: [f"alter table {qualified(*c.id.path)} set without cluster"],
    changes={"index": Alter(lambda a, b, ctx: create(b))},
    why_not_migra="migra does not read it",
    keeps_name="is a mark on an index",
)
