"""Extended statistics (``pg_statistic_ext``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Fact
from ..sqltext import qualified
from ._kind import REPLACE, Alter, Context, Kind, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics(Fact):
    definition: str
    target: int


def create(s: Statistics, parts: Sequence[str], ctx: Context) -> Written:
    return [s.definition, *(set_target(s) if s.target >= 0 else ())]


def set_target(s: Statistics) -> list[str]:
    return [f"alter statistics {qualified(*s.id.path)} set statistics {s.target}"]


KIND = Kind(
    name="statistics",
    title="statistics objects",
    fact=Statistics,
    catalog="pg_statistic_ext",
    parent="pg_class",
    query="""
        select s.oid, array[n.nspname, s.stxname]::text[] as path, s.stxrelid as parent_oid,
               pg_get_statisticsobjdef(s.oid) as definition, coalesce(s.stxstattarget, -1)::int as target
        from pg_statistic_ext s join pg_namespace n on n.oid = s.stxnamespace where {user_schema}
    """,
    rank=147,
    create=create,
    drop=lambda s, ctx: [f"drop statistics {qualified(*s.id.path)}"],
    changes={"definition": REPLACE, "target": Alter(lambda a, b, ctx: set_target(b))},
    address=lambda s: f"statistics {qualified(*s.id.path)}",
    follows_retype=lambda s, before, after: True,
    cannot={"privileges": "PostgreSQL grants nothing on it"},
    why_not_migra="migra does not read extended statistics",
)
