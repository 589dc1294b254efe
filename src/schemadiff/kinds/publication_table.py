"""Tables of publications (``pg_publication_rel``), with their columns and their condition from 15 on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Fact
from ..sqltext import comma, ident, qualified, words
from ._kind import REPLACE, Context, Expression, Kind, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationTable(Fact):
    """The path is the publication, the schema and the table; ``columns`` is None for all columns."""

    columns: tuple[str, ...] | None
    condition: Expression | None


def _alter(t: PublicationTable, verb: str) -> str:
    publication, *table = t.id.path
    return f"alter publication {ident(publication)} {verb} table only {qualified(*table)}"


def create(t: PublicationTable, parts: Sequence[str], ctx: Context) -> Written:
    columns = None if t.columns is None else f"({comma(map(ident, t.columns))})"
    return [words(_alter(t, "add"), columns, t.condition and f"where ({t.condition})")]


def query(version: int) -> str:
    return f"""
        select r.oid, array[p.pubname, n.nspname, c.relname]::text[] as path, p.oid as parent_oid,
               c.oid as ref_pg_class, {COLUMNS if version >= 150000 else "null::text[]"} as columns,
               {"pg_get_expr(r.prqual, r.prrelid)" if version >= 150000 else "null::text"} as condition
        from pg_publication_rel r join pg_publication p on p.oid = r.prpubid
        join pg_class c on c.oid = r.prrelid join pg_namespace n on n.oid = c.relnamespace
        where {{user_schema}}
    """


COLUMNS = """case when r.prattrs is not null then array(
                   select a.attname::text from pg_attribute a
                   where a.attrelid = r.prrelid and a.attnum = any (r.prattrs) order by a.attname) end"""

KIND = Kind(
    name="publication_table",
    title="published tables",
    fact=PublicationTable,
    catalog="pg_publication_rel",
    parent="pg_publication",
    query=query,
    rank=181,
    create=create,
    drop=lambda t, ctx: [_alter(t, "drop")],
    changes={"columns": REPLACE, "condition": REPLACE},
    why_not_migra="migra does not read publications",
    keeps_name="has no name",
)
