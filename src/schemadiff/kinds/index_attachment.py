"""Which index of a partitioned table an index of a partition belongs to (``pg_inherits`` of indexes)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..model import Fact, Id
from ..sqltext import qualified
from ._concurrently import made_as
from ._kind import Context, Kind, Statement, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexAttachment(Fact):
    to: tuple[str, ...] = field(compare=False)


def create(a: IndexAttachment, parts: Sequence[str], ctx: Context) -> Written:
    """Attaching the partition attaches it, where the index of the whole table is there; if that may come before or
    after, PostgreSQL does nothing here."""
    is_there = not any(ctx.created(Id(kind, a.to)) for kind in ("index", "constraint_index"))
    joins = ctx.created(Id("partition", ctx.after.root(a.id).path))
    return [] if joins and is_there else [_attach(a.to, a.id.path)]


def _attach(whole: tuple[str, ...], part: tuple[str, ...]) -> str:
    return f"alter index {qualified(*whole)} attach partition {qualified(*part)}"


def ahead(a: IndexAttachment, ctx: Context) -> Sequence[Statement]:
    """Keys are attached once they are there: what is made ahead of them is an index."""
    ends = (Id("index", a.to), Id("index", a.id.path))
    if any(i not in ctx.after.facts for i in ends):
        return ()
    whole, part = ((*i.path[:-1], made_as(i, ctx)) for i in ends)
    return [Statement(_attach(whole, part))]


def undoes(a: IndexAttachment, ctx: Context) -> Iterator[Id]:
    """The index itself, where its partition stays one: no statement takes an index from the one that it is attached to."""
    part = Id("partition", ctx.before.root(a.id).path)
    stays = part in ctx.after.facts and ctx.after.facts[part] == ctx.before.facts.get(part)
    if stays and a.parent is not None:
        yield a.parent


KIND = Kind(
    name="index_attachment",
    title="attached indexes",
    fact=IndexAttachment,
    catalog="pg_inherits",
    parent="pg_class",
    comes_along=True,
    query="""
        select x.oid, array[n.nspname, x.relname]::text[] as path, x.oid as parent_oid,
               array[pn.nspname, p.relname]::text[] as to, p.oid as ref_pg_class, i.indrelid as after_pg_inherits,
               array(select s.inhrelid from pg_inherits s where s.inhparent = x.oid) as after_pg_class
        from pg_inherits h join pg_class x on x.oid = h.inhrelid join pg_namespace n on n.oid = x.relnamespace
        join pg_index i on i.indexrelid = x.oid
        join pg_class p on p.oid = h.inhparent join pg_namespace pn on pn.oid = p.relnamespace
        where x.relkind in ('i', 'I') and {user_schema}
    """,
    rank=155,
    create=create,
    undoes=undoes,
    whole_ahead=ahead,
    takes_over=lambda a, ctx: (),
    drop=None,
    ignored={"to": "follows from the definitions; which of several that are alike it is, PostgreSQL chooses"},
    why_not_migra="migra does not read it",
    keeps_name="has no name",
)
