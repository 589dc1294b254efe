"""Which tables a table inherits from (``pg_inherits``). Partitions live in partition.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..model import Catalog, Fact, Id
from ..sqltext import qualified
from ._kind import Context, Kind, Written
from ._left_names import renamed


@dataclass(frozen=True, slots=True, kw_only=True)
class Inheritance(Fact):
    """The path is the table's and then the parent table's."""

    place: int = field(default=0, compare=False)
    """Which of the table's parents it is."""


def _alter(i: Inheritance, verb: str) -> str:
    return f"alter table {qualified(*i.id.path[:2])} {verb} {qualified(*i.id.path[2:])}"


def drop(i: Inheritance, ctx: Context) -> Written:
    """With the last parent that goes, what was inherited from all is the table's own; a table that has other
    parents already never stands on its own."""
    before, after = _parents(i, ctx.before), _parents(i, ctx.after)
    is_last = i.id == max(before) and set(before).isdisjoint(after) and not successors(i, ctx)
    return [_alter(i, "no inherit"), *(renamed(i.id.path[:2], ctx) if is_last else ())]


def create(i: Inheritance, parts: Sequence[str], ctx: Context) -> Written:
    """Before the first parent, names are the table's own."""
    places = {parent: ctx.after.facts[parent] for parent in _parents(i, ctx.after)}
    is_first = i.id == min(places, key=lambda p: _place(places[p])) and not _parents(i, ctx.before)
    return [*(renamed(i.id.path[:2], ctx) if is_first else ()), _alter(i, "inherit")]


def _parents(i: Inheritance, catalog: Catalog) -> list[Id]:
    return [other for other in catalog.children.get(_table(i), ()) if other.kind == i.id.kind]


def _place(fact: Fact) -> int:
    assert isinstance(fact, Inheritance)
    return fact.place


def _table(i: Inheritance) -> Id:
    assert i.parent is not None
    return i.parent


def successors(i: Inheritance, ctx: Context) -> Sequence[Id]:
    """New parents that must be there before this one is left: a column that no parent has for a moment would
    be the table's own for good."""
    table = _table(i)
    old, new = (
        {c: end.facts[c] for c in end.descendants(table) if c.kind in ("column", "constraint", "not_null")}
        for end in (ctx.before, ctx.after)
    )
    heirs = [c for c, fact in old.items() if fact.inherited and fact.parent == table]
    if (
        ctx.created(table)
        or old != new
        or not heirs
        or any(old[c].local or not new[c].inherited or _moves(c, ctx) for c in heirs)
    ):
        return ()
    return [c for c in ctx.after.children[table] if c.kind == "inheritance" and ctx.created(c)]


def _moves(part: Id, ctx: Context) -> bool:
    """Whether a part of a table is made anew, or gets what is made in the place of its type."""
    return any(map(ctx.created, (part, *ctx.after.references.get(part, ()))))


KIND = Kind(
    name="inheritance",
    title="inheritances",
    fact=Inheritance,
    catalog=None,
    parent="pg_class",
    comes_along=True,
    query="""
        select array[n.nspname, c.relname, pn.nspname, p.relname]::text[] as path, c.oid as parent_oid,
               p.oid as ref_pg_class, i.inhseqno as place
        from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_namespace n on n.oid = c.relnamespace
        join pg_class p on p.oid = i.inhparent join pg_namespace pn on pn.oid = p.relnamespace
        where c.relkind in ('r', 'f') and not c.relispartition and {user_schema}
    """,
    rank=149,
    create=create,
    drop=drop,
    inline=lambda i, parts, ctx: "",
    order=_place,
    whole_tables=True,
    leaves_after=successors,
    parted=lambda i: (_alter(i, "no inherit"), _alter(i, "inherit")),
    why_not_migra="migra knows one parent",
    keeps_name="has no name",
    ignored={
        "place": "PostgreSQL sets it by the order of creation; parents in another order are no difference"
    },
)
