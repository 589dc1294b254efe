"""Text search templates (``pg_ts_template``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Fact
from ..sqltext import comma, qualified
from ._kind import REPLACE, Context, Kind, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSearchTemplate(Fact):
    """``functions`` are as CREATE TEXT SEARCH TEMPLATE gives them."""

    functions: tuple[str, ...]


def create(t: TextSearchTemplate, parts: Sequence[str], ctx: Context) -> Written:
    return [f"create text search template {qualified(*t.id.path)} ({comma(t.functions)})"]


KIND = Kind(
    name="text_search_template",
    title="text search templates",
    fact=TextSearchTemplate,
    catalog="pg_ts_template",
    query="""
        select t.oid, array[n.nspname, t.tmplname]::text[] as path,
               array_remove(array['init = ' || nullif(t.tmplinit::text, '-'), 'lexize = ' || t.tmpllexize], null)
                   as functions
        from pg_ts_template t join pg_namespace n on n.oid = t.tmplnamespace
        where {user_schema}
    """,
    rank=95,
    create=create,
    drop=lambda t, ctx: [f"drop text search template {qualified(*t.id.path)}"],
    changes={"functions": REPLACE},
    address=lambda t: f"text search template {qualified(*t.id.path)}",
    cannot={"owner": "PostgreSQL gives it no owner", "privileges": "PostgreSQL grants nothing on it"},
    why_not_migra="migra does not read text search objects",
)
