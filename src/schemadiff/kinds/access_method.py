"""Access methods for tables and indexes (``pg_am``)."""

from __future__ import annotations

from dataclasses import dataclass

from ..model import Fact
from ..sqltext import ident
from ._kind import REPLACE, Kind

TYPES = {"i": "index", "t": "table"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessMethod(Fact):
    """``type`` as in pg_am.amtype: i or t."""

    type: str
    handler: str


KIND = Kind(
    name="access_method",
    title="access methods",
    fact=AccessMethod,
    catalog="pg_am",
    query="""
        select a.oid, array[a.amname::text] as path, a.amtype::text as type, a.amhandler::text as handler
        from pg_am a where a.oid >= 16384
    """,
    rank=88,
    create=lambda a, parts, ctx: [
        f"create access method {ident(a.id.path[0])} type {TYPES[a.type]} handler {a.handler}"
    ],
    drop=lambda a, ctx: [f"drop access method {ident(a.id.path[0])}"],
    changes={"type": REPLACE, "handler": REPLACE},
    address=lambda a: f"access method {ident(a.id.path[0])}",
    cannot={"owner": "PostgreSQL gives it no owner", "privileges": "PostgreSQL grants nothing on it"},
    why_not_migra="migra does not read access methods",
    keeps_name="has no ALTER",
)
