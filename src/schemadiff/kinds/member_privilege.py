"""Privileges on members of extensions, one fact a grantee, and only where they are not what the extension's own
script gives (``pg_init_privs``). Members themselves are not read; the extension makes them.

A grantee is a role name, ``public`` for PUBLIC (no role can be called so), or '' for the owner."""

from __future__ import annotations

from dataclasses import dataclass

from ._grants import PlacedGrant, changes_there, held, initially, older, roles, summed
from ._kind import Alter, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberPrivilege(PlacedGrant):
    """The path names the member within its extension, so that it stays when the extension moves.
    ``on`` is how GRANT calls it, and ``initial`` what the grantee has from the extension."""


KIND = Kind(
    name="member_privilege",
    title="privileges on members of extensions",
    keeps_name="has no name",
    fact=MemberPrivilege,
    catalog=None,
    parent="pg_extension",
    query="""
        with e as materialized (
            select classid, objid, refobjid as extension from pg_depend
            where deptype = 'e' and refclassid = 'pg_extension'::regclass
        ), o(class, oid, sub, extension, owner, acl, base, word, name, place) as (
            select 'pg_class'::regclass::oid, c.oid, 0, extension, c.relowner, c.relacl,
                   acldefault(case c.relkind when 'S' then 's' else 'r' end::"char", c.relowner),
                   case c.relkind when 'S' then 'sequence' else 'table' end, c.relname::text, c.oid::regclass::text
            from e join pg_class c on e.objid = c.oid and e.classid = 'pg_class'::regclass where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
            union all
            select 'pg_class'::regclass, c.oid, a.attnum, extension, c.relowner, a.attacl, null, 'table', c.relname,
                   c.oid::regclass::text
            from e join pg_class c on e.objid = c.oid and e.classid = 'pg_class'::regclass
            join pg_attribute a on a.attrelid = c.oid where a.attacl is not null and not a.attisdropped
            union all
            select 'pg_proc'::regclass, p.oid, 0, extension, p.proowner, p.proacl, acldefault('f', p.proowner),
                   case p.prokind when 'p' then 'procedure' else 'function' end,
                   p.proname || '(' || array_to_string(array(
                       select t.typname from unnest(p.proargtypes) a join pg_type t on t.oid = a), ', ') || ')',
                   p.oid::regprocedure::text
            from e join pg_proc p on e.objid = p.oid and e.classid = 'pg_proc'::regclass
            union all
            select 'pg_type'::regclass, t.oid, 0, extension, t.typowner, t.typacl, acldefault('T', t.typowner), 'type', t.typname,
                   t.oid::regtype::text
            from e join pg_type t on e.objid = t.oid and e.classid = 'pg_type'::regclass
            union all
            select 'pg_namespace'::regclass, n.oid, 0, extension, n.nspowner, n.nspacl, acldefault('n', n.nspowner), 'schema',
                   n.nspname, quote_ident(n.nspname)
            from e join pg_namespace n on e.objid = n.oid and e.classid = 'pg_namespace'::regclass
            union all
            select 'pg_language'::regclass, l.oid, 0, extension, l.lanowner, l.lanacl, acldefault('l', l.lanowner), 'language',
                   l.lanname, quote_ident(l.lanname)
            from e join pg_language l on e.objid = l.oid and e.classid = 'pg_language'::regclass
            union all
            select 'pg_foreign_data_wrapper'::regclass, f.oid, 0, extension, f.fdwowner, f.fdwacl, acldefault('F', f.fdwowner),
                   'foreign data wrapper', f.fdwname, quote_ident(f.fdwname)
            from e join pg_foreign_data_wrapper f on e.objid = f.oid and e.classid = 'pg_foreign_data_wrapper'::regclass
        ), m as (
            select o.*, i.initprivs,
                   (select attname::text from pg_attribute where attrelid = o.oid and attnum = o.sub)
                       as column
            from o left join pg_init_privs i on i.classoid = o.class and i.objoid = o.oid and i.objsubid = o.sub
            where o.acl is not null or i.initprivs is not null
        ), {summed}
        select array[e.extname, word, name, coalesce("column", ''),
                     case when grantee = 0 then 'public' when grantee = owner then ''
                     else pg_get_userbyid(grantee) end]::text[] as path,
               extension as parent_oid, privileges, grantable, initial, grantors, word || ' ' || place as on,
               pg_get_userbyid(owner)::text as owner
        from grouped join pg_extension e on e.oid = extension
        where privileges <> initial or grantable <> '{}'
    """.replace(
        "{summed}",
        summed(
            "m",
            'extension, word, name, "column", place, owner',
            given="coalesce(acl, base)",
            start="coalesce(initprivs, base)",
        ),
    ),
    rank=312,
    create=lambda p, parts, ctx: changes_there(p, initially(p), held(p), ctx),
    drop=lambda p, ctx: changes_there(p, held(p), initially(p), ctx),
    changes=dict.fromkeys(
        ("privileges", "grantable", "initial"),
        Alter(lambda a, b, ctx: changes_there(b, held(a), held(b), ctx)),
    ),
    roles=roles,
    older=older,
    ignored={
        "grantors": "what is granted again comes from the owner",
        "on": "follows from the member and the schema of its extension",
        "owner": "whoever created the extension",
    },
    why_not_migra="migra does not read members of extensions",
)
