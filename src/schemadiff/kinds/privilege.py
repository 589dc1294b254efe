"""Privileges on objects and columns (the acl columns of the catalogs), one fact a grantee, and only where
they are not what PostgreSQL gives by itself (``acldefault``).

A grantee is a role name, ``public`` for PUBLIC (no role can be called so), or '' for the owner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from ..model import Catalog, Fact, Id
from ..sqltext import ident
from ._grants import Held, Kept, changes_among, held, initially, lost, older, roles, said, summed
from ._kind import Alter, Context, Kind, Statement, Written

PUBLIC_HAS = {"f": ("EXECUTE",), "T": ("USAGE",)}
CLASSES = {
    "table": "r", "view": "r", "materialized_view": "r", "foreign_table": "r", "sequence": "S", "identity_sequence": "S", "function": "f",
    "aggregate": "f", "enum": "T", "domain": "T", "range_type": "T", "composite_type": "T", "base_type": "T", "schema": "n",
}  # fmt: skip
COLUMNS = ("column", "view_column")
HAVE_ROWS = ("table", "materialized_view", "foreign_table")


@dataclass(frozen=True, slots=True, kw_only=True)
class Privilege(Fact):
    """``initial`` is what the grantee has without any GRANT or REVOKE. ``grantors`` are the roles but the owner that have
    granted some of it."""

    privileges: tuple[str, ...]
    grantable: tuple[str, ...]
    initial: tuple[str, ...]
    grantors: tuple[str, ...] = field(compare=False)


def owner_has(letter: str, version: int) -> tuple[str, ...]:
    """All privileges on a class of objects, sorted (``acldefault``)."""
    maintain = ("MAINTAIN",) if version >= 170000 else ()
    return {
        "r": tuple(
            sorted(("DELETE", "INSERT", "REFERENCES", "SELECT", "TRIGGER", "TRUNCATE", "UPDATE", *maintain))
        ),
        "S": ("SELECT", "UPDATE", "USAGE"),
        "f": ("EXECUTE",),
        "T": ("USAGE",),
        "n": ("CREATE", "USAGE"),
    }[letter]


def grantee_name(name: str, owner: str) -> str:
    return "public" if name == "public" else ident(name or owner)


def write(p: Privilege, old: Held, new: Held, ctx: Context) -> Written:
    """The owner of what the applying role creates is whoever that is: another one, where a dump is loaded. What
    goes away goes from the old owner, before there is a new one."""
    owned, grantee = _owned(p, ctx), p.id.path[-1]
    holder = Id("owner", (owned.kind, *owned.path))
    ends = (
        (ctx.before, ctx.after)
        if p.id not in ctx.after.facts and not ctx.created(owned)
        else (ctx.after, ctx.before)
    )
    owner = ends[0].facts.get(holder) or ends[1].facts.get(holder)
    role = str(getattr(owner, "role", ctx.role))
    name = (
        "current_user"
        if not grantee and role == ctx.role and ctx.created(owned)
        else grantee_name(grantee, role)
    )

    def kept(other: Privilege) -> Kept:
        return held(other), grantee_name(other.id.path[-1], role), partial(_said, other, ctx)

    others = [other for other in _here(p, ctx.after) if other.id != p.id] if lost(old, new) else []
    own = (kept(other) for other in others if _column(other) != _column(p) and other.id.path[-1] == grantee)
    before = () if ctx.created(owned) else _here(p, ctx.before)
    return changes_among(old, new, name, partial(_said, p, ctx), before, map(kept, others), own)


def _said(p: Privilege, ctx: Context, verb: str, names: Iterable[str]) -> str:
    return said(verb, names, _column(p), ctx.grant_address(_target(p)))


def _column(p: Privilege) -> str | None:
    return p.id.path[-2] if p.id.path[0] in COLUMNS or _is_of_system_column(p.id) else None


def _owned(p: Privilege, ctx: Context) -> Id:
    """What has an owner: the object, or that of the column."""
    target = _target(p)
    return (ctx.fact(target).parent if target.kind in COLUMNS else None) or target


def _target(p: Privilege) -> Id:
    """What it is on; of a system column the table."""
    kind, *path, _ = p.id.path
    return Id(kind, tuple(path[:-1] if _is_of_system_column(p.id) else path))


def _here(p: Privilege, catalog: Catalog) -> Iterator[Privilege]:
    """What there is on the same object, and on its columns, or on the same column."""
    parts = catalog.children.get(p.parent, ()) if p.parent else ()
    of_columns = (i for part in parts if part.kind in COLUMNS for i in catalog.children.get(part, ()))
    for i in (*parts, *of_columns):
        found = catalog.facts[i] if i.kind == p.id.kind else None
        if isinstance(found, Privilege) and _column(p) in (None, _column(found)):
            yield found


def _is_of_system_column(i: Id) -> bool:
    """Whether it is one on ``ctid``, ``tableoid`` and so on, which are no facts: their names follow that of the table."""
    return i.kind == "privilege" and i.path[0] in HAVE_ROWS and len(i.path) == 5


def create(p: Privilege, parts: Sequence[str], ctx: Context) -> list[Statement]:
    return list(write(p, initially(p), held(p), ctx))  # type: ignore[arg-type]


def implied(fact: Fact, ctx: Context) -> Iterable[Privilege]:
    """What ALTER DEFAULT PRIVILEGES of the applying role gives to a new object. That role's become those of whoever
    comes to own it, beside what this one has been given."""
    letter = CLASSES.get(fact.id.kind)
    if letter is None:
        return
    rows = ctx.default_privileges(letter, fact.id.path[0] if len(fact.id.path) > 1 else "")
    owner = getattr(ctx.after.facts.get(Id("owner", (fact.id.kind, *fact.id.path))), "role", ctx.role)
    grantees = {d.id.path[3] for d in rows}
    merged: dict[str, tuple[set[str], set[str], set[str]]] = {}
    for grantee in sorted(grantees | ({ctx.role} if owner in grantees else set())):
        mine = [d for d in rows if d.id.path[3] == grantee]
        name = "" if grantee in (ctx.role, owner) else grantee
        found = merged.setdefault(name, (set(), set(), set()))
        for some, more in zip(found, _by_default(letter, grantee, mine, ctx), strict=True):
            some |= more
    for name, (given, start, grantable) in merged.items():
        if given != start or grantable:
            yield Privilege(
                id=Id("privilege", (fact.id.kind, *fact.id.path, name)), parent=fact.id,
                privileges=tuple(sorted(given)), grantable=tuple(sorted(grantable)), initial=tuple(sorted(start)),
                grantors=(),
            )  # fmt: skip


def _by_default(
    letter: str, grantee: str, mine: Sequence[Any], ctx: Context
) -> tuple[set[str], set[str], set[str]]:
    """What one grantee gets, what of that without ALTER DEFAULT PRIVILEGES, and what with the right to grant it."""
    whole = [d for d in mine if not d.id.path[1]]
    base: tuple[str, ...] = PUBLIC_HAS.get(letter, ()) if grantee == "public" else ()
    base = owner_has(letter, ctx.version) if grantee == ctx.role else base
    start = whole[0].initial if whole else base
    given = set(whole[0].privileges if whole else base).union(*(d.privileges for d in mine if d not in whole))
    return given, set(start), {x for d in mine for x in d.grantable}


KIND = Kind(
    name="privilege",
    title="privileges",
    fact=Privilege,
    catalog=None,
    satellite=True,
    query="""
        with o(class, oid, sub, owner, acl, base) as (
            select 'pg_class'::regclass, c.oid, 0, c.relowner, c.relacl,
                   acldefault(case c.relkind when 'S' then 's' else 'r' end::"char", c.relowner)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relacl is not null and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and {user_schema}
            union all
            select 'pg_class'::regclass, a.attrelid, a.attnum, c.relowner, a.attacl, '{}'
            from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
            where a.attacl is not null and not a.attisdropped and {user_schema}
            union all
            select 'pg_proc'::regclass, p.oid, 0, p.proowner, p.proacl, acldefault('f', p.proowner)
            from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.proacl is not null and {user_schema}
            union all
            select 'pg_type'::regclass, t.oid, 0, t.typowner, t.typacl, acldefault('T', t.typowner)
            from pg_type t join pg_namespace n on n.oid = t.typnamespace
            where t.typacl is not null and {user_schema}
            union all
            select 'pg_namespace'::regclass, n.oid, 0, n.nspowner, n.nspacl, acldefault('n', n.nspowner)
            from pg_namespace n where n.nspacl is not null and {user_schema}
            union all
            select 'pg_language'::regclass, oid, 0, lanowner, lanacl, acldefault('l', lanowner)
            from pg_language where lanacl is not null
            union all
            select 'pg_foreign_data_wrapper'::regclass, oid, 0, fdwowner, fdwacl, acldefault('F', fdwowner)
            from pg_foreign_data_wrapper where fdwacl is not null
            union all
            select 'pg_foreign_server'::regclass, oid, 0, srvowner, srvacl, acldefault('S', srvowner)
            from pg_foreign_server where srvacl is not null
        ), {summed}
        select class::oid as target_class, oid as target_oid, greatest(sub, 0) as target_sub,
               case when sub < 0 then array[(select attname::text from pg_attribute where attrelid = oid and attnum = sub)]
                    else '{}' end
               || case when grantee = 0 then 'public' when grantee = owner then ''
                       else pg_get_userbyid(grantee)::text end as path, privileges, grantable, initial, grantors
        from grouped where privileges <> initial or grantable <> '{}'
    """.replace("{summed}", summed("o", "class, oid, sub, owner")),
    cost=2,
    rank=310,
    create=create,
    drop=lambda p, ctx: write(p, held(p), initially(p), ctx),
    changes=dict.fromkeys(
        ("privileges", "grantable", "initial"), Alter(lambda a, b, ctx: write(b, held(a), held(b), ctx))
    ),
    implied=implied,
    roles=roles,
    older=older,
    ignored={"grantors": "what is granted again comes from the owner"},
    why_not_migra="migra knows no grant option, no PUBLIC, no columns, no owner",
    keeps_name="has no name",
)
