"""Text search dictionaries (``pg_ts_dict``).

PostgreSQL keeps the options as one text and offers no list of their names, so that one that goes away cannot
be named to ALTER: a change makes the dictionary anew, and the mappings that use it, not their configurations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Fact
from ..sqltext import comma, qualified
from ._kind import REPLACE, Context, Kind, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSearchDictionary(Fact):
    template: str
    options: str | None


def create(d: TextSearchDictionary, parts: Sequence[str], ctx: Context) -> Written:
    given = [f"template = {d.template}", *([d.options] if d.options else [])]
    return [f"create text search dictionary {qualified(*d.id.path)} ({comma(given)})"]


KIND = Kind(
    name="text_search_dictionary",
    title="text search dictionaries",
    fact=TextSearchDictionary,
    catalog="pg_ts_dict",
    query="""
        select d.oid, array[n.nspname, d.dictname]::text[] as path,
               format('%I.%I', tn.nspname, t.tmplname) as template, d.dictinitoption as options
        from pg_ts_dict d join pg_namespace n on n.oid = d.dictnamespace
        join pg_ts_template t on t.oid = d.dicttemplate join pg_namespace tn on tn.oid = t.tmplnamespace
        where {user_schema}
    """,
    rank=96,
    create=create,
    drop=lambda d, ctx: [f"drop text search dictionary {qualified(*d.id.path)}"],
    changes={"template": REPLACE, "options": REPLACE},
    address=lambda d: f"text search dictionary {qualified(*d.id.path)}",
    cannot={"privileges": "PostgreSQL grants nothing on it"},
    why_not_migra="migra does not read text search objects",
)
