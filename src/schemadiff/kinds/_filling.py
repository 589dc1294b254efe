"""New columns whose default differs from row to row, on tables in use: added under another name, filled some pages
at a time, and renamed once every row has its value.

ADD COLUMN with such a default writes the whole table anew under ACCESS EXCLUSIVE. Under its own name a column is
whole from the start, and where a run stopped on the way the other name shows it.
https://www.postgresql.org/docs/current/ddl-alter.html#DDL-ALTER-ADDING-A-COLUMN
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..model import Catalog, Fact, Id
from ..sqltext import dollar, literal, qualified
from ._kind import Context, Statement
from ._rows import heirs

FILL = """ declare filled constant regclass := {table}; field constant name := {column};
    pages constant int := 128; -- in one transaction
    part regclass; batches int; found bigint; many bigint; held text := 'skip locked';
begin
    set local search_path = '';
    loop
        many := 0;
        for part in with recursive parts (oid) as (
                select filled union all select i.inhrelid from pg_inherits i join parts p on p.oid = i.inhparent
            ) select c.oid from parts join pg_class c using (oid) where c.relkind = 'r'
        loop
            batches := pg_relation_size(part) / current_setting('block_size')::bigint / pages;
            for batch in 0 .. batches loop
                execute format('with open as (
                        select ctid from only %1$s where %2$I is null and ctid >= ''(%3$s,0)'' and ctid < ''(%4$s,0)''
                        for no key update %5$s), done as (
                        update only %1$s set %2$I = default where ctid = any (array(select ctid from open))
                        returning %2$I as value)
                    select (select count(*) from open) - count(*) filter (where value is null) from done',
                    part, field, batch::bigint * pages, (batch + 1)::bigint * pages, held) into found;
                many := many + found;
                commit;
                set local search_path = '';
            end loop;
        end loop;
        exit when many = 0 and held = '';
        held := ''; -- rows that others held are waited for
    end loop;
end """
"""Nothing that it needs is made in the database. It passes over the table until it finds no row to fill: rows that
others change meanwhile move, and one that was waited for has moved out of sight. A default that is null counts as
filled. The search path goes with each transaction."""


def fill(table: Id, column: str) -> Statement:
    """The statement that gives each row without a value the default of a column."""
    body = FILL.replace("{table}", literal(qualified(*table.path))).replace("{column}", literal(column))
    return Statement(f"do {dollar(body)}", transactional=False, resumes=True)


def is_filled(column: Fact, ctx: Context) -> bool:
    """Whether a column comes to a table in use, ADD COLUMN with its default would rewrite that, and an UPDATE
    gives the rows their values and does nothing else."""
    default: Any = ctx.after.facts.get(Id("default", column.id.path))
    table = column.parent
    if default is None or not default.volatile or table is None or table.kind != "table":
        return False
    if not ctx.in_use(column) or column.inherited or _has_domain(column, ctx):
        return False
    tables, ends = {table, *heirs(table, ctx.before)}, (ctx.before, ctx.after)
    if tables != {table, *heirs(table, ctx.after)}:
        return False
    published = any(map(_publishes_updates, ends))
    filled = [t for t in tables if t.kind == table.kind]  # rows of a foreign table are not ours
    return all(_comes_along(column, heir, ctx) for heir in tables - {table}) and all(
        _takes_updates(t, end, published) for t in filled for end in ends
    )


def _has_domain(column: Fact, ctx: Context) -> bool:
    """A domain may have a check, and then a column of it is written to every row, whatever its default."""
    return any(i.kind == "domain" for i in ctx.after.references.get(column.id, ()))


def _comes_along(column: Fact, heir: Id, ctx: Context) -> bool:
    """Whether an heir has nothing of the column before, and all of it after."""
    i = Id(column.id.kind, (*heir.path, column.id.path[-1]))
    there = ctx.after.facts.get(i)
    default, theirs = (ctx.after.facts.get(Id("default", c.path)) for c in (column.id, i))
    same = getattr(default, "expression", None) == getattr(theirs, "expression", None)
    return i not in ctx.before.facts and there is not None and not there.local and same


def _publishes_updates(end: Catalog) -> bool:
    found: Iterable[Any] = end.of_kind("publication")
    return any("update" in p.operations for p in found)


def _takes_updates(table: Id, end: Catalog, published: bool) -> bool:
    """Whether an UPDATE of all rows succeeds and sets nothing off: no trigger, rule or policy, and where updates
    are published, rows that can be told apart."""
    fact: Any = end.facts[table]
    parts: list[Any] = [end.facts[i] for i in end.children.get(table, ())]
    disturbs = any(
        p.id.kind in ("rule", "cloned_trigger")
        or (p.id.kind == "trigger" and p.on_update and p.enabled in "OA")
        for p in parts
    )
    if disturbs or fact.force_row_security:
        return False
    identity: Any = end.facts.get(Id("replica_identity", table.path))
    has_key = any(p.id.kind == "constraint" and p.type == "p" for p in parts)
    return not published or (identity.identity != "n" if identity else has_key)
