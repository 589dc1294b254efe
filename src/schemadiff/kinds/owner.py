"""Who owns an object (the owner columns of the catalogs). What follows the owner of a table has none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..model import Fact, Id
from ..sqltext import ident
from ._kind import Alter, Context, Kind, Statement, Written
from ._owning import column_of, owner_of, table_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner(Fact):
    role: str


def set_owner(o: Owner, ctx: Context) -> Written:
    kind, *path = o.id.path
    target = ctx.address(Id(kind, tuple(path)))
    return [Statement(f"alter {target} owner to {ident(o.role)}", hazards=("AUTHZ_UPDATE",))]


def create(o: Owner, parts: Sequence[str], ctx: Context) -> Written:
    """A sequence that no column owns any more keeps the owner of the table, unless that gets another one."""
    kind, *path = o.id.path
    owned = Id(kind, tuple(path))
    if kind == "sequence" and (column := column_of(owned.path, ctx)):
        table = table_of(column, ctx)
        after = ctx.after.facts.get(Id("owner", (table.kind, *table.path)))
        if owner_of(owned, ctx) == o.role == getattr(after, "role", o.role):
            return []
    return set_owner(o, ctx)


def implied(fact: Fact, ctx: Context) -> Iterable[Owner]:
    """What a role creates it owns."""
    target = Id("owner", (fact.id.kind, *fact.id.path))
    if target in ctx.after.facts or target in ctx.before.facts:
        yield Owner(id=target, parent=fact.id, role=ctx.role)


def owned_sequences(o: Owner, ctx: Context) -> Iterator[Id]:
    """What ties sequences to the columns of a table: they get its old owner first, and the new one with it."""
    kind, *path = o.id.path
    for part in ctx.after.children.get(Id(kind, tuple(path)), ()):
        yield from ctx.after.having("owned_by", "column", part.path)


KIND = Kind(
    name="owner",
    title="owners",
    fact=Owner,
    catalog=None,
    satellite=True,
    query="""
        select 'pg_class'::regclass::oid as target_class, c.oid as target_oid, 0 as target_sub,
               pg_get_userbyid(c.relowner)::text as role
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f', 'c') and {user_schema} and not (
            c.relkind = 'S' and exists (select from pg_depend d where d.classid = 'pg_class'::regclass
                and d.objid = c.oid and d.deptype in ('a', 'i') and d.refclassid = 'pg_class'::regclass))
        union all
        select 'pg_proc'::regclass, p.oid, 0, pg_get_userbyid(p.proowner)
        from pg_proc p join pg_namespace n on n.oid = p.pronamespace where {user_schema}
        union all
        select 'pg_type'::regclass, t.oid, 0, pg_get_userbyid(t.typowner)
        from pg_type t join pg_namespace n on n.oid = t.typnamespace
        where (t.typtype in ('e', 'd', 'r', 'p')
               or t.typtype = 'b' and not exists (select from pg_type e where e.typarray = t.oid)) and {user_schema}
        union all
        select 'pg_namespace'::regclass, n.oid, 0, pg_get_userbyid(n.nspowner) from pg_namespace n where {user_schema}
        union all
        select 'pg_statistic_ext'::regclass, s.oid, 0, pg_get_userbyid(s.stxowner)
        from pg_statistic_ext s join pg_namespace n on n.oid = s.stxnamespace where {user_schema}
        union all
        select 'pg_collation'::regclass, x.oid, 0, pg_get_userbyid(x.collowner)
        from pg_collation x join pg_namespace n on n.oid = x.collnamespace where {user_schema}
        union all
        select 'pg_conversion'::regclass, x.oid, 0, pg_get_userbyid(x.conowner)
        from pg_conversion x join pg_namespace n on n.oid = x.connamespace where {user_schema}
        union all
        select 'pg_operator'::regclass, x.oid, 0, pg_get_userbyid(x.oprowner)
        from pg_operator x join pg_namespace n on n.oid = x.oprnamespace where {user_schema}
        union all
        select 'pg_opclass'::regclass, x.oid, 0, pg_get_userbyid(x.opcowner)
        from pg_opclass x join pg_namespace n on n.oid = x.opcnamespace where {user_schema}
        union all
        select 'pg_opfamily'::regclass, x.oid, 0, pg_get_userbyid(x.opfowner)
        from pg_opfamily x join pg_namespace n on n.oid = x.opfnamespace where {user_schema}
        union all
        select 'pg_ts_dict'::regclass, x.oid, 0, pg_get_userbyid(x.dictowner)
        from pg_ts_dict x join pg_namespace n on n.oid = x.dictnamespace where {user_schema}
        union all
        select 'pg_ts_config'::regclass, x.oid, 0, pg_get_userbyid(x.cfgowner)
        from pg_ts_config x join pg_namespace n on n.oid = x.cfgnamespace where {user_schema}
        union all
        select 'pg_language'::regclass, oid, 0, pg_get_userbyid(lanowner) from pg_language where lanispl
        union all
        select 'pg_foreign_data_wrapper'::regclass, oid, 0, pg_get_userbyid(fdwowner) from pg_foreign_data_wrapper
        union all
        select 'pg_foreign_server'::regclass, oid, 0, pg_get_userbyid(srvowner) from pg_foreign_server
        union all
        select 'pg_publication'::regclass, oid, 0, pg_get_userbyid(pubowner) from pg_publication
        union all
        select 'pg_subscription'::regclass, oid, 0, pg_get_userbyid(subowner) from pg_subscription
        union all
        select 'pg_event_trigger'::regclass, oid, 0, pg_get_userbyid(evtowner) from pg_event_trigger
    """,
    cost=3,
    rank=290,
    create=create,
    drop=None,
    changes={"role": Alter(lambda a, b, ctx: set_owner(b, ctx))},
    implied=implied,
    changes_after=owned_sequences,
    roles=lambda o: [o.role],
    why_not_migra="migra does not read owners",
    keeps_name="belongs to what it owns",
)
