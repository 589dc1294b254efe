"""Operator classes with the operators and functions that belong to them (``pg_opclass``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Fact
from ..sqltext import ident, qualified, words
from ._kind import REPLACE, Context, Kind, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorClass(Fact):
    """The path is schema, name and access method. ``members`` are as CREATE OPERATOR CLASS gives them."""

    default: bool
    type: str
    family: str
    storage: str | None
    members: tuple[str, ...]


def _name(c: OperatorClass) -> str:
    *name, method = c.id.path
    return f"{qualified(*name)} using {ident(method)}"


def create(c: OperatorClass, parts: Sequence[str], ctx: Context) -> Written:
    """A class must hold something: without members and storage it says that it stores its own type."""
    *name, method = c.id.path
    storage = c.storage or (None if c.members else c.type)
    head = words(
        f"create operator class {qualified(*name)}",
        "default" if c.default else None,
        f"for type {c.type} using {ident(method)} family {c.family} as",
    )
    items = [*([f"storage {storage}"] if storage else []), *c.members]
    return [head + "\n    " + ",\n    ".join(items)]


KIND = Kind(
    name="operator_class",
    title="operator classes",
    fact=OperatorClass,
    catalog="pg_opclass",
    query="""
        with members as (
            select d.refobjid as class, 'operator' as what, o.amopstrategy as number, o.oid as amop, 0::oid as amproc,
                   format('operator %s %s', o.amopstrategy, o.amopopr::regoperator) || coalesce((
                       select format(' for order by %I.%I', s.nspname, f.opfname) from pg_opfamily f
                       join pg_namespace s on s.oid = f.opfnamespace where f.oid = o.amopsortfamily), '') as text
            from pg_depend d join pg_amop o on o.oid = d.objid
            where d.classid = 'pg_amop'::regclass and d.refclassid = 'pg_opclass'::regclass
            union all
            select d.refobjid, 'function', p.amprocnum, 0, p.oid,
                   format('function %s (%s, %s) %s', p.amprocnum, format_type(p.amproclefttype, null),
                          format_type(p.amprocrighttype, null), p.amproc::regprocedure)
            from pg_depend d join pg_amproc p on p.oid = d.objid
            where d.classid = 'pg_amproc'::regclass and d.refclassid = 'pg_opclass'::regclass
        )
        select c.oid, array[n.nspname, c.opcname, a.amname]::text[] as path, c.opcdefault as "default",
               format_type(c.opcintype, null) as type, format('%I.%I', fn.nspname, f.opfname) as family,
               case when c.opckeytype <> 0 then format_type(c.opckeytype, null) end as storage,
               array(select m.text from members m where m.class = c.oid
                     order by m.what desc, m.number, m.text collate "C") as members,
               array(select m.amop from members m where m.class = c.oid) as alias_pg_amop,
               array(select m.amproc from members m where m.class = c.oid) as alias_pg_amproc
        from pg_opclass c join pg_namespace n on n.oid = c.opcnamespace join pg_am a on a.oid = c.opcmethod
        join pg_opfamily f on f.oid = c.opcfamily join pg_namespace fn on fn.oid = f.opfnamespace
        where {user_schema}
    """,
    rank=91,
    create=create,
    drop=lambda c, ctx: [f"drop operator class {_name(c)}"],
    changes=dict.fromkeys(("default", "type", "family", "storage", "members"), REPLACE),
    address=lambda c: f"operator class {_name(c)}",
    names=lambda c: [("default operator class", c.id.path[2], c.type)] if c.default else [],
    cannot={"privileges": "PostgreSQL grants nothing on it"},
    why_not_migra="migra does not read operator classes",
    name_at=-2,
)
