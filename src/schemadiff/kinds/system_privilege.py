"""Privileges on what PostgreSQL brings in ``pg_catalog``, and on its languages, one fact a grantee, and only where they are
not what initdb gives (``pg_init_privs``): pg_dump writes just these.

A grantee is a role name, ``public`` for PUBLIC (no role can be called so), or '' for the owner."""

from __future__ import annotations

from dataclasses import dataclass

from ._grants import PlacedGrant, changes_there, held, initially, older, roles, summed
from ._kind import Alter, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemPrivilege(PlacedGrant):
    """The path is the object as GRANT names it, without the schema, its column or '', and the grantee. ``initial`` is what
    the grantee has from initdb."""


KIND = Kind(
    name="system_privilege",
    title="privileges on system objects",
    keeps_name="has no name",
    fact=SystemPrivilege,
    catalog=None,
    query="""
        with o(class, oid, sub, acl) as (
            select 'pg_class'::regclass::oid, oid, 0, relacl from pg_class
            where oid < 16384 and relnamespace = 'pg_catalog'::regnamespace and relkind in ('r', 'v')
            union all
            select 'pg_class'::regclass, a.attrelid, a.attnum, a.attacl
            from pg_attribute a join pg_class c on c.oid = a.attrelid
            where a.attrelid < 16384 and c.relnamespace = 'pg_catalog'::regnamespace and c.relkind in ('r', 'v')
            union all
            select 'pg_proc'::regclass, oid, 0, proacl from pg_proc
            where oid < 16384 and pronamespace = 'pg_catalog'::regnamespace
            union all
            select 'pg_type'::regclass, oid, 0, typacl from pg_type
            where oid < 16384 and typnamespace = 'pg_catalog'::regnamespace
            union all
            select 'pg_namespace'::regclass, oid, 0, nspacl from pg_namespace where oid = 'pg_catalog'::regnamespace
            union all
            select 'pg_language'::regclass, oid, 0, lanacl from pg_language where oid < 16384
        ), m as materialized (
            select o.*, i.initprivs
            from o left join pg_init_privs i on i.classoid = o.class and i.objoid = o.oid and i.objsubid = o.sub
            where o.acl is distinct from i.initprivs
              -- plpgsql comes with PostgreSQL, as an extension that is no fact
              and not exists (select from pg_depend d join pg_extension e on e.oid = d.refobjid
                              where d.classid = o.class and d.objid = o.oid and d.deptype = 'e' and e.extname <> 'plpgsql')
        ), named(class, oid, owner, letter, word, schema, name) as (
            select 'pg_class'::regclass::oid, oid, relowner, 'r', 'table', 'pg_catalog.', quote_ident(relname)
            from pg_class where oid in (select oid from m)
            union all
            select 'pg_proc'::regclass, oid, proowner, 'f', case prokind when 'p' then 'procedure' else 'function' end,
                   'pg_catalog.', oid::regprocedure::text
            from pg_proc where oid in (select oid from m)
            union all
            select 'pg_type'::regclass, oid, typowner, 'T', 'type', 'pg_catalog.', quote_ident(typname)
            from pg_type where oid in (select oid from m)
            union all
            select 'pg_namespace'::regclass, oid, nspowner, 'n', 'schema', '', quote_ident(nspname)
            from pg_namespace where oid in (select oid from m)
            union all
            select 'pg_language'::regclass, oid, lanowner, 'l', 'language', '', quote_ident(lanname)
            from pg_language where oid in (select oid from m)
        ), placed as (
            select m.sub, m.acl, m.initprivs, n.*, case when m.sub = 0 then acldefault(n.letter::"char", n.owner) end as base,
                   (select attname::text from pg_attribute where attrelid = m.oid and attnum = m.sub and m.sub <> 0)
                       as "column"
            from m join named n using (class, oid)
        ), {summed}
        select array[word, name, coalesce("column", ''),
                     case when grantee = 0 then 'public' when grantee = owner then ''
                     else pg_get_userbyid(grantee) end]::text[] as path,
               privileges, grantable, initial, grantors, word || ' ' || schema || name as on, pg_get_userbyid(owner)::text as owner
        from grouped where privileges <> initial or grantable <> '{}'
    """.replace(
        "{summed}",
        summed(
            "placed",
            'word, schema, name, "column", owner',
            given="coalesce(acl, base)",
            start="coalesce(initprivs, base)",
        ),
    ),
    rank=313,
    create=lambda p, parts, ctx: changes_there(p, initially(p), held(p), ctx),
    drop=lambda p, ctx: changes_there(p, held(p), initially(p), ctx),
    changes=dict.fromkeys(
        ("privileges", "grantable", "initial"),
        Alter(lambda a, b, ctx: changes_there(b, held(a), held(b), ctx)),
    ),
    on_request=True,
    roles=roles,
    older=older,
    ignored={
        "grantors": "what is granted again comes from the owner",
        "on": "follows from the path",
        "owner": "whoever ran initdb",
    },
    why_not_migra="migra does not read system objects",
)
