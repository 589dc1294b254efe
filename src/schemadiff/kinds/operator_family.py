"""Operator families (``pg_opfamily``). Members that belong to no class live in operator_family_member.py."""

from __future__ import annotations

from dataclasses import dataclass

from ..model import Fact
from ..sqltext import ident, qualified
from ._kind import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorFamily(Fact):
    """The path is schema, name and access method, and that is all there is."""


def _name(f: OperatorFamily) -> str:
    *name, method = f.id.path
    return f"{qualified(*name)} using {ident(method)}"


KIND = Kind(
    name="operator_family",
    title="operator families",
    fact=OperatorFamily,
    catalog="pg_opfamily",
    query="""
        select f.oid, array[n.nspname, f.opfname, m.amname]::text[] as path
        from pg_opfamily f join pg_namespace n on n.oid = f.opfnamespace join pg_am m on m.oid = f.opfmethod
        where {user_schema}
    """,
    rank=90,
    create=lambda f, parts, ctx: [f"create operator family {_name(f)}"],
    drop=lambda f, ctx: [f"drop operator family {_name(f)}"],
    address=lambda f: f"operator family {_name(f)}",
    cannot={"privileges": "PostgreSQL grants nothing on it"},
    why_not_migra="migra does not read operator families",
    name_at=-2,
)
