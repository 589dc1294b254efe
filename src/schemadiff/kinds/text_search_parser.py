"""Text search parsers (``pg_ts_parser``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Fact
from ..sqltext import comma, qualified
from ._kind import REPLACE, Context, Kind, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSearchParser(Fact):
    """``functions`` are as CREATE TEXT SEARCH PARSER gives them."""

    functions: tuple[str, ...]


def create(p: TextSearchParser, parts: Sequence[str], ctx: Context) -> Written:
    return [f"create text search parser {qualified(*p.id.path)} ({comma(p.functions)})"]


KIND = Kind(
    name="text_search_parser",
    title="text search parsers",
    fact=TextSearchParser,
    catalog="pg_ts_parser",
    query="""
        select p.oid, array[n.nspname, p.prsname]::text[] as path,
               array_remove(array['start = ' || p.prsstart, 'gettoken = ' || p.prstoken, 'end = ' || p.prsend,
                   'headline = ' || nullif(p.prsheadline::text, '-'), 'lextypes = ' || p.prslextype], null) as functions
        from pg_ts_parser p join pg_namespace n on n.oid = p.prsnamespace
        where {user_schema}
    """,
    rank=94,
    create=create,
    drop=lambda p, ctx: [f"drop text search parser {qualified(*p.id.path)}"],
    changes={"functions": REPLACE},
    address=lambda p: f"text search parser {qualified(*p.id.path)}",
    cannot={"owner": "PostgreSQL gives it no owner", "privileges": "PostgreSQL grants nothing on it"},
    why_not_migra="migra does not read text search objects",
)
