"""Operators and functions that stand in an operator family and in no class of it (``pg_amop``, ``pg_amproc``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Fact
from ..sqltext import ident, qualified, words
from ._kind import REPLACE, Context, Kind, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorFamilyMember(Fact):
    """The path is the family's, then operator or function, its number, and its two types."""

    member: str
    sort_family: str | None


def _alter(m: OperatorFamilyMember, action: str) -> str:
    schema, name, method, what, number, *_ = m.id.path
    return f"alter operator family {qualified(schema, name)} using {ident(method)} {action} {what} {number}"


def _types(m: OperatorFamilyMember) -> str:
    *_, left, right = m.id.path
    return f"({left}, {right})"


def create(m: OperatorFamilyMember, parts: Sequence[str], ctx: Context) -> Written:
    types = _types(m) if m.id.path[3] == "function" else None
    sort = m.sort_family and f"for order by {m.sort_family}"
    return [words(_alter(m, "add"), types, m.member, sort)]


KIND = Kind(
    name="operator_family_member",
    title="members of operator families",
    fact=OperatorFamilyMember,
    catalog=None,
    parent="pg_opfamily",
    query="""
        with loose as (
            select d.classid, d.objid, d.refobjid as family from pg_depend d
            where d.classid in ('pg_amop'::regclass, 'pg_amproc'::regclass)
              and d.refclassid = 'pg_opfamily'::regclass and d.objid >= 16384
        ), members as (
            select x.family, 'operator' as what, o.amopstrategy as number, o.amoplefttype as l, o.amoprighttype as r,
                   o.amopopr::regoperator::text as member, o.amopsortfamily as sort, o.oid as amop, 0::oid as amproc,
                   o.amopopr as operator, 0::oid as function
            from loose x join pg_amop o on o.oid = x.objid and x.classid = 'pg_amop'::regclass
            union all
            select x.family, 'function', p.amprocnum, p.amproclefttype, p.amprocrighttype,
                   p.amproc::regprocedure::text, 0, 0, p.oid, 0, p.amproc
            from loose x join pg_amproc p on p.oid = x.objid and x.classid = 'pg_amproc'::regclass
        )
        select array[n.nspname, f.opfname, a.amname, m.what, m.number, format_type(m.l, null),
                     format_type(m.r, null)]::text[] as path, f.oid as parent_oid,
               m.member, quote_ident(sn.nspname) || '.' || quote_ident(s.opfname) as sort_family,
               m.operator as ref_pg_operator, m.function as ref_pg_proc,
               m.amop as alias_pg_amop, m.amproc as alias_pg_amproc
        from members m join pg_opfamily f on f.oid = m.family join pg_namespace n on n.oid = f.opfnamespace
        join pg_am a on a.oid = f.opfmethod
        left join pg_opfamily s on s.oid = m.sort left join pg_namespace sn on sn.oid = s.opfnamespace
        where {user_schema}
    """,
    rank=93,
    create=create,
    drop=lambda m, ctx: [f"{_alter(m, 'drop')} {_types(m)}"],
    changes={"member": REPLACE, "sort_family": REPLACE},
    why_not_migra="migra does not read operator families",
    keeps_name="has no name",
)
