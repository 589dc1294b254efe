"""REPLICA IDENTITY where it is not the default (``pg_class.relreplident``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Fact
from ..sqltext import ident, qualified
from ._kind import REPLACE, Alter, Context, Kind, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplicaIdentity(Fact):
    identity: str
    index: str | None


def _set(r: ReplicaIdentity, words: str) -> Written:
    return [f"alter table only {qualified(*r.id.path)} replica identity {words}"]


def create(r: ReplicaIdentity, parts: Sequence[str], ctx: Context) -> Written:
    if r.index:
        return _set(r, f"using index {ident(r.index)}")
    return _set(r, {"f": "full", "n": "nothing"}[r.identity])


def change(before: ReplicaIdentity, after: ReplicaIdentity, ctx: Context) -> Written:
    return create(after, (), ctx)


CHANGE = Alter(change)

KIND = Kind(
    name="replica_identity",
    title="replica identities",
    fact=ReplicaIdentity,
    catalog=None,
    parent="pg_class",
    query="""
        select c.oid, array[n.nspname, c.relname]::text[] as path, c.oid as parent_oid,
               c.relreplident::text as identity, x.relname::text as index, x.oid as ref_pg_class
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        left join (pg_index i join pg_class x on x.oid = i.indexrelid)
             on c.relreplident = 'i' and i.indrelid = c.oid and i.indisreplident
        where c.relkind in ('r', 'p') and c.relpersistence <> 't'
          and (c.relreplident in ('f', 'n') or x.oid is not null) and {user_schema}
    """,
    rank=160,
    create=create,
    drop=lambda r, ctx: _set(r, "default"),
    changes={"identity": CHANGE, "index": REPLACE},
    why_not_migra="migra does not read it",
    keeps_name="has no name",
)
