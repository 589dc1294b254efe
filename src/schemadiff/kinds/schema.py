"""Schemas (``pg_namespace``)."""

from __future__ import annotations

from dataclasses import dataclass

from ..model import Fact
from ..sqltext import ident
from ._kind import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema(Fact):
    """A schema has nothing but its name; owner, comment and privileges are facts of their own."""


KIND = Kind(
    name="schema",
    title="schemas",
    everywhere=True,
    fact=Schema,
    catalog="pg_namespace",
    query="select n.oid, array[n.nspname::text] as path from pg_namespace n where {user_schema}",
    rank=10,
    create=lambda s, parts, ctx: [f"create schema {ident(s.id.path[0])}"],
    drop=lambda s, ctx: [f"drop schema {ident(s.id.path[0])}"],
    address=lambda s: f"schema {ident(s.id.path[0])}",
    migra=frozenset({"create", "drop"}),
)
