"""Which dictionaries a text search configuration asks for a type of token (``pg_ts_config_map``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Fact
from ..sqltext import comma, ident, qualified
from ._kind import Alter, Context, Kind, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSearchMapping(Fact):
    """The path is the configuration and the type of token, as its parser calls it."""

    dictionaries: tuple[str, ...]


def _alter(m: TextSearchMapping, verb: str) -> str:
    *configuration, token = m.id.path
    return f"alter text search configuration {qualified(*configuration)} {verb} mapping for {ident(token)}"


def create(m: TextSearchMapping, parts: Sequence[str], ctx: Context) -> Written:
    return [f"{_alter(m, 'add')} with {comma(m.dictionaries)}"]


def change(before: TextSearchMapping, after: TextSearchMapping, ctx: Context) -> Written:
    return [f"{_alter(after, 'alter')} with {comma(after.dictionaries)}"]


KIND = Kind(
    name="text_search_mapping",
    title="text search mappings",
    fact=TextSearchMapping,
    catalog=None,
    parent="pg_ts_config",
    query="""
        select array[n.nspname, c.cfgname, t.alias]::text[] as path, c.oid as parent_oid,
               array_agg(format('%I.%I', dn.nspname, d.dictname) order by m.mapseqno) as dictionaries,
               array_agg(d.oid) as ref_pg_ts_dict
        from pg_ts_config c join pg_namespace n on n.oid = c.cfgnamespace, lateral ts_token_type(c.cfgparser) t
        join pg_ts_config_map m on m.maptokentype = t.tokid
        join pg_ts_dict d on d.oid = m.mapdict join pg_namespace dn on dn.oid = d.dictnamespace
        where m.mapcfg = c.oid and {user_schema}
        group by n.nspname, c.cfgname, c.oid, t.alias
    """,
    rank=98,
    create=create,
    drop=lambda m, ctx: [_alter(m, "drop")],
    changes={"dictionaries": Alter(change)},
    why_not_migra="migra does not read text search objects",
    keeps_name="has no name",
)
