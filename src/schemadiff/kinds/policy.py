"""Row security policies (``pg_policy``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..model import Fact
from ..sqltext import comma, ident, qualified, words
from ._kind import REPLACE, Alter, Context, Expression, Kind, Statement, Written

COMMANDS = {"*": "all", "r": "select", "a": "insert", "w": "update", "d": "delete"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy(Fact):
    """``roles`` has ``public`` for PUBLIC: no role can be called so."""

    command: str
    permissive: bool
    roles: tuple[str, ...]
    using: Expression | None
    check: Expression | None


def _on(p: Policy) -> str:
    return f"policy {ident(p.id.path[-1])} on {qualified(*p.id.path[:-1])}"


def _roles(p: Policy) -> str:
    return comma(r if r == "public" else ident(r) for r in p.roles)


def create(p: Policy, parts: Sequence[str], ctx: Context) -> Written:
    kind = "permissive" if p.permissive else "restrictive"
    head = f"create {_on(p)} as {kind} for {COMMANDS[p.command]} to {_roles(p)}"
    made = words(head, p.using and f"using ({p.using})", p.check and f"with check ({p.check})")
    return [Statement(made, hazards=("AUTHZ_UPDATE",))]


def change(before: Policy, after: Policy, ctx: Context) -> Written | Literal["replace"]:
    """ALTER POLICY can change an expression and not take one away."""
    if (before.using and not after.using) or (before.check and not after.check):
        return REPLACE
    parts = (
        f"to {_roles(after)}" if before.roles != after.roles else None,
        f"using ({after.using})" if before.using != after.using else None,
        f"with check ({after.check})" if before.check != after.check else None,
    )
    return [Statement(words(f"alter {_on(after)}", *parts), hazards=("AUTHZ_UPDATE",))]


CHANGE = Alter(change)

KIND = Kind(
    name="policy",
    title="policies",
    fact=Policy,
    catalog="pg_policy",
    parent="pg_class",
    query="""
        select p.oid, array[n.nspname, c.relname, p.polname]::text[] as path, p.polrelid as parent_oid,
               p.polcmd::text as command, p.polpermissive as permissive,
               array(select case when r = 0 then 'public' else pg_get_userbyid(r)::text end
                     from unnest(p.polroles) r order by 1) as roles,
               pg_get_expr(p.polqual, p.polrelid) as using, pg_get_expr(p.polwithcheck, p.polrelid) as check
        from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
        where {user_schema}
    """,
    rank=175,
    create=create,
    drop=lambda p, ctx: [Statement(f"drop {_on(p)}", hazards=("AUTHZ_UPDATE",))],
    detachable=True,
    changes={"command": REPLACE, "permissive": REPLACE, "roles": CHANGE, "using": CHANGE, "check": CHANGE},
    address=lambda p: f"policy {ident(p.id.path[-1])} on {qualified(*p.id.path[:-1])}",
    roles=lambda p: [r for r in p.roles if r != "public"],
    migra=frozenset({"create", "drop"}),
    cannot={
        "owner": "it belongs to whoever owns what it stands on",
        "privileges": "PostgreSQL grants nothing on it",
    },
    leaves_trash=lambda _: True,
    why_not_migra="migra drops and creates a policy for any change, which opens the table in between",
)
