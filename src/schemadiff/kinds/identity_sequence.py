"""Sequences of identity columns: there to carry comments and privileges. They come and go with the identity,
which has their options; named by the column, since the sequence's own name may change."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..model import Fact
from ..sqltext import qualified
from ._kind import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentitySequence(Fact):
    name: str = field(compare=False)


KIND = Kind(
    name="identity_sequence",
    title="sequences of identities",
    fact=IdentitySequence,
    catalog="pg_class",
    parent="pg_sequence",
    query="""
        select q.oid, array[n.nspname, c.relname, a.attname]::text[] as path, q.oid as parent_oid,
               q.relname::text as name
        from pg_class q join pg_namespace n on n.oid = q.relnamespace
        join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = q.oid and d.deptype = 'i'
             and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0
        join pg_class c on c.oid = d.refobjid
        join pg_attribute a on a.attrelid = c.oid and a.attnum = d.refobjsubid
        where q.relkind = 'S' and {user_schema}
    """,
    cost=3,
    rank=133,
    create=None,
    drop=None,
    address=lambda s: f"sequence {qualified(s.id.path[0], s.name)}",
    ignores=frozenset("i"),
    follows_retype=lambda s, before, after: True,
    ignored={"name": "compared with the identity"},
    cannot={"owner": "it belongs to whoever owns what it stands on"},
    why_not_migra="comes with its identity",
    keeps_name="is renamed along with its identity column",
)
