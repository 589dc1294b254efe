"""Being a partition of a table (``pg_inherits`` with ``relispartition``): attached, detached, moved bounds.

A partition is created as a table of its own, with its indexes and constraints under their own names, and
then attached, as pg_dump does: so that PostgreSQL makes no index under a name that nobody asked for.
Lower ones first, so that the indexes of an upper one are valid when it is attached; but where there is an
identity, which attaching passes on to the partition and not to what that has below: it is attached anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Catalog, Fact, Id
from ..sqltext import qualified
from ._kind import REPLACE, Context, Kind, Written
from ._left_names import renamed


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition(Fact):
    of: tuple[str, ...]
    bound: str


def create(p: Partition, parts: Sequence[str], ctx: Context) -> Written:
    return [*renamed(p.id.path, ctx), _attach(p)]


def _attach(p: Partition) -> str:
    return f"alter table {qualified(*p.of)} attach partition {qualified(*p.id.path)} {p.bound}"


def _detach(p: Partition) -> str:
    return f"alter table {qualified(*p.of)} detach partition {qualified(*p.id.path)}"


def drop(p: Partition, ctx: Context) -> Written:
    # Where it is attached again, the names are given then.
    return [_detach(p)] if p.id in ctx.after.facts else [_detach(p), *renamed(p.id.path, ctx)]


def is_referenced(p: Partition, origin: Catalog) -> bool:
    """Foreign keys to the whole table hold on to each partition until it is detached."""
    whole = Id("table", p.of)
    users = {d for i in (whole, *origin.descendants(whole)) for d in origin.dependents.get(i, ())}
    return any(getattr(origin.facts[u], "type", "") == "f" and u.path[:2] != p.of for u in users)


KIND = Kind(
    name="partition",
    title="partitions",
    fact=Partition,
    catalog="pg_inherits",
    parent="pg_class",
    query="""
        select c.oid, array[n.nspname, c.relname]::text[] as path, c.oid as parent_oid,
               array[pn.nspname, p.relname]::text[] as of, pg_get_expr(c.relpartbound, c.oid) as bound,
               p.oid as ref_pg_class,
               array(select x.indexrelid from pg_index x join pg_inherits i on i.inhrelid = x.indexrelid
                     where x.indrelid = c.oid)
               || array(select i.inhrelid from pg_inherits i where i.inhparent = c.oid) as after_pg_class,
               case when d.identity and p.relispartition then p.oid end as ref_pg_inherits,
               case when not d.identity then
                    array(select i.inhrelid from pg_inherits i join pg_class s on s.oid = i.inhrelid
                          where i.inhparent = c.oid and s.relispartition)
                    || array(select i.inhrelid from pg_index x join pg_inherits i on i.inhparent = x.indexrelid
                             join pg_inherits a on a.inhrelid = x.indexrelid where x.indrelid = c.oid) end as after_pg_inherits
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        join pg_inherits h on h.inhrelid = c.oid
        join pg_class p on p.oid = h.inhparent join pg_namespace pn on pn.oid = p.relnamespace
        cross join lateral (
            select exists (select from pg_attribute a where a.attrelid = p.oid and a.attidentity <> '') as identity) d
        where c.relispartition and c.relkind in ('r', 'p', 'f') and {user_schema}
    """,
    rank=150,
    create=create,
    drop=drop,
    changes={"of": REPLACE, "bound": REPLACE},
    names=lambda p: [("partition of", *p.of)],
    whole_tables=True,
    stays_apart=is_referenced,
    parted=lambda p: (_detach(p), _attach(p)),
    why_not_migra="migra writes a changed bound as a new table and gives indexes of partitions other names",
    keeps_name="has no name",
)
