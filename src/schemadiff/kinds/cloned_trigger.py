"""Triggers that a partition has from a partitioned table above it, where their enabled state is another one than the
original's (``pg_trigger``)."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..model import Fact
from ._kind import Alter, Kind
from ._states import on_table


@dataclass(frozen=True, slots=True, kw_only=True)
class ClonedTrigger(Fact):
    """``enabled`` as in pg_trigger.tgenabled; ``otherwise`` is the state of the original, which all partitions below
    have unless something else is said."""

    enabled: str
    otherwise: str = field(compare=False)


def set_enabled(t: ClonedTrigger, state: str) -> list[str]:
    return [on_table("trigger", t, state, "only ")]


KIND = Kind(
    name="cloned_trigger",
    title="triggers of partitions",
    fact=ClonedTrigger,
    catalog=None,
    parent="pg_class",
    query="""
        select array[n.nspname, c.relname, t.tgname]::text[] as path, t.tgrelid as parent_oid,
               t.tgenabled::text as enabled, o.tgenabled::text as otherwise, o.oid as ref_pg_trigger,
               array(select a.relid::oid from pg_partition_ancestors(t.tgrelid) a) as ref_pg_inherits,
               array(select b.relid::oid from pg_partition_tree(t.tgrelid) b) as after_pg_inherits
        from (
            with recursive clones (oid, above) as (
                select oid, tgparentid from pg_trigger where tgparentid <> 0
                union all
                select clones.oid, p.tgparentid from clones join pg_trigger p on p.oid = clones.above
                where p.tgparentid <> 0
            ) select * from clones) f
        join pg_trigger t on t.oid = f.oid join pg_trigger o on o.oid = f.above and o.tgparentid = 0
        join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
        left join pg_constraint k on k.oid = t.tgconstraint
        where coalesce(k.contype, 't') = 't' -- tgisinternal would say it, but PostgreSQL 14 sets it on clones
          and t.tgenabled <> o.tgenabled and {user_schema}
    """,
    rank=171,
    create=lambda t, parts, ctx: set_enabled(t, t.enabled),
    drop=lambda t, ctx: set_enabled(t, t.otherwise),
    changes={"enabled": Alter(lambda a, b, ctx: set_enabled(b, b.enabled))},
    detachable=True,
    ignored={"otherwise": "the state of the original"},
    why_not_migra="migra does not read it",
    keeps_name="is called what its original is",
)
