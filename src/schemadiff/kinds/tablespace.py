"""Where tables, indexes and materialized views keep their files, if not where their database does
(``pg_class.reltablespace``).

Tablespaces are the server's: a schema says which ones it uses, and whoever runs the server creates them. A
target that names none leaves them alone, and they are no part of a catalog's fingerprint. An object in the
default tablespace of its database has no fact.
https://www.postgresql.org/docs/current/manage-ag-tablespaces.html
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..model import Fact, Id, Server
from ..sqltext import dollar, ident, literal, qualified
from ._kind import Alter, Context, Kind, Statement, Written
from ._tablespaces import placed_at_once

DEFAULT = "pg_default"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tablespace(Fact):
    name: str
    stored: bool = field(compare=False)
    """Whether there are files to move; a partitioned table or index only says where new partitions go."""
    rebuilt: bool = field(compare=False)
    """Whether it is an index that REINDEX CONCURRENTLY can build."""


def _target(t: Tablespace) -> Id:
    assert t.parent is not None
    return t.parent


def move(t: Tablespace, name: str, ctx: Context) -> list[Statement]:
    """The files are copied while nobody may use them, but for an index in use, which is built anew there."""
    if t.rebuilt and ctx.in_use(t):
        return [_rebuilt(t, name)]
    return [_moved(f"alter {ctx.address(_target(t))} set tablespace {ident(name)}", t, ctx)]


def _moved(sql: str, t: Tablespace, ctx: Context) -> Statement:
    """Nobody waits for one table while another is copied."""
    hazards = ("REWRITES_TABLE",) if t.stored else ()
    return Statement(sql, hazards=hazards, apart=t.stored and ctx.in_use(t))


def _rebuilt(t: Tablespace, name: str) -> Statement:
    """https://www.postgresql.org/docs/current/sql-reindex.html#SQL-REINDEX-CONCURRENTLY"""
    schema, index = _target(t).path
    return Statement(
        f"reindex (tablespace {ident(name)}) index concurrently {qualified(schema, index)}",
        transactional=False,
        hazards=("INDEX_BUILD",),
        rebuilds=(schema, index),
    )


def create(t: Tablespace, parts: Sequence[str], ctx: Context) -> Written:
    return move(t, t.name, ctx)


def drop(t: Tablespace, ctx: Context) -> Written:
    """To the default of the database, which no statement but a dynamic one can name everywhere."""
    if ctx.default_tablespace == DEFAULT:
        return move(t, DEFAULT, ctx)
    moved = literal(f"alter {ctx.address(_target(t))} set tablespace ".replace("%", "%%") + "%I")
    place = (
        "(select spcname from pg_catalog.pg_tablespace where oid = (select dattablespace "
        "from pg_catalog.pg_database where datname = current_database()))"
    )
    body = dollar(f"begin execute format({moved}, {place}); end")
    return [_moved(f"do {body}", t, ctx)]


def implied(fact: Fact, ctx: Context) -> Iterable[Tablespace]:
    """What a creation says at once."""
    found = ctx.after.facts.get(Id("tablespace", (fact.id.kind, *fact.id.path)))
    if isinstance(found, Tablespace) and placed_at_once(fact, ctx):
        yield found


def here(t: Tablespace, server: Server) -> Tablespace | None:
    return None if t.name == server.default_tablespace else t


KIND = Kind(
    name="tablespace",
    title="tablespaces",
    fact=Tablespace,
    catalog=None,
    satellite=True,
    query="""
        select 'pg_class'::regclass::oid as target_class, c.oid as target_oid, 0 as target_sub,
               t.spcname::text as name, c.relkind in ('r', 'i', 'm') as stored,
               c.relkind = 'i' and not i.indisexclusion as rebuilt
        from pg_class c join pg_tablespace t on t.oid = c.reltablespace join pg_namespace n on n.oid = c.relnamespace
        left join pg_index i on i.indexrelid = c.oid
        where c.relkind in ('r', 'p', 'i', 'I', 'm') and c.relpersistence <> 't' and {user_schema}
    """,
    rank=285,
    create=create,
    drop=drop,
    changes={"name": Alter(lambda a, b, ctx: move(b, b.name, ctx))},
    implied=implied,
    here=here,
    tablespaces=lambda t: [t.name],
    skeleton=lambda t: None if t.name == DEFAULT else t,
    on_request=True,
    keeps_name="belongs to the server",
    ignored={"stored": "follows from the object", "rebuilt": "follows from the object"},
    why_not_migra="migra does not read it",
)
