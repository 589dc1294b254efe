"""Comments on every kind of object (``pg_description``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Fact, Id
from ..sqltext import literal
from ._kind import Alter, Context, Kind, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment(Fact):
    text: str


def _on(c: Comment, text: str, ctx: Context) -> Written:
    kind, *path = c.id.path
    return [f"comment on {ctx.address(Id(kind, tuple(path)))} is {text}"]


def create(c: Comment, parts: Sequence[str], ctx: Context) -> Written:
    return _on(c, literal(c.text), ctx)


KIND = Kind(
    name="comment",
    title="comments",
    fact=Comment,
    catalog=None,
    satellite=True,
    query="""
        select d.classoid as target_class, d.objoid as target_oid, d.objsubid as target_sub, d.description as text
        from pg_description d
        where d.objoid >= 16384 or d.classoid = 'pg_namespace'::regclass
    """,
    rank=300,
    create=create,
    drop=lambda c, ctx: _on(c, "null", ctx),
    changes={"text": Alter(lambda a, b, ctx: create(b, (), ctx))},
    why_not_migra="migra reads comments and never compares them",
    keeps_name="belongs to what it describes",
)
