"""Casts (``pg_cast``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Fact
from ..sqltext import words
from ._kind import REPLACE, Context, Kind, Written

CONTEXTS = {"a": "as assignment", "i": "as implicit", "e": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast(Fact):
    """The path is the two types; ``method`` and ``context`` as in pg_cast.castmethod and castcontext."""

    method: str
    function: str | None
    context: str


def _name(c: Cast) -> str:
    source, target = c.id.path
    return f"({source} as {target})"


def create(c: Cast, parts: Sequence[str], ctx: Context) -> Written:
    how = {"f": f"with function {c.function}", "i": "with inout", "b": "without function"}
    return [words(f"create cast {_name(c)} {how[c.method]}", CONTEXTS[c.context])]


KIND = Kind(
    name="cast",
    title="casts",
    fact=Cast,
    catalog="pg_cast",
    query="""
        select c.oid, array[format_type(c.castsource, null), format_type(c.casttarget, null)] as path,
               c.castmethod::text as method,
               case when c.castfunc <> 0 then c.castfunc::regprocedure::text end as function,
               c.castcontext::text as context
        from pg_cast c where c.oid >= 16384 and not exists (
            select from pg_depend d where d.classid = 'pg_cast'::regclass and d.objid = c.oid and d.deptype = 'i')
    """,
    rank=79,
    create=create,
    drop=lambda c, ctx: [f"drop cast {_name(c)}"],
    changes=dict.fromkeys(("method", "function", "context"), REPLACE),
    address=lambda c: f"cast {_name(c)}",
    spells=True,
    cannot={"owner": "PostgreSQL gives it no owner", "privileges": "PostgreSQL grants nothing on it"},
    why_not_migra="migra does not read casts",
    keeps_name="is called what its types are",
)
