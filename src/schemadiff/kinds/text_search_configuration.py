"""Text search configurations (``pg_ts_config``). Their mappings are facts of their own: text_search_mapping.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Fact
from ..sqltext import qualified
from ._kind import REPLACE, Context, Kind, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSearchConfiguration(Fact):
    parser: str


def create(c: TextSearchConfiguration, parts: Sequence[str], ctx: Context) -> Written:
    return [f"create text search configuration {qualified(*c.id.path)} (parser = {c.parser})"]


KIND = Kind(
    name="text_search_configuration",
    title="text search configurations",
    fact=TextSearchConfiguration,
    catalog="pg_ts_config",
    query="""
        select c.oid, array[n.nspname, c.cfgname]::text[] as path,
               format('%I.%I', pn.nspname, p.prsname) as parser, n.oid as ref_pg_namespace, p.oid as ref_pg_ts_parser
        from pg_ts_config c join pg_namespace n on n.oid = c.cfgnamespace
        join pg_ts_parser p on p.oid = c.cfgparser join pg_namespace pn on pn.oid = p.prsnamespace
        where {user_schema}
    """,
    rank=97,
    create=create,
    drop=lambda c, ctx: [f"drop text search configuration {qualified(*c.id.path)}"],
    changes={"parser": REPLACE},
    address=lambda c: f"text search configuration {qualified(*c.id.path)}",
    ignores=frozenset("n"),  # pg_depend gives it the dictionaries that its mappings need
    cannot={"privileges": "PostgreSQL grants nothing on it"},
    why_not_migra="migra does not read text search objects",
)
