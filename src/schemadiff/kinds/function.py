"""Functions, procedures and window functions (``pg_proc``). Aggregates live in aggregate.py."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ..model import Catalog, Fact, Id
from ..sqltext import comma, items, qualified
from ._kind import REPLACE, Alter, Context, Expression, Kind, Written

WORDS = {"f": "function", "w": "function", "p": "procedure"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Function(Fact):
    """``arguments`` are modes and names; ``defaults`` how many arguments have one. ``definer`` says that it runs with
    the rights of its owner (SECURITY DEFINER), ``settings`` with which settings, as ``name=value``. ``hollow`` is its
    definition with a body that uses nothing, where pg_depend knows what its own uses (``BEGIN ATOMIC``, ``RETURN``)."""

    type: str
    result: str | None
    arguments: tuple[str, ...]
    defaults: int
    definition: Expression
    definer: bool = field(compare=False)
    settings: tuple[str, ...] = field(compare=False)
    hollow: str | None = field(compare=False)


def signature(f: Function) -> str:
    """How statements call it. Of a procedure each argument is said to be one that comes in: without such a word, PostgreSQL
    takes the types for all arguments too, also those that only go out, and finds two.

    https://www.postgresql.org/docs/current/sql-dropprocedure.html"""
    *name, arguments = f.id.path
    if f.type == "p":
        arguments = comma(f"in {one}" for one in items(arguments))
    return f"{qualified(*name)}({arguments})"


def create(f: Function, parts: Sequence[str], ctx: Context) -> Written:
    return [f.definition]


def change(before: Function, after: Function, ctx: Context) -> Written | Literal["replace"]:
    """CREATE OR REPLACE keeps name, result and argument names, and takes no default away."""
    kept = (before.type, before.result, before.arguments) == (after.type, after.result, after.arguments)
    return [after.definition] if kept and after.defaults >= before.defaults else REPLACE


def carriers(f: Function, origin: Catalog) -> Iterable[Id]:
    """A base type takes the functions that it is made of along."""
    for used in origin.references.get(f.id, ()):
        if used.kind == "base_type" and f.id in origin.references.get(used, ()):
            yield used


def overloads(functions: Sequence[Function], catalog: Catalog) -> Iterator[Id]:
    """Others of the same names: a call, or a statement, may mean one or the other."""
    names = {f.id.path[:-1] for f in functions}
    yield from (i for i in catalog.ids_of("function") if i.path[:-1] in names)


def stand_in(f: Function, ctx: Context) -> Written:
    """The same with a body that is a string, which uses nothing until it is called."""
    return [f.hollow] if f.hollow else []


CHANGE = Alter(change)

KIND = Kind(
    name="function",
    title="functions",
    fact=Function,
    catalog="pg_proc",
    query="""
        select p.oid,
               array[n.nspname, p.proname,
                     array_to_string(array(select format_type(t, null) from unnest(p.proargtypes) t), ', ')]::text[]
                   as path,
               p.prokind::text as type, pg_get_function_result(p.oid) as result,
               array(select coalesce(p.proargmodes[i], 'i')::text || ' ' || coalesce(p.proargnames[i], '')
                     from generate_series(1, coalesce(array_length(p.proargnames, 1), 0)) i) as arguments,
               p.pronargdefaults::int as defaults, rtrim(pg_get_functiondef(p.oid), E'\\n') as definition,
               p.prosecdef as definer, coalesce(p.proconfig, '{}') as settings,
               case when p.prosqlbody is not null then
                   format('create or replace %s %I.%I(%s)%s language sql%s as %L',
                          case p.prokind when 'p' then 'procedure' else 'function' end, n.nspname, p.proname,
                          pg_get_function_arguments(p.oid), ' returns ' || pg_get_function_result(p.oid),
                          case when p.prokind = 'f' then
                              case p.provolatile when 'i' then ' immutable' when 's' then ' stable' end end,
                          'select null' || coalesce((select '::' || format_type(t.oid, null) from pg_type t
                                            where t.oid = p.prorettype and t.typtype <> 'p'), ''))
               end as hollow
        from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where p.prokind <> 'a' and {user_schema} and not exists (
            select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'i')
    """,
    rank=80,
    create=create,
    drop=lambda f, ctx: [f"drop {WORDS[f.type]} {signature(f)}"],
    changes=dict.fromkeys(("type", "result", "arguments", "defaults", "definition"), CHANGE),
    address=lambda f: f"{WORDS[f.type]} {signature(f)}",
    overloads=True,
    bears_on=overloads,
    breaks=stand_in,
    lets_go=stand_in,
    ignored=dict.fromkeys(("definer", "settings", "hollow"), "follows from the definition"),
    opaque=True,
    goes_with=carriers,
    names=lambda f: [("pg_proc", *f.id.path)],
    migra=frozenset({"create", "replace"}),
    why_not_migra="migra drops with IF EXISTS, which hides a signature that is wrong",
    name_at=-2,
)
