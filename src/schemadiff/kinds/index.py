"""Indexes that back no constraint (``pg_index``). Those of constraints belong to constraint.py.

Attaching a partition attaches or makes its indexes; one that has none of an ``only`` index is attached before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from ..model import Catalog, Fact, Id
from ..sqltext import ident, qualified, words
from ._concurrently import above_partitions, aside, concurrently, made_as
from ._keys import duplicates, nulls_distinct, of_index
from ._kind import REPLACE, Alter, Context, Expression, Kind, Statement, Written
from ._parted import awaited
from ._question import Question
from ._tablespaces import indexed, place_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Index(Fact):
    """``valid`` is false for what a failed concurrent build leaves; the index of a partitioned table, which is
    invalid until each partition has its own, counts as valid."""

    definition: Expression
    statistics: tuple[str, ...]
    valid: bool
    predicate: Expression | None = field(compare=False)
    keys: tuple[str, ...] = field(compare=False)
    """What it compares, where it is unique; empty where it is not, and where nobody can ask that of rows."""
    nulls_distinct: bool = field(compare=False)
    unique: bool = field(compare=False)
    positions: tuple[int, ...] = field(compare=False)
    """Of the columns that it is sorted by (pg_index.indkey), 0 for an expression."""
    method: str = field(compare=False)
    only: bool = field(compare=False)
    """Whether some partition has no part in it (ON ONLY): PostgreSQL would make it when it rebuilds the index."""


def create(i: Index, parts: Sequence[str], ctx: Context) -> Written:
    built = concurrently(i.definition, i.id.path, "")
    made = Statement(_placed(i, ctx), hazards=built.hazards if built else ())
    return [made, *_statistics(i.statistics, i)]


def _placed(i: Index, ctx: Context) -> str:
    return indexed(i.definition, i.predicate, i.id, ctx)


def online(i: Index, ctx: Context) -> Sequence[Statement] | None:
    """Built while its table is written to. A partitioned table has an index of its own that holds nothing."""
    built = concurrently(_placed(i, ctx), i.id.path, i.id.path[-1])
    return [built, *map(Statement, _statistics(i.statistics, i))] if built else None


def beside(before: Index, after: Index, ctx: Context) -> Sequence[Statement] | None:
    """The old index serves queries until the new one does. What comes to be attached to an index that is made too
    is made together with that."""
    schema, name = after.id.path
    new, old = aside(after.id, "__new", ctx), aside(after.id, "__old", ctx)
    built = concurrently(_placed(after, ctx), (schema, name), new)
    if built is None or not _is_plain(before) or any(map(ctx.created, after.inherited)):
        return None
    return [
        built,
        Statement(f"alter index {qualified(schema, name)} rename to {ident(old)}"),
        Statement(f"alter index {qualified(schema, new)} rename to {ident(name)}"),
        *map(Statement, _statistics(after.statistics, after)),
        _dropped((schema, old)),
    ]


def ahead(i: Index, ctx: Context) -> Sequence[Statement] | None:
    """That of a partitioned table is valid once those of all partitions are attached to it."""
    placed, name = _placed(i, ctx), made_as(i.id, ctx)
    made = concurrently(placed, i.id.path, name) or above_partitions(placed, i.id.path, name)
    return None if made is None else [made]


def takes_over(i: Index, ctx: Context) -> Sequence[Statement]:
    schema, name = i.id.path
    made = made_as(i.id, ctx)
    renamed = [f"alter index {qualified(schema, made)} rename to {ident(name)}"] if made != name else []
    return [*map(Statement, (*renamed, *_statistics(i.statistics, i)))]


def online_drop(i: Index, ctx: Context) -> Sequence[Statement] | None:
    """That of a partitioned table takes those of the partitions along, which PostgreSQL does under a strong lock."""
    if i.inherited:
        return None
    return [_dropped(i.id.path, "INDEX_DROPPED")] if _is_plain(i) else drop(i, ctx)


def _dropped(path: tuple[str, ...], *hazards: str) -> Statement:
    gone = f"drop index concurrently {qualified(*path)}"
    return Statement(gone, transactional=False, hazards=hazards, drops=path)


def _is_plain(i: Index) -> bool:
    """Whether it is neither the index of a partitioned table nor attached to one."""
    return concurrently(i.definition, i.id.path, "") is not None and not i.inherited


def drop(i: Index, ctx: Context) -> Sequence[Statement]:
    """PostgreSQL lets go of a key of a partition that is attached to a plain index by CASCADE alone."""
    cascade = "cascade" if _has_keys(i.id, ctx.before) else None
    return [Statement(words("drop index", qualified(*i.id.path), cascade), hazards=("INDEX_DROPPED",))]


def asks(before: Index | None, after: Index | None, ctx: Context) -> Iterator[Question]:
    """Rows that share a key of a unique one."""
    if after is None or concurrently(after.definition, after.id.path, "") is None or after.parent is None:
        return
    if before is None or (before.definition, before.valid) != (after.definition, after.valid):
        distinct = after.nulls_distinct
        yield from duplicates(
            after.id, after.parent, after.keys, after.predicate, nulls_distinct=distinct, ctx=ctx
        )


def _has_keys(index: Id, origin: Catalog) -> bool:
    attached = [i for i in origin.dependents.get(index, ()) if i.kind in ("index", "constraint_index")]
    return any(i.kind == "constraint_index" or _has_keys(i, origin) for i in attached)


def _statistics(targets: Sequence[str], i: Index) -> list[str]:
    return [f"alter index {qualified(*i.id.path)} alter column {target}" for target in targets]


def set_statistics(before: Index, after: Index, ctx: Context) -> Written:
    kept = {target.split()[0] for target in after.statistics}
    gone = [f"{t.split()[0]} set statistics -1" for t in before.statistics if t.split()[0] not in kept]
    return _statistics([*gone, *(t for t in after.statistics if t not in before.statistics)], after)


def repair(before: Index, after: Index, ctx: Context) -> Written | Literal["replace"]:
    """Nothing makes an index invalid again: to leave it valid is the better way back. One that is attached
    before it is valid would leave the index of the whole table invalid."""
    if not after.valid:
        return []
    if after.inherited and not before.inherited:
        return REPLACE
    how = "concurrently " if ctx.in_use(after) else ""
    built = f"reindex index {how}{qualified(*after.id.path)}"
    return [Statement(built, transactional=not how, hazards=("INDEX_BUILD",), rebuilds=after.id.path)]


QUERY = """
        select x.oid, array[n.nspname, x.relname]::text[] as path, i.indrelid as parent_oid,
               pg_get_indexdef(x.oid) as definition,
               case when i.indexprs is null then '{}' else array(
                     select a.attnum || ' set statistics ' || a.attstattarget from pg_attribute a
                     where a.attrelid = x.oid and a.attstattarget >= 0 order by a.attnum) end as statistics,
               i.indisvalid or x.relkind = 'I' as valid,
               case when i.indpred is not null then pg_get_expr(i.indpred, i.indrelid) end as predicate,
               case when i.indisunique and {plain} then {keys} else '{}' end as keys, {nulls} as nulls_distinct,
               i.indisunique as unique, (i.indkey::int2[])[0:i.indnkeyatts - 1] as positions,
               (select amname::text from pg_am where oid = x.relam) as method,
               x.relkind = 'I' and not i.indisvalid as only,
               case when x.relkind = 'I' then {awaited}
                    when c.relispartition and not exists (select from pg_inherits h where h.inhrelid = x.oid)
                    then array[i.indrelid] end as after_pg_inherits,
               {twins} as after_pg_class,
               not exists (select from pg_inherits h where h.inhrelid = x.oid) as local,
               array(select h.inhparent from pg_inherits h where h.inhrelid = x.oid) as inherited_oid
        from pg_index i join pg_class x on x.oid = i.indexrelid join pg_namespace n on n.oid = x.relnamespace
        join pg_class c on c.oid = i.indrelid
        where c.relpersistence <> 't' and {user_schema}
          and not exists (select from pg_constraint k where k.conindid = x.oid and k.contype in ('p', 'u', 'x'))
    """

KIND = Kind(
    name="index",
    title="indexes",
    cost=15,
    fact=Index,
    catalog="pg_class",
    parent="pg_class",
    query=lambda version: of_index(
        QUERY.replace("{nulls}", nulls_distinct(version)).replace("{awaited}", awaited("x.oid", "i.indrelid"))
    ),
    rank=145,
    create=create,
    drop=drop,
    online=online,
    online_drop=online_drop,
    beside=beside,
    whole_ahead=ahead,
    asks=asks,
    takes_over=takes_over,
    changes={"definition": REPLACE, "statistics": Alter(set_statistics), "valid": Alter(repair)},
    skeleton=lambda i: replace(i, valid=True),
    settled=("valid", True),
    address=lambda i: f"index {qualified(*i.id.path)}",
    names=lambda i: [("pg_class", *i.id.path)],
    follows_retype=lambda i, before, after: not i.only,
    attaches=lambda i: True,
    migra=frozenset({"create"}),
    migra_when=lambda i, ctx: not i.statistics and place_of(i.id, ctx) is None,
    ignored={
        **dict.fromkeys(
            ("predicate", "keys", "nulls_distinct", "unique", "positions", "method"),
            "follows from the definition",
        ),
        "only": "follows from what is attached to it, which is a fact of its own",
    },
    cannot={
        "owner": "it belongs to whoever owns what it stands on",
        "privileges": "PostgreSQL grants nothing on it",
    },
    why_not_migra="migra drops with IF EXISTS, which hides a name that is wrong",
)
