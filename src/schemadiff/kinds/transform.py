"""Transforms of types for procedural languages (``pg_transform``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Fact
from ..sqltext import comma, ident
from ._kind import Alter, Context, Kind, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Transform(Fact):
    """The path is the type and the language."""

    from_sql: str | None
    to_sql: str | None


def _name(t: Transform) -> str:
    return f"transform for {t.id.path[0]} language {ident(t.id.path[1])}"


def _definition(head: str, t: Transform) -> Written:
    parts = (
        t.from_sql and f"from sql with function {t.from_sql}",
        t.to_sql and f"to sql with function {t.to_sql}",
    )
    return [f"{head} {_name(t)} ({comma(part for part in parts if part)})"]


def create(t: Transform, parts: Sequence[str], ctx: Context) -> Written:
    return _definition("create", t)


CHANGE: Alter[Transform] = Alter(lambda before, after, ctx: _definition("create or replace", after))

KIND = Kind(
    name="transform",
    title="transforms",
    fact=Transform,
    catalog="pg_transform",
    query="""
        select t.oid, array[format_type(t.trftype, null), l.lanname::text] as path,
               case when t.trffromsql <> 0 then t.trffromsql::regprocedure::text end as from_sql,
               case when t.trftosql <> 0 then t.trftosql::regprocedure::text end as to_sql
        from pg_transform t join pg_language l on l.oid = t.trflang
    """,
    rank=87,
    create=create,
    drop=lambda t, ctx: [f"drop {_name(t)}"],
    changes={"from_sql": CHANGE, "to_sql": CHANGE},
    address=lambda t: f"transform for {t.id.path[0]} language {ident(t.id.path[1])}",
    cannot={"owner": "PostgreSQL gives it no owner", "privileges": "PostgreSQL grants nothing on it"},
    why_not_migra="migra does not read transforms",
    keeps_name="is called what its type and language are",
)
