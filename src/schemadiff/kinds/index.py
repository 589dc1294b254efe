"""Indexes that back no constraint (``pg_index``). Those of constraints belong to constraint.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Fact
from ..sqltext import qualified
from ._kind import REPLACE, Alter, Context, Expression, Kind, Statement, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Index(Fact):
    definition: Expression
    statistics: tuple[str, ...]


def create(i: Index, parts: Sequence[str], ctx: Context) -> Written:
    return [Statement(i.definition, hazards=("INDEX_BUILD",)), *_statistics(i.statistics, i)]


def _statistics(targets: Sequence[str], i: Index) -> list[str]:
    return [f"alter index {qualified(*i.id.path)} alter column {target}" for target in targets]


def set_statistics(before: Index, after: Index, ctx: Context) -> Written:
    kept = {target.split()[0] for target in after.statistics}
    gone = [f"{t.split()[0]} set statistics -1" for t in before.statistics if t.split()[0] not in kept]
    return _statistics([*gone, *(t for t in after.statistics if t not in before.statistics)], after)


KIND = Kind(
    name="index",
    title="indexes",
    bulk=True,
    fact=Index,
    catalog="pg_class",
    parent="pg_class",
    query="""
        select x.oid, array[n.nspname, x.relname]::text[] as path, i.indrelid as parent_oid,
               pg_get_indexdef(x.oid) as definition,
               array(select a.attnum || ' set statistics ' || a.attstattarget from pg_attribute a
                     where a.attrelid = x.oid and a.attstattarget >= 0 order by a.attnum) as statistics,
               not exists (select from pg_inherits h where h.inhrelid = x.oid) as local,
               array(select h.inhparent from pg_inherits h where h.inhrelid = x.oid) as inherited_oid
        from pg_index i join pg_class x on x.oid = i.indexrelid join pg_namespace n on n.oid = x.relnamespace
        join pg_class c on c.oid = i.indrelid
        where c.relpersistence <> 't' and {user_schema}
          and not exists (select from pg_constraint k where k.conindid = x.oid and k.contype in ('p', 'u', 'x'))
    """,
    rank=145,
    create=create,
    drop=lambda i, ctx: [Statement(f"drop index {qualified(*i.id.path)}", hazards=("INDEX_DROPPED",))],
    changes={"definition": REPLACE, "statistics": Alter(set_statistics)},
    address=lambda i: f"index {qualified(*i.id.path)}",
    names=lambda i: [("pg_class", *i.id.path)],
    follows_retype=lambda i, before, after: True,
    attaches=lambda i: True,
    migra=frozenset({"create"}),
    migra_when=lambda i: not i.statistics,
    why_not_migra="migra drops with IF EXISTS, which hides a name that is wrong",
)
