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


def query(version: int) -> str:
    """The columns of the index must not be null; before PostgreSQL 18 that has the address of the column."""
    if version < 180000:
        return QUERY.replace("{not_null}", FLAGS)
    return QUERY.replace("{not_null}", CONSTRAINTS)


CONSTRAINTS = """array(select k.oid from pg_constraint k where k.conrelid = i.indrelid and k.contype = 'n'
                     and k.conkey[1] = any (i.indkey)) as ref_pg_constraint"""
FLAGS = """array(select a.attrelid from pg_attribute a where a.attrelid = i.indrelid and a.attnum = any (i.indkey)
                     and a.attnum > 0 order by a.attnum) as ref_pg_constraint,
               array(select a.attnum::int from pg_attribute a where a.attrelid = i.indrelid and a.attnum = any (i.indkey)
                     and a.attnum > 0 order by a.attnum) as refsub_pg_constraint"""
QUERY = """
        select c.oid, array[n.nspname, c.relname]::text[] as path, c.oid as parent_oid,
               c.relreplident::text as identity, x.relname::text as index, x.oid as ref_pg_class, {not_null}
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        left join (pg_index i join pg_class x on x.oid = i.indexrelid)
             on c.relreplident = 'i' and i.indrelid = c.oid and i.indisreplident
        where c.relkind in ('r', 'p') and c.relpersistence <> 't'
          and (c.relreplident in ('f', 'n') or x.oid is not null) and {user_schema}
    """

KIND = Kind(
    name="replica_identity",
    title="replica identities",
    fact=ReplicaIdentity,
    catalog=None,
    parent="pg_class",
    query=query,
    rank=160,
    create=create,
    drop=lambda r, ctx: _set(r, "default"),
    changes={"identity": CHANGE, "index": REPLACE},
    why_not_migra="migra does not read it",
    keeps_name="has no name",
)
