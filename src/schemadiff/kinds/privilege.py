"""Privileges on objects and columns (the acl columns of the catalogs), one fact a grantee, and only where
they are not what PostgreSQL gives by itself (``acldefault``).

A grantee is a role name, ``public`` for PUBLIC (no role can be called so), or '' for the owner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..model import Catalog, Fact, Id
from ..sqltext import comma, ident
from ._grants import NOTHING, Held, among, changes, held, initially, older
from ._kind import Alter, Context, Kind, Statement, Written

PUBLIC_HAS = {"f": ("EXECUTE",), "T": ("USAGE",)}
CLASSES = {
    "table": "r", "view": "r", "materialized_view": "r", "foreign_table": "r", "sequence": "S", "identity_sequence": "S", "function": "f",
    "aggregate": "f", "enum": "T", "domain": "T", "range_type": "T", "composite_type": "T", "base_type": "T", "schema": "n",
}  # fmt: skip
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
    """A REVOKE on a table takes the same privilege on its columns away, so those are granted again. It takes away what
    the owner has granted and nobody else: where others have, what they have granted goes with their right to, and
    comes again from the owner.

    The owner of what the applying role creates is whoever that is: another one, where a dump is loaded. What
    goes away goes from the old owner, before there is a new one."""
    kind, *path, grantee = p.id.path
    system = path.pop() if _is_of_system_column(p.id) else None
    target = Id(kind, tuple(path))
    is_part = kind in ("column", "view_column")
    column = ident(system or path[-1]) if system or is_part else None
    owned = (ctx.fact(target).parent if is_part else None) or target
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
    on = ctx.grant_address(target)

    def said(verb: str, names: Iterable[str]) -> str:
        return f"{verb} {comma(f'{n} ({column})' if column else n for n in names)} on {on}"

    written = changes(old, new, name, said)
    lost = (old[0] - new[0]) | (old[1] - new[1])
    siblings = list(_siblings(p, ctx.before))
    chain = sorted({grantor for other in (p, *siblings) for grantor in other.grantors}) if lost else []
    if chain and not ctx.created(owned):
        option = said("revoke grant option for", sorted(lost))
        written[:0] = [
            Statement(f"{option} from {ident(grantor)} cascade", hazards=("AUTHZ_UPDATE",))
            for grantor in chain
        ]
        for other in _siblings(p, ctx.after):
            again = among(held(other), lost)
            written += changes(NOTHING, again, grantee_name(other.id.path[-1], role), said)
    if column is None and old[0] - new[0]:
        written += [s for c in _of_columns(target, grantee, ctx) for s in create(c, (), ctx)]
    return written


def _siblings(p: Privilege, catalog: Catalog) -> Iterator[Privilege]:
    """What others have been granted on the same object or column."""
    *place, grantee = p.id.path
    for i in catalog.children.get(p.parent, ()) if p.parent else ():
        found = catalog.facts[i]
        if isinstance(found, Privilege) and i.path[:-1] == tuple(place) and i.path[-1] != grantee:
            yield found


def _of_columns(table: Id, grantee: str, ctx: Context) -> Iterable[Privilege]:
    for part in ctx.after.children.get(table, ()):
        of_part = part if _is_of_system_column(part) else Id("privilege", (part.kind, *part.path, grantee))
        found = ctx.after.facts.get(of_part)
        if isinstance(found, Privilege) and of_part.path[-1] == grantee:
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
        ), items as (
            select class, oid, sub, owner, x.grantee, x.privilege_type as name, x.is_grantable, true as held,
                   nullif(x.grantor, owner) as grantor
            from o, aclexplode(case when cardinality(acl) > 0 then acl end) x
            union all
            select class, oid, sub, owner, x.grantee, x.privilege_type, false, false, null from o, aclexplode(case when cardinality(base) > 0 then base end) x
        ), grouped as (
            select class, oid, sub, owner, grantee,
                   coalesce(array_agg(distinct name order by name) filter (where held), '{}') as privileges,
                   coalesce(array_agg(distinct name order by name) filter (where held and is_grantable), '{}')
                       as grantable,
                   coalesce(array_agg(distinct name order by name) filter (where not held), '{}') as initial,
                   coalesce(array_agg(distinct grantor) filter (where grantor is not null), '{}') as grantors
            from items group by 1, 2, 3, 4, 5
        )
        select class::oid as target_class, oid as target_oid, greatest(sub, 0) as target_sub,
               case when sub < 0 then array[(select attname::text from pg_attribute where attrelid = oid and attnum = sub)]
                    else '{}' end
               || case when grantee = 0 then 'public' when grantee = owner then ''
                       else pg_get_userbyid(grantee)::text end as path, privileges, grantable, initial,
               array(select pg_get_userbyid(r)::text from unnest(grantors) r order by 1) as grantors
        from grouped where privileges <> initial or grantable <> '{}'
    """,
    cost=2,
    rank=310,
    create=create,
    drop=lambda p, ctx: write(p, held(p), initially(p), ctx),
    changes=dict.fromkeys(
        ("privileges", "grantable", "initial"), Alter(lambda a, b, ctx: write(b, held(a), held(b), ctx))
    ),
    implied=implied,
    roles=lambda p: [r for r in (p.id.path[-1],) if r not in ("", "public")],
    older=older,
    ignored={"grantors": "what is granted again comes from the owner"},
    why_not_migra="migra knows no grant option, no PUBLIC, no columns, no owner",
    keeps_name="has no name",
)
