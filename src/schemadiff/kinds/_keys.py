"""What an index compares, for the questions whether rows are unique by it.

Owns the columns of the queries that say so, and the questions. Expressions are PostgreSQL's text of the single
columns of an index, with the collation where it makes equal what the column's tells apart, or the other way round.
https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-CATALOG
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model import Id
from ..sqltext import comma, ident
from ._kind import Context
from ._question import Question
from ._standing import MOST, columns_of, holds_rows, is_settled, relation, source

WHOLE = """(select relname from pg_class
                    where oid = coalesce(pg_partition_root({0}.indexrelid), {0}.indexrelid))"""
PLACE = "row(not exists (select from pg_inherits where inhrelid = {0}.indexrelid), " + WHOLE + ")"
TWINS = f"""case when c.relispartition or c.relkind = 'p' then array(
                   select j.indexrelid from pg_index j
                   where j.indrelid = i.indrelid and j.indkey::text = i.indkey::text
                     and j.indexrelid <> i.indexrelid and j.indisunique = i.indisunique
                     and j.indclass::text = i.indclass::text and j.indcollation::text = i.indcollation::text
                     and pg_get_expr(j.indexprs, j.indrelid) is not distinct from pg_get_expr(i.indexprs, i.indrelid)
                     and {PLACE.format("j")} < {PLACE.format("i")}
                     and (c.relkind <> 'p' or not exists (
                         select from pg_inherits p where p.inhparent = j.indrelid and not exists (
                             select from pg_index x join pg_inherits a on a.inhrelid = x.indexrelid
                             where x.indrelid = p.inhrelid and a.inhparent = j.indexrelid)))) end"""
"""Indexes that are like one but for their names and come before it: those of a partitioned table by their names, those of
partitions as these, and what is attached before what is not. A partition that is attached has the first of such attached
to the first; what is made after all partitions, since one lacks it, is none of them."""
KEYS = """coalesce(
                   (select array[quote_ident(ka.attname)] from pg_attribute ka
                    where i.indnkeyatts = 1 and ka.attrelid = i.indrelid and ka.attnum = i.indkey[0]
                      and ka.attcollation = i.indcollation[0]),
                   array(
                   select coalesce(quote_ident(ka.attname), pg_get_indexdef(i.indexrelid, p, false))
                          || case when not coalesce(kc.collisdeterministic and ac.collisdeterministic, true)
                                       and kc.oid is distinct from ac.oid
                                  then ' collate ' || kc.oid::regcollation::text else '' end
                   from generate_series(1, i.indnkeyatts) p
                   left join pg_attribute ka on ka.attrelid = i.indrelid and ka.attnum = i.indkey[p - 1]
                   left join pg_collation kc on kc.oid = i.indcollation[p - 1]
                   left join pg_collation ac on ac.oid = ka.attcollation
                   order by p))"""
"""What an index ``i`` compares, a text for each column. Most have one, and that is a column as it is."""
PLAIN = """not i.indclass::oid[] && array(
                   select o.oid from pg_opclass o where not o.opcdefault and o.opcname !~ '_pattern_ops$')"""
"""Whether it tells values apart as GROUP BY does."""


def of_index(query: str) -> str:
    """A query of an index ``i`` of a table ``c`` with what {keys}, {plain} and {twins} stand for in it."""
    return query.replace("{keys}", KEYS).replace("{plain}", PLAIN).replace("{twins}", TWINS)


def nulls_distinct(version: int) -> str:
    """Whether NULLs differ from one another in an index ``i``; before PostgreSQL 15 they always do."""
    return "not i.indnullsnotdistinct" if version >= 150000 else "true"


def duplicates(
    user: Id, table: Id, keys: Sequence[str], predicate: str | None, *, nulls_distinct: bool, ctx: Context
) -> Iterator[Question]:
    """Whether rows share a key that is to be unique."""
    origin = _origin(user, table, ctx)
    if origin is None or not keys:
        return
    conditions = [f"({predicate})"] if predicate else []
    conditions += [f"{k} is not null" for k in keys] if nulls_distinct else []
    where = f" where {' and '.join(conditions)}" if conditions else ""
    names = [f"k{n}" for n in range(1, len(keys) + 1)]
    inner = comma(f"{key} as {name}" for key, name in zip(keys, names, strict=True))
    shown = comma(f"coalesce(k.{name}::text, 'NULL')" for name in names)
    by = comma(f"k.{name}" for name in names)
    numbers = comma(str(n) for n in range(1, len(keys) + 1))
    yield Question(
        rows=f"select concat_ws(', ', {shown}) as example from (select {inner} from {origin}{where}) k "
        f"group by {by} having count(*) > 1",
        look=f"select {comma(keys)}, count(*) from {origin}{where} group by {numbers} having count(*) > 1 limit {MOST}",
        of=relation(table, ctx),
        what=f"({comma(keys)}) is there more than once",
        unit="key",
    )


def conflicts(
    user: Id,
    table: Id,
    keys: Sequence[str],
    operators: Sequence[str],
    predicate: str | None,
    ctx: Context,
) -> Iterator[Question]:
    """Whether two rows are in each other's way by an exclusion constraint."""
    origin = _origin(user, table, ctx)
    if origin is None or not keys:
        return
    names = [f"k{n}" for n in range(1, len(keys) + 1)]
    inner = comma(f"{key} as {name}" for key, name in zip(keys, names, strict=True))
    where = f" where ({predicate})" if predicate else ""
    # Numbered once: two scans of a table may have its rows in another order.
    rows = f"with r as materialized (select row_number() over () as n, {inner} from {origin}{where})"
    clash = " and ".join(f"a.{name} {op} b.{name}" for name, op in zip(names, operators, strict=True))
    pairs = f"from r a join r b on a.n < b.n and {clash}"
    shown = comma(f"a.{name}, b.{name}" for name in names)
    first = comma(f"a.{name}::text" for name in names)
    yield Question(
        rows=f"{rows} select concat_ws(', ', {first}) as example {pairs}",
        look=f"{rows} select {shown} {pairs} limit {MOST}",
        of=relation(table, ctx),
        what=f"({comma(keys)}) is in conflict by {ident(user.path[-1])}",
        unit="pair of rows",
    )


def _origin(user: Id, table: Id, ctx: Context) -> str | None:
    if not holds_rows(table, ctx) or not is_settled(user, ctx):
        return None
    return source(table, columns_of(user, table, ctx), ctx, only=True)
