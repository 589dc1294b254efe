"""Tables, partitioned ones and partitions included (``pg_class``). Being a partition, replica identity and
clustering are facts of their own: partition.py, replica_identity.py, clustered.py."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from ..model import Fact, Id
from ..sqltext import block, comma, names_of, qualified, settings, words
from ._inherited import clauses
from ._kind import REPLACE, Alter, Context, Expression, Kind, Statement, Written, listed
from ._question import Question
from ._rows import is_stored
from ._standing import called, rows_where
from ._tablespaces import clause


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Fact):
    partition_key: Expression | None
    inherits: tuple[str, ...] = field(compare=False)
    of_type: str | None
    unlogged: bool
    options: tuple[str, ...]
    options_as_given: tuple[str, ...] = field(compare=False)
    access_method: str | None
    row_security: bool
    force_row_security: bool


def create(t: Table, parts: Sequence[str], ctx: Context) -> Written:
    head = words("create", "unlogged" if t.unlogged else None, "table", qualified(*t.id.path))
    parts = [*parts, *clauses(t.id, ctx)] if t.inherits else parts
    body = _typed(head, t.of_type, parts) if t.of_type else block(head, parts)
    tail = words(
        f"inherits ({comma(t.inherits)})" if t.inherits else None,
        t.partition_key and f"partition by {t.partition_key}",
        (t.access_method and t.access_method != "heap" and f"using {t.access_method}") or None,
        f"with ({settings(t.options_as_given)})" if t.options else None,
        clause(t.id, ctx),
    )
    return [words(body, tail), *_row_security(t, False, False)]


def _typed(head: str, of_type: str, parts: Sequence[str]) -> str:
    return block(f"{head} of {of_type}", parts) if parts else f"{head} of {of_type}"


def _only(t: Table) -> str:
    return f"alter table {qualified(*t.id.path)}"


def _row_security(t: Table, enabled: bool, forced: bool) -> list[str]:
    enable = f"{_only(t)} {'enable' if t.row_security else 'disable'} row level security"
    force = f"{_only(t)} {'force' if t.force_row_security else 'no force'} row level security"
    return [enable] * (t.row_security != enabled) + [force] * (t.force_row_security != forced)


def secure(before: Table, after: Table, ctx: Context) -> Written:
    said = _row_security(after, before.row_security, before.force_row_security)
    return [Statement(text, hazards=("AUTHZ_UPDATE",)) for text in said]


def set_options(before: Table, after: Table, ctx: Context) -> Written:
    gone, new = listed(before.options_as_given, after.options_as_given)
    reset = [f"{_only(after)} reset ({names_of(gone)})"] if gone else []
    return reset + ([f"{_only(after)} set ({settings(new)})"] if new else [])


def set_type(before: Table, after: Table, ctx: Context) -> Written:
    return [f"{_only(after)} of {after.of_type}" if after.of_type else f"{_only(after)} not of"]


def persist(before: Table, after: Table, ctx: Context) -> Written | Literal["replace"]:
    """A rewrite, which PostgreSQL refuses while another table stores rows of this one."""
    if is_stored(before.id, ctx):
        return REPLACE
    how = {True: "unlogged", False: "logged"}
    moved = [f"{_only(after)} set {how[after.unlogged]}"]
    kept = (qualified(*s.id.path) for s in _owned(after, ctx) if s.unlogged != after.unlogged)
    return [*moved, *(f"alter sequence {name} set {how[not after.unlogged]}" for name in kept)]


def _owned(t: Table, ctx: Context) -> Iterator[Any]:
    """The sequences that its columns own and that stay: from 15 on they follow when it is set unlogged or logged."""
    owners: Iterable[Any] = ctx.before.of_kind("owned_by") if ctx.version >= 150000 else ()
    for owned in owners:
        sequence = Id("sequence", owned.id.path)
        if owned.column[:-1] == t.id.path and sequence in ctx.after.facts and not ctx.created(sequence):
            yield ctx.after.facts[sequence]


def set_access_method(before: Table, after: Table, ctx: Context) -> Written:
    return [f"{_only(after)} set access method {after.access_method}"] if ctx.version >= 150000 else REPLACE


def drop(t: Table, ctx: Context) -> Written:
    hazards = ("DELETES_DATA",) if _holds_rows(t, ctx) else ()
    return [Statement(f"drop table {qualified(*t.id.path)}", hazards=hazards)]


def asks(before: Table | None, after: Table | None, ctx: Context) -> Iterator[Question]:
    """The rows that go with it; those of a partitioned table are in its partitions."""
    if before is not None and after is None and not before.partition_key:
        what = "lost with the table"
        yield from rows_where(before.id, f"only {called(before.id, ctx)}", "", what, ctx, fails=False)


def _holds_rows(t: Table, ctx: Context) -> bool:
    """A partitioned table has the rows of its partitions, which are detached where they stay."""
    users = ctx.before.dependents.get(t.id, ())
    partitions = [Id("table", i.path) for i in users if i.kind == "partition" and i.path != t.id.path]
    lost = (ctx.before.facts.get(i) for i in partitions if i not in ctx.after.facts or ctx.created(i))
    return not t.partition_key or any(isinstance(f, Table) and _holds_rows(f, ctx) for f in lost)


SECURE = Alter(secure)

KIND = Kind(
    name="table",
    title="tables",
    fact=Table,
    catalog="pg_class",
    query="""
        select c.oid, array[n.nspname, c.relname]::text[] as path,
               array(select i.inhparent from pg_inherits i where i.inhrelid = c.oid) as after_pg_class,
               array[c.reltype, t.typarray] as alias_pg_type,
               case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end as partition_key,
               array(select i.inhparent::regclass::text from pg_inherits i
                     where i.inhrelid = c.oid and not c.relispartition order by i.inhseqno) as inherits,
               case when c.reloftype <> 0 then c.reloftype::regtype::text end as of_type,
               c.relpersistence = 'u' as unlogged,
               array(select o from unnest(c.reloptions) o union all
                     select 'toast.' || o from pg_class s, unnest(s.reloptions) o where s.oid = c.reltoastrelid
                     order by 1) as options,
               coalesce(c.reloptions, '{}') || array(
                     select 'toast.' || o from pg_class s, unnest(s.reloptions) o where s.oid = c.reltoastrelid)
                   as options_as_given,
               case when c.relam <> 0 then (select quote_ident(amname) from pg_am where oid = c.relam) end
                   as access_method,
               c.relrowsecurity as row_security, c.relforcerowsecurity as force_row_security
        from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_type t on t.oid = c.reltype
        where c.relkind in ('r', 'p') and c.relpersistence <> 't' and {user_schema}
    """,
    cost=3,
    rank=100,
    create=create,
    drop=drop,
    asks=asks,
    changes={
        "partition_key": REPLACE,
        "of_type": Alter(set_type),
        "unlogged": Alter(persist),
        "options": Alter(set_options),
        "access_method": Alter(set_access_method),
        "row_security": SECURE,
        "force_row_security": SECURE,
    },
    address=lambda t: f"table {qualified(*t.id.path)}",
    names=lambda t: [("pg_class", *t.id.path), ("pg_type", *t.id.path)],
    ignores=frozenset("a"),
    loses=True,
    tells_loss=True,
    ignored={
        "inherits": "compared as facts of their own, in inheritance.py",
        "options_as_given": "the options in the order of their statement",
    },
    why_not_migra="migra loses collations, identity options, storage parameters, access methods and a second parent",
)
