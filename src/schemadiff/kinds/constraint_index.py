"""Indexes that back a constraint: there to carry comments, and for what refers to them. They come and go
with the constraint, which has their definition."""

from __future__ import annotations

from dataclasses import dataclass

from ..model import Fact
from ..sqltext import qualified
from ._kind import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstraintIndex(Fact):
    """Nothing but its name, which is that of the constraint."""


KIND = Kind(
    name="constraint_index",
    title="indexes of constraints",
    fact=ConstraintIndex,
    catalog="pg_class",
    parent="pg_constraint",
    query="""
        select x.oid, array[n.nspname, x.relname]::text[] as path, k.oid as parent_oid
        from pg_constraint k join pg_class x on x.oid = k.conindid join pg_namespace n on n.oid = x.relnamespace
        where k.contype in ('p', 'u', 'x') and x.relpersistence <> 't' and {user_schema}
    """,
    rank=141,
    create=None,
    drop=None,
    address=lambda i: f"index {qualified(*i.id.path)}",
    whole=lambda _: True,
    follows_retype=lambda i, before, after: True,
    why_not_migra="comes with its constraint",
)
