"""ALTER DEFAULT PRIVILEGES (``pg_default_acl``), one fact a grantee, where they differ from PostgreSQL's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Fact
from ..sqltext import comma, ident
from ._grants import Held, changes, held, initially, older, summed
from ._kind import Alter, Context, Kind, Written

OBJECTS = {
    "r": "tables",
    "S": "sequences",
    "f": "functions",
    "T": "types",
    "n": "schemas",
    "L": "large objects",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DefaultPrivilege(Fact):
    """The path is the role, the schema or '', the letter of pg_default_acl, and the grantee."""

    privileges: tuple[str, ...]
    grantable: tuple[str, ...]
    initial: tuple[str, ...]


def _write(d: DefaultPrivilege, old: Held, new: Held) -> Written:
    role, schema, letter, grantee = d.id.path
    where = f" in schema {ident(schema)}" if schema else ""
    head = f"alter default privileges for role {ident(role)}{where}"
    to = "public" if grantee == "public" else ident(grantee)
    return changes(old, new, to, lambda verb, names: f"{head} {verb} {comma(names)} on {OBJECTS[letter]}")


def create(d: DefaultPrivilege, parts: Sequence[str], ctx: Context) -> Written:
    return _write(d, initially(d), held(d))


KIND = Kind(
    name="default_privilege",
    title="default privileges",
    everywhere=True,
    fact=DefaultPrivilege,
    catalog=None,
    query="""
        with o as (
            select d.defaclrole as role, d.defaclrole as owner, coalesce(n.nspname::text, '') as schema, d.defaclobjtype as letter,
                   d.defaclnamespace as ref_pg_namespace, d.defaclacl as acl,
                   case when d.defaclnamespace = 0
                        then acldefault(case d.defaclobjtype when 'S' then 's' else d.defaclobjtype end, d.defaclrole)
                        else '{}' end as base
            from pg_default_acl d left join pg_namespace n on n.oid = d.defaclnamespace
        ), {summed}
        select array[pg_get_userbyid(role)::text, schema, letter::text,
                     case when grantee = 0 then 'public' else pg_get_userbyid(grantee)::text end] as path,
               nullif(ref_pg_namespace, 0) as ref_pg_namespace, privileges, grantable, initial
        from grouped where privileges <> initial or grantable <> '{}'
    """.replace("{summed}", summed("o", "role, schema, letter, ref_pg_namespace")),
    rank=320,
    create=create,
    drop=lambda d, ctx: _write(d, held(d), initially(d)),
    changes=dict.fromkeys(
        ("privileges", "grantable", "initial"), Alter(lambda a, b, ctx: _write(b, held(a), held(b)))
    ),
    roles=lambda d: [r for r in (d.id.path[0], d.id.path[3]) if r != "public"],
    older=older,
    why_not_migra="migra does not read default privileges",
    keeps_name="has no name",
)
