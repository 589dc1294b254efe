"""Aggregates (``pg_aggregate``). PostgreSQL deparses none, so its parameters are read one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..model import Fact
from ..sqltext import block, qualified
from ._kind import REPLACE, Context, Kind, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate(Fact):
    arguments: str
    parameters: tuple[str, ...]
    types: str = field(compare=False)


def _name(a: Aggregate) -> str:
    return qualified(*a.id.path[:2])


def create(a: Aggregate, parts: Sequence[str], ctx: Context) -> Written:
    return [block(f"create aggregate {_name(a)}({a.arguments})", a.parameters)]


KIND = Kind(
    name="aggregate",
    title="aggregates",
    fact=Aggregate,
    catalog="pg_proc",
    query="""
        select p.oid, array[n.nspname, p.proname, coalesce(nullif(pg_get_function_identity_arguments(p.oid), ''), '*')]
                      ::text[] as path,
               coalesce(nullif(pg_get_function_arguments(p.oid), ''), '*') as arguments,
               array_to_string(array(select format_type(t, null) from unnest(p.proargtypes) t), ', ') as types,
               array_remove(array[
                   'sfunc = ' || a.aggtransfn, 'stype = ' || format_type(a.aggtranstype, null),
                   'sspace = ' || nullif(a.aggtransspace, 0),
                   'finalfunc = ' || nullif(a.aggfinalfn::text, '-'),
                   case when a.aggfinalextra then 'finalfunc_extra' end,
                   case when a.aggfinalfn <> 0 then 'finalfunc_modify = ' || m.w[strpos('rsw', a.aggfinalmodify::text)] end,
                   'combinefunc = ' || nullif(a.aggcombinefn::text, '-'),
                   'serialfunc = ' || nullif(a.aggserialfn::text, '-'),
                   'deserialfunc = ' || nullif(a.aggdeserialfn::text, '-'),
                   'initcond = ' || quote_literal(a.agginitval),
                   'msfunc = ' || nullif(a.aggmtransfn::text, '-'),
                   'minvfunc = ' || nullif(a.aggminvtransfn::text, '-'),
                   case when a.aggmtranstype <> 0 then 'mstype = ' || format_type(a.aggmtranstype, null) end,
                   'msspace = ' || nullif(a.aggmtransspace, 0),
                   'mfinalfunc = ' || nullif(a.aggmfinalfn::text, '-'),
                   case when a.aggmfinalextra then 'mfinalfunc_extra' end,
                   case when a.aggmfinalfn <> 0 then 'mfinalfunc_modify = ' || m.w[strpos('rsw', a.aggmfinalmodify::text)] end,
                   'minitcond = ' || quote_literal(a.aggminitval),
                   case when a.aggsortop <> 0 then 'sortop = operator(' || (
                       select quote_ident(sn.nspname) || '.' || o.oprname from pg_operator o
                       join pg_namespace sn on sn.oid = o.oprnamespace where o.oid = a.aggsortop) || ')' end,
                   case p.proparallel when 's' then 'parallel = safe' when 'r' then 'parallel = restricted' end,
                   case when a.aggkind = 'h' then 'hypothetical' end], null) as parameters
        from pg_aggregate a join pg_proc p on p.oid = a.aggfnoid join pg_namespace n on n.oid = p.pronamespace,
        lateral (select array['read_only', 'shareable', 'read_write'] as w) m
        where {user_schema}
    """,
    rank=85,
    create=create,
    names=lambda a: [("pg_proc", *a.id.path[:2], a.types)],
    drop=lambda a, ctx: [f"drop aggregate {_name(a)}({a.id.path[2]})"],
    changes={"arguments": REPLACE, "parameters": REPLACE},
    overloads=True,
    address=lambda a: f"aggregate {_name(a)}({a.id.path[2]})",
    grants=lambda a: f"function {_name(a)}({a.types})",
    ignored={"types": "follows from the identity"},
    why_not_migra="migra does not read aggregates",
    name_at=-2,
)
