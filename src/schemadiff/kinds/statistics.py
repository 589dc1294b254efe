"""Extended statistics (``pg_statistic_ext``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..model import Fact
from ..sqltext import qualified
from ._kind import REPLACE, Alter, Context, Expression, Kind, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics(Fact):
    """``types`` are the letters of pg_statistic_ext.stxkind."""

    types: tuple[str, ...]
    columns: tuple[str, ...]
    expressions: tuple[str, ...]
    target: int
    definition: Expression = field(compare=False)


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
               array(select unnest(s.stxkind)::text order by 1) as types,
               array(select a.attname::text from pg_attribute a
                     where a.attrelid = s.stxrelid and a.attnum = any (s.stxkeys) order by a.attname) as columns,
               coalesce(pg_get_statisticsobjdef_expressions(s.oid), '{}') as expressions,
               pg_get_statisticsobjdef(s.oid) as definition, coalesce(s.stxstattarget, -1)::int as target
        from pg_statistic_ext s join pg_namespace n on n.oid = s.stxnamespace where {user_schema}
    """,
    rank=147,
    create=create,
    drop=lambda s, ctx: [f"drop statistics {qualified(*s.id.path)}"],
    changes={
        "types": REPLACE,
        "columns": REPLACE,
        "expressions": REPLACE,
        "target": Alter(lambda a, b, ctx: set_target(b)),
    },
    ignored={"definition": "the same, with the columns in the order of the table, which no ALTER changes"},
    address=lambda s: f"statistics {qualified(*s.id.path)}",
    follows_retype=lambda s, before, after: True,
    cannot={"privileges": "PostgreSQL grants nothing on it"},
    leaves_trash=lambda _: True,
    why_not_migra="migra does not read extended statistics",
)
