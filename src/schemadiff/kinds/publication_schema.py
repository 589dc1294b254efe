"""Schemas all of whose tables a publication publishes (``pg_publication_namespace``, from 15 on)."""

from __future__ import annotations

from dataclasses import dataclass

from ..model import Fact
from ..sqltext import ident
from ._kind import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationSchema(Fact):
    """The path is the publication and the schema, and that is all there is."""


def _alter(s: PublicationSchema, verb: str) -> str:
    publication, schema = s.id.path
    return f"alter publication {ident(publication)} {verb} tables in schema {ident(schema)}"


def query(version: int) -> str:
    if version < 150000:
        return "select null::text[] as path, 0::oid as parent_oid where false"
    return """
        select array[p.pubname, n.nspname]::text[] as path, p.oid as parent_oid, n.oid as ref_pg_namespace
        from pg_publication_namespace s join pg_publication p on p.oid = s.pnpubid
        join pg_namespace n on n.oid = s.pnnspid
        where {user_schema}
    """


KIND = Kind(
    name="publication_schema",
    title="published schemas",
    fact=PublicationSchema,
    catalog=None,
    parent="pg_publication",
    query=query,
    rank=182,
    create=lambda s, parts, ctx: [_alter(s, "add")],
    drop=lambda s, ctx: [_alter(s, "drop")],
    why_not_migra="migra does not read publications",
    keeps_name="has no name",
)
