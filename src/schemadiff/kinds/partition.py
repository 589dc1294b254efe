"""Being a partition of a table (``pg_inherits`` with ``relispartition``): attached, detached, moved bounds.

A partition is created as a table of its own, with its indexes and constraints under their own names, and
then attached, as pg_dump does: so that PostgreSQL makes no index under a name that nobody asked for.
Lower ones first, so that the indexes of an upper one are valid when it is attached; but where there is an
identity, which attaching passes on to the partition and not to what that has below: it is attached anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ..model import Catalog, Fact, Id
from ..sqltext import ident, qualified
from ._kind import REPLACE, Context, Kind, Written
from ._left_names import renamed
from ._parted import IS_WHOLE
from ._question import Question
from ._rows import heirs
from ._standing import holds_rows, is_settled, rows_where, source
from ._states import on_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition(Fact):
    of: tuple[str, ...]
    bound: str
    condition: str | None = field(compare=False)
    """What its rows fulfil; None where no other database can be asked that, since it names tables by number."""
    foreign_keys: tuple[str, ...] = field(compare=False)
    """What it calls those that it has from above."""


def create(p: Partition, parts: Sequence[str], ctx: Context) -> Written:
    return [*renamed(p.id.path, ctx), _attach(p), *_states(p, ctx)]


def _states(p: Partition, ctx: Context) -> Iterator[str]:
    """PostgreSQL gives triggers the state of those that it clones, which is not the original's where the table has
    one of its own."""
    states: list[Any] = [
        ctx.after.facts[i]
        for i in ctx.after.children.get(Id("table", p.of), ())
        if i.kind == "cloned_trigger" and not ctx.created(i)
    ]
    for table in (p.id, *heirs(Id("table", p.id.path), ctx.after)) if states else ():
        clones = (replace(s, id=Id(s.id.kind, (*table.path, s.id.path[-1]))) for s in states)
        yield from (
            on_table("trigger", c, c.otherwise, "only ") for c in clones if c.id not in ctx.after.facts
        )


def _attach(p: Partition) -> str:
    return f"alter table {qualified(*p.of)} attach partition {qualified(*p.id.path)} {p.bound}"


def _detach(p: Partition) -> str:
    return f"alter table {qualified(*p.of)} detach partition {qualified(*p.id.path)}"


def asks(before: Partition | None, after: Partition | None, ctx: Context) -> Iterator[Question]:
    """Rows that do not fit it, and those of the default partition that belong into it."""
    if after is None or not after.condition or not is_settled(Id("table", after.of), ctx):
        return
    old = ctx.before.facts.get(after.id)
    if isinstance(old, Partition) and (old.of, old.condition) == (after.of, after.condition):
        return
    what = f"not of this partition: {after.bound}"
    yield from _rows(Id("table", after.id.path), f"not ({after.condition})", what, after, ctx)
    for i in _default(after, ctx.before):
        if i in ctx.after.facts and not ctx.created(i):
            what = f"of the new partition {qualified(*after.id.path)}: {after.bound}"
            yield from _rows(Id("table", i.path), after.condition, what, after, ctx)


def _default(p: Partition, catalog: Catalog) -> Iterator[Id]:
    """The default partition beside another one."""
    found = (catalog.having(p.id.kind, name, value) for name, value in (("of", p.of), ("bound", DEFAULT)))
    for i in min(found, key=len) if p.bound != DEFAULT else ():
        other = catalog.facts[i]
        if isinstance(other, Partition) and (other.of, other.bound) == (p.of, DEFAULT):
            yield i


DEFAULT = "DEFAULT"


def _rows(table: Id, condition: str, what: str, p: Partition, ctx: Context) -> Iterator[Question]:
    if holds_rows(table, ctx):
        used = (Id("column", (*table.path, name)) for name in sorted(_keys(p, ctx)))
        yield from rows_where(table, source(table, used, ctx), condition, what, ctx)


def _keys(p: Partition, ctx: Context) -> set[str]:
    """The columns that the partition keys above it use."""
    children = (ctx.after.facts[i] for i in ctx.after.children.get(Id("table", p.of), ()))
    above = ctx.after.facts.get(Id(p.id.kind, p.of))
    found = {c.id.path[-1] for c in children if getattr(c, "key", False)}
    return found | (_keys(above, ctx) if isinstance(above, Partition) else set())


def evicts(p: Partition, ctx: Context) -> Iterator[Id]:
    """The indexes and keys of the whole table that it has no part in, or one that is not whole itself: attaching would
    make it one."""
    whole = Id("table", p.of)
    if p.parent is None or p.parent.kind != whole.kind or whole not in ctx.before.facts:
        return  # a foreign table gets none
    facts = ctx.after.facts
    own = {
        getattr(facts[i], "to", None)
        for i in ctx.after.descendants(p.parent)
        if i.kind == "index_attachment"
        and not any(getattr(facts[a], "only", False) for a in ctx.after.upwards(i))
    }
    for i in ctx.after.descendants(whole):
        if i.kind in ("index", "constraint_index") and i.path not in own:
            yield i


def undoes(p: Partition, ctx: Context) -> Iterator[Id]:
    """Constraint triggers of the whole table that name another one: PostgreSQL leaves their clones on what is detached
    until they go themselves."""
    if p.parent is not None and p.parent in ctx.after.facts and not ctx.created(p.parent):
        for above in _above(p, ctx.before):
            triggers = ctx.before.children.get(Id("table", above), ())
            yield from (i for i in triggers if getattr(ctx.before.facts[i], "from_table", False))


def drop(p: Partition, ctx: Context) -> Written:
    # Where it is attached again, the names are given then.
    names = () if p.id in ctx.after.facts else renamed(p.id.path, ctx)
    return [_detach(p), *_dropped_keys(p, ctx), *names]


def _dropped_keys(p: Partition, ctx: Context) -> Iterator[str]:
    """PostgreSQL leaves the foreign keys from above to what it detaches, as its own. Those that go from the whole table
    too are gone before, and where all stay there, a table that is attached again keeps them."""
    keys = [i for whole in _above(p, ctx.before) for i in _keys_of(whole, ctx.before)]
    again: Any = ctx.after.facts.get(p.id)
    stay = [i for i in keys if i in ctx.after.facts and not ctx.created(i)]
    if not _is_whole(p.id.path, ctx):
        return
    if not _is_whole(p.of, ctx) or (stay and not (again and again.of == p.of and stay == keys)):
        for name in p.foreign_keys:
            yield f"alter table {qualified(*p.id.path)} drop constraint if exists {ident(name)}"


def _is_whole(table: tuple[str, ...], ctx: Context) -> bool:
    """Whether a table stays what it is."""
    i = Id("table", table)
    return i in ctx.after.facts and not ctx.created(i)


def _keys_of(whole: tuple[str, ...], catalog: Catalog) -> Iterator[Id]:
    """The foreign keys that a partitioned table has."""
    below = catalog.children.get(Id("table", whole), ())
    return (i for i in below if getattr(catalog.facts[i], "type", "") == "f")


def referenced(partitions: Sequence[Partition], origin: Catalog) -> Iterator[Id]:
    """Foreign keys to what it is a part of hold on to each partition until it is detached. Siblings are looked at once."""
    wholes = {
        p.of
        for p in {p.of: p for p in partitions}.values()
        if any(True for whole in _above(p, origin) for _ in _references(whole, origin))
    }
    return (p.id for p in partitions if p.of in wholes)


def _references(whole: tuple[str, ...], catalog: Catalog) -> Iterator[Id]:
    """The foreign keys to a partitioned table."""
    table = Id("table", whole)
    users = {d for i in (table, *catalog.descendants(table)) for d in catalog.dependents.get(i, ())}
    yield from (u for u in users if getattr(catalog.facts[u], "references", ()) == whole)


def bears_on(partitions: Sequence[Partition], catalog: Catalog) -> Iterator[Id]:
    """The default partitions, which are read and locked when others come, the foreign keys to and of what these become
    part of, which they get too, and the states of its triggers. Siblings are looked at once."""
    for p in {p.of: p for p in partitions if p.bound != DEFAULT}.values():
        yield from (Id("table", i.path) for i in _default(p, catalog))
    for whole in {p.of for p in partitions}:
        yield from (i for i in catalog.children.get(Id("table", whole), ()) if i.kind == "cloned_trigger")
    for whole in dict.fromkeys(whole for p in partitions for whole in _above(p, catalog)):
        yield from _references(whole, catalog)
        yield from _keys_of(whole, catalog)


def _above(p: Partition, catalog: Catalog) -> Iterator[tuple[str, ...]]:
    """The table that it is a partition of, and what that is one of."""
    yield p.of
    above = catalog.facts.get(Id(p.id.kind, p.of))
    if isinstance(above, Partition):
        yield from _above(above, catalog)


def names(p: Partition) -> Iterator[tuple[str, ...]]:
    yield ("partition of", *p.of)
    yield from (("pg_constraint", *p.id.path, key) for key in p.foreign_keys)


QUERY = """
        select c.oid, array[n.nspname, c.relname]::text[] as path, c.oid as parent_oid,
               array[pn.nspname, p.relname]::text[] as of, pg_get_expr(c.relpartbound, c.oid) as bound,
               case when not exists (
                        select from pg_partition_ancestors(p.oid) a join pg_partitioned_table h on h.partrelid = a.relid
                        where h.partstrat = 'h' and a.relid <> p.oid)
                    then replace(pg_get_partition_constraintdef(c.oid),
                                 format('satisfies_hash_partition(%L::oid', p.oid::text),
                                 format('satisfies_hash_partition(%L::regclass', p.oid::regclass)) end as condition,
               array(select k.conname::text from pg_constraint k join pg_constraint w on w.oid = k.conparentid
                     where k.conrelid = c.oid and k.contype = 'f' and w.conrelid <> k.conrelid
                     order by 1) as foreign_keys,
               p.oid as ref_pg_class,
               array(select x.indexrelid from pg_index x join pg_inherits i on i.inhrelid = x.indexrelid
                     where x.indrelid = c.oid and {whole})
               || array(select i.inhrelid from pg_inherits i where i.inhparent = c.oid) as after_pg_class,
               case when d.identity and p.relispartition then p.oid end as ref_pg_inherits,
               case when not d.identity then
                    array(select i.inhrelid from pg_inherits i join pg_class s on s.oid = i.inhrelid
                          where i.inhparent = c.oid and s.relispartition)
                    || array(select i.inhrelid from pg_index x join pg_inherits i on i.inhparent = x.indexrelid
                             join pg_inherits a on a.inhrelid = x.indexrelid
                             where x.indrelid = c.oid and {whole}) end as after_pg_inherits
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        join pg_inherits h on h.inhrelid = c.oid
        join pg_class p on p.oid = h.inhparent join pg_namespace pn on pn.oid = p.relnamespace
        cross join lateral (
            select exists (select from pg_attribute a where a.attrelid = p.oid and a.attidentity <> '') as identity) d
        where c.relispartition and c.relkind in ('r', 'p', 'f') and {user_schema}
    """.replace("{whole}", IS_WHOLE.format(index="x.indexrelid"))

KIND = Kind(
    name="partition",
    title="partitions",
    fact=Partition,
    catalog="pg_inherits",
    parent="pg_class",
    comes_along=True,
    query=QUERY,
    rank=150,
    create=create,
    drop=drop,
    evicts=evicts,
    undoes=undoes,
    asks=asks,
    changes={"of": REPLACE, "bound": REPLACE},
    names=names,
    whole_tables=True,
    stays_apart=referenced,
    bears_on=bears_on,
    parted=lambda p: (_detach(p), _attach(p)),
    why_not_migra="migra writes a changed bound as a new table and gives indexes of partitions other names",
    ignored={"condition": "follows from the bound", "foreign_keys": "they are the whole table's"},
    keeps_name="has no name",
)
