"""Domains (``pg_type``); their checks live in domain_constraint.py."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from ..model import Fact
from ..sqltext import ident, qualified, words
from ._constraint_names import ENDING, is_taken
from ._kind import REPLACE, Alter, Context, Expression, Kind, Written
from ._misfits import nulls
from ._question import Question
from ._standing import columns_of_domain


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain(Fact):
    base: str
    collation: str | None
    not_null: bool
    not_null_name: str | None
    nested: bool = field(compare=False)
    default: Expression | None


def create(d: Domain, parts: Sequence[str], ctx: Context) -> Written:
    return [
        words(
            f"create domain {qualified(*d.id.path)} as {d.base}",
            d.collation and f"collate {d.collation}",
            d.default and f"default {d.default}",
            _not_null(d, _said_name(d, ctx)),
            *parts,
        )
    ]


def _not_null(d: Domain, name: str | None) -> str | None:
    return words(name and f"constraint {ident(name)}", "not null") if d.not_null else None


def _said_name(d: Domain, ctx: Context) -> str | None:
    """Its name where PostgreSQL, from 17 on, would choose another: also while the one that it replaces is there."""
    chosen = f"{d.id.path[-1]}{ENDING}"
    is_anew = d.id in ctx.before.facts and ctx.created(d.id)
    another = ctx.version >= 170000 and (is_anew or is_taken(chosen, d.id.path[0], d.id, ctx))
    return d.not_null_name or (chosen if another else None)


def set_not_null(before: Domain, after: Domain, ctx: Context) -> Written | Literal["replace"]:
    """PostgreSQL refuses it while a column holds the domain in an array or a composite value."""
    if before.nested and after.not_null:
        return REPLACE
    dropped = [*_alter(after, "drop not null")] if before.not_null else []
    if not after.not_null:
        return dropped
    name = _said_name(after, ctx)
    return [*dropped, *_alter(after, f"add {_not_null(after, name)}" if name else "set not null")]


def asks(before: Domain | None, after: Domain | None, ctx: Context) -> Iterator[Question]:
    """Rows without a value, where it becomes NOT NULL."""
    if before is not None and after is not None and after.not_null and not before.not_null:
        for column, _ in columns_of_domain(after.id, ctx):
            yield from nulls(column, ctx)


NESTED = """exists (
                   with recursive holding (type, inside) as (
                       select t.oid, false
                       union
                       select case when d.classid = 'pg_type'::regclass then d.objid else c.reltype end,
                              h.inside or u.typtype is distinct from 'd'
                       from holding h join pg_depend d on d.refclassid = 'pg_type'::regclass and d.refobjid = h.type
                       left join pg_type u on d.classid = 'pg_type'::regclass and u.oid = d.objid
                       left join pg_class c on d.classid = 'pg_class'::regclass and d.objsubid > 0 and c.oid = d.objid
                         and c.reltype <> 0
                       where u.oid is not null or c.oid is not null)
                   select from holding h join pg_depend d on d.refclassid = 'pg_type'::regclass and d.refobjid = h.type
                   join pg_class c on c.oid = d.objid
                   where h.inside and d.classid = 'pg_class'::regclass and d.objsubid > 0
                     and c.relkind in ('r', 'p', 'm', 'f'))"""
"""Whether a column holds it inside of another type, however deep: an array, a range, a composite type, the row of a
table. What is made of it as a domain is no other type (``get_rels_with_domain`` in PostgreSQL)."""


def query(version: int) -> str:
    name = "null::text"
    if version >= 170000:
        name = "(select k.conname::text from pg_constraint k where k.contypid = t.oid and k.contype = 'n' and k.conname <> t.typname || '_not_null')"
    return f"""
        select t.oid, array[n.nspname, t.typname]::text[] as path, t.typarray as alias_pg_type,
               format_type(t.typbasetype, t.typtypmod) as base, t.typnotnull as not_null, {name} as not_null_name,
               {NESTED} as nested,
               case when t.typcollation <> b.typcollation then t.typcollation::regcollation::text end as collation,
               pg_get_expr(t.typdefaultbin, 'pg_type'::regclass) as "default"
        from pg_type t join pg_namespace n on n.oid = t.typnamespace join pg_type b on b.oid = t.typbasetype
        where t.typtype = 'd' and {{user_schema}}
    """


SET_NOT_NULL = Alter(set_not_null)


def _alter(d: Domain, action: str) -> Written:
    return [f"alter domain {qualified(*d.id.path)} {action}"]


KIND = Kind(
    name="domain",
    title="domains",
    fact=Domain,
    catalog="pg_type",
    query=query,
    rank=55,
    create=create,
    asks=asks,
    drop=lambda d, ctx: [f"drop domain {qualified(*d.id.path)}"],
    changes={
        "base": REPLACE,
        "collation": REPLACE,
        "not_null": SET_NOT_NULL,
        "not_null_name": SET_NOT_NULL,
        "default": Alter(
            lambda a, b, ctx: _alter(b, f"set default {b.default}" if b.default else "drop default")
        ),
    },
    address=lambda d: f"domain {qualified(*d.id.path)}",
    names=lambda d: [("pg_type", *d.id.path)],
    older=lambda d, version: d if version >= 170000 else replace(d, not_null_name=None),
    swaps=lambda d, name, ctx: _alter(d, f"rename to {ident(name)}"),
    becomes=frozenset({"enum"}),
    ignored={"nested": "whether a column holds it inside another type"},
    why_not_migra="migra reads domains and never compares them",
)
