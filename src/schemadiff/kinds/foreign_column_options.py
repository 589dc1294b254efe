"""Options that a column of a foreign table hands to its wrapper (``pg_attribute.attfdwoptions``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Fact
from ..sqltext import ident, qualified, words
from ._kind import Alter, Context, Kind, Written
from ._options import Options, changed


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignColumnOptions(Fact):
    options: Options


def _change(o: ForeignColumnOptions, before: Options, after: Options) -> Written:
    *table, column = o.id.path
    head = f"alter foreign table only {qualified(*table)} alter column {ident(column)}"
    return [words(head, changed(before, after))]


def create(o: ForeignColumnOptions, parts: Sequence[str], ctx: Context) -> Written:
    return _change(o, (), o.options)


KIND = Kind(
    name="foreign_column_options",
    title="options of foreign columns",
    fact=ForeignColumnOptions,
    catalog=None,
    parent="pg_class",
    query="""
        select c.oid, array[n.nspname, c.relname, a.attname]::text[] as path, c.oid as parent_oid,
               a.attnum as parent_sub,
               array(select array[option_name, option_value] from pg_options_to_table(a.attfdwoptions)
                     order by option_name collate "C") as options
        from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
        where a.attfdwoptions is not null and a.attfdwoptions <> '{}' and not a.attisdropped and {user_schema}
    """,
    rank=102,
    create=create,
    drop=lambda o, ctx: _change(o, o.options, ()),
    changes={"options": Alter(lambda a, b, ctx: _change(b, a.options, b.options))},
    why_not_migra="migra does not read foreign tables",
    keeps_name="has no name",
)
