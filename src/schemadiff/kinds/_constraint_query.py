"""The question for the constraints of tables. What the answers mean is constraint.py's.

Most constraints have one column, for which an array of its own would take longer to make than all the rest.
"""

from __future__ import annotations

from ._keys import nulls_distinct, of_index
from ._parted import awaited


def query(version: int) -> str:
    """A primary key comes after the NOT NULL of its columns; before PostgreSQL 18 that has the address of the column."""
    text = QUERY.replace("{not_null}", NAMED if version >= 180000 else FLAGS)
    text = text.replace("{not_nulls}", OF_TABLE if version >= 180000 else "")
    text = text.replace("{enforced}", "k.conenforced" if version >= 180000 else "true")
    text = text.replace("{period}", "k.conperiod" if version >= 180000 else "false")
    text = text.replace("{columns}", _columns("k.conkey", "k.conrelid")).replace("{operator}", OPERATOR)
    text = text.replace("{referenced}", _columns("k.confkey", "k.confrelid"))
    text = text.replace("{awaited}", awaited("k.conindid", "c.oid"))
    return of_index(text.replace("{nulls}", nulls_distinct(version)))


def _columns(positions: str, table: str) -> str:
    """The names of columns at positions; most foreign keys have one."""
    return f"""case cardinality({positions}) when 1 then array(
                   select fa.attname::text from pg_attribute fa
                   where fa.attrelid = {table} and fa.attnum = {positions}[1])
               else array(
                   select fa.attname::text from unnest({positions}) with ordinality x (number, n)
                   join pg_attribute fa on fa.attrelid = {table} and fa.attnum = x.number order by x.n) end"""


OPERATOR = """select case when ons.nspname = 'pg_catalog' then o.oprname::text
                            else format('operator(%I.%s)', ons.nspname, o.oprname) end
                     from pg_operator o join pg_namespace ons on ons.oid = o.oprnamespace"""
NAMED = """case when k.contype = 'p' then array(
                   select nn.oids[array_position(nn.numbers, x.number)] from unnest(k.conkey) x (number)) end
                   as ref_pg_constraint"""
OF_TABLE = """left join (
            select conrelid, array_agg(oid) as oids, array_agg(conkey[1]) as numbers
            from pg_constraint where contype = 'n' group by conrelid) nn on nn.conrelid = k.conrelid and k.contype = 'p'"""
FLAGS = """case when k.contype = 'p' then array_fill(k.conrelid, array[cardinality(k.conkey)]) end
                   as ref_pg_constraint,
               case when k.contype = 'p' then k.conkey::int[] end as refsub_pg_constraint"""
QUERY = """
        select k.oid, array[n.nspname, c.relname, k.conname]::text[] as path, k.conrelid as parent_oid,
               k.contype::text as type,
               case when k.contype = 'c' then
                    'CHECK (' || e.said || ')' || case when k.connoinherit then ' NO INHERIT' else '' end
                    || case when {enforced} then '' else ' NOT ENFORCED' end
               when k.convalidated then pg_get_constraintdef(k.oid)
               else regexp_replace(pg_get_constraintdef(k.oid), ' NOT VALID$', '') end as definition,
               k.convalidated or k.contype = 'f' and k.coninhcount > 0 as validated,
               case when k.contype in ('p', 'u', 'x')
                    then coalesce((select reloptions from pg_class where oid = k.conindid), '{}') else '{}' end as options,
               c.relispartition as partition, c.relkind = 'p' as partitioned, k.conislocal as local,
               case when k.contype in ('p', 'u') then pg_get_indexdef(k.conindid) end as index,
               e.said as expression,
               case when k.contype = 'x' or (k.contype in ('p', 'u') and not {period} and {plain})
                    then {keys} else '{}' end as keys,
               case when cardinality(k.conpfeqop) = 1 then array({operator} where o.oid = k.conpfeqop[1])
               when k.contype in ('x', 'f') then array(
                     {operator}
                     join unnest(case k.contype when 'x' then k.conexclop when 'f' then k.conpfeqop end)
                          with ordinality x (oid, n) on x.oid = o.oid order by x.n)
               else '{}' end as operators,
               case when k.contype = 'x' then pg_get_expr(i.indpred, i.indrelid) end as predicate,
               coalesce({nulls}, true) as nulls_distinct,
               case when k.contype = 'f' and not {period} then {columns} else '{}' end as columns,
               case when k.contype = 'f' then array[rn.nspname, rc.relname]::text[] else '{}' end as references,
               case when k.contype = 'f' then {referenced} else '{}' end as referenced,
               k.confmatchtype = 'f' as match_full, coalesce(k.conkey, '{}') as positions,
               c.relkind = 'p' and k.contype in ('p', 'u', 'x') and not i.indisvalid as only,
               case when k.contype in ('p', 'u', 'x') and c.relkind = 'p' then {awaited} when rc.relkind = 'p' then array(
                   select t.relid::oid from pg_partition_tree(k.conindid) t where t.level > 0) end as after_pg_inherits,
               {twins} as after_pg_class,
               {not_null},
               case when k.contype in ('p', 'u', 'x') then array_remove(array[nullif(k.conparentid, 0)], null)
                    when k.coninhcount > 0 then array(
                   select p.oid from pg_inherits i join pg_constraint p on p.conrelid = i.inhparent
                   where i.inhrelid = k.conrelid and p.contype = k.contype
                     and p.conname = k.conname) end as inherited_oid
        from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
        left join pg_index i on i.indexrelid = k.conindid and k.contype in ('p', 'u', 'x')
        left join pg_class rc on rc.oid = k.confrelid and k.contype = 'f'
        left join pg_namespace rn on rn.oid = rc.relnamespace
        left join lateral (
            select pg_get_expr(k.conbin, k.conrelid) as said offset 0) e on k.contype = 'c'
        {not_nulls}
        where k.contype in ('c', 'f', 'p', 'u', 'x') and not (k.contype = 'f' and k.conparentid <> 0)
          and c.relkind in ('r', 'p', 'f') and c.relpersistence <> 't' and {user_schema}
    """
