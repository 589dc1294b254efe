"""Foreign tables (``pg_foreign_table``). Their columns, checks and triggers are those of tables; the options of
their columns live in foreign_column_options.py, being a partition in partition.py, what they inherit in inheritance.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..model import Fact
from ..sqltext import block, comma, ident, qualified, words
from ._inherited import clauses
from ._kind import REPLACE, Alter, Context, Kind, Written
from ._options import Options, changed, given


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignTable(Fact):
    server: str
    options: Options
    inherits: tuple[str, ...] = field(compare=False)


def _name(t: ForeignTable) -> str:
    return f"foreign table {qualified(*t.id.path)}"


def create(t: ForeignTable, parts: Sequence[str], ctx: Context) -> Written:
    tail = words(
        (t.inherits and f"inherits ({comma(t.inherits)})") or None,
        f"server {ident(t.server)}",
        given(t.options),
    )
    parts = [*parts, *clauses(t.id, ctx)] if t.inherits else parts
    return [words(block(f"create {_name(t)}", parts), tail)]


def set_options(before: ForeignTable, after: ForeignTable, ctx: Context) -> Written:
    return [words(f"alter {_name(after)}", changed(before.options, after.options))]


KIND = Kind(
    name="foreign_table",
    title="foreign tables",
    fact=ForeignTable,
    catalog="pg_class",
    query="""
        select c.oid, array[n.nspname, c.relname]::text[] as path, array[c.reltype, t.typarray] as alias_pg_type,
               s.srvname::text as server,
               array(select array[option_name, option_value] from pg_options_to_table(f.ftoptions)
                     order by option_name collate "C") as options,
               array(select i.inhparent::regclass::text from pg_inherits i
                     where i.inhrelid = c.oid and not c.relispartition order by i.inhseqno) as inherits,
               array(select i.inhparent from pg_inherits i where i.inhrelid = c.oid) as after_pg_class
        from pg_foreign_table f join pg_class c on c.oid = f.ftrelid join pg_namespace n on n.oid = c.relnamespace
        join pg_type t on t.oid = c.reltype join pg_foreign_server s on s.oid = f.ftserver
        where {user_schema}
    """,
    rank=100,
    create=create,
    drop=lambda t, ctx: [f"drop {_name(t)}"],
    changes={"server": REPLACE, "options": Alter(set_options)},
    address=lambda t: f"foreign table {qualified(*t.id.path)}",
    grants=lambda t: f"table {qualified(*t.id.path)}",
    names=lambda t: [("pg_class", *t.id.path), ("pg_type", *t.id.path)],
    ignores=frozenset("a"),
    ignored={"inherits": "compared as facts of their own, in inheritance.py"},
    why_not_migra="migra does not read foreign tables",
)
