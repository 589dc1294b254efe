"""Conversions between encodings (``pg_conversion``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Fact
from ..sqltext import literal, qualified, words
from ._kind import REPLACE, Context, Kind, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion(Fact):
    default: bool
    source: str
    target: str
    function: str


def create(c: Conversion, parts: Sequence[str], ctx: Context) -> Written:
    head = words("create", "default" if c.default else None, "conversion", qualified(*c.id.path))
    return [f"{head} for {literal(c.source)} to {literal(c.target)} from {c.function}"]


KIND = Kind(
    name="conversion",
    title="conversions",
    fact=Conversion,
    catalog="pg_conversion",
    query="""
        select c.oid, array[n.nspname, c.conname]::text[] as path, c.condefault as "default",
               pg_encoding_to_char(c.conforencoding)::text as source,
               pg_encoding_to_char(c.contoencoding)::text as target, c.conproc::regproc::text as function
        from pg_conversion c join pg_namespace n on n.oid = c.connamespace
        where {user_schema}
    """,
    rank=92,
    create=create,
    drop=lambda c, ctx: [f"drop conversion {qualified(*c.id.path)}"],
    changes=dict.fromkeys(("default", "source", "target", "function"), REPLACE),
    address=lambda c: f"conversion {qualified(*c.id.path)}",
    names=lambda c: [("default conversion", c.id.path[0], c.source, c.target)] if c.default else [],
    cannot={"privileges": "PostgreSQL grants nothing on it"},
    why_not_migra="migra does not read conversions",
)
