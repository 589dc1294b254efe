"""Which tables a table inherits from (``pg_inherits``). Partitions live in partition.py."""

from __future__ import annotations

from dataclasses import dataclass

from ..model import Fact
from ..sqltext import qualified
from ._kind import Kind
from ._left_names import renamed


@dataclass(frozen=True, slots=True, kw_only=True)
class Inheritance(Fact):
    """The path is the table's and then the parent table's."""


def _alter(i: Inheritance, verb: str) -> list[str]:
    return [f"alter table {qualified(*i.id.path[:2])} {verb} {qualified(*i.id.path[2:])}"]


KIND = Kind(
    name="inheritance",
    title="inheritances",
    fact=Inheritance,
    catalog=None,
    parent="pg_class",
    query="""
        select array[n.nspname, c.relname, pn.nspname, p.relname]::text[] as path, c.oid as parent_oid,
               p.oid as ref_pg_class
        from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_namespace n on n.oid = c.relnamespace
        join pg_class p on p.oid = i.inhparent join pg_namespace pn on pn.oid = p.relnamespace
        where c.relkind in ('r', 'f') and not c.relispartition and {user_schema}
    """,
    rank=149,
    create=lambda i, parts, ctx: _alter(i, "inherit"),
    drop=lambda i, ctx: [*_alter(i, "no inherit"), *renamed(i.id.path[:2], ctx)],
    inline=lambda i, parts, ctx: "",
    whole_tables=True,
    why_not_migra="migra knows one parent",
    keeps_name="has no name",
)
