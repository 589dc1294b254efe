"""From one set of privileges to another: the GRANTs and REVOKEs that objects and default privileges share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol

from ..model import Fact
from ..sqltext import comma, ident
from ._kind import Context, Statement

type Held = tuple[frozenset[str], frozenset[str]]
"""Privileges, and those of them that may be granted on."""


NOTHING: Held = (frozenset(), frozenset())


def among(of: Held, names: frozenset[str]) -> Held:
    """What is held of some privileges."""
    return of[0] & names, of[1] & names


class Grant(Protocol):
    """A fact about the privileges of one grantee; ``initial`` is what it has without any statement."""

    @property
    def privileges(self) -> tuple[str, ...]: ...
    @property
    def grantable(self) -> tuple[str, ...]: ...
    @property
    def initial(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedGrant(Fact):
    """One on an object that is no fact itself. Its path ends with a column, or '', and a grantee: a role, ``public`` or ''
    for the owner. ``on`` is how GRANT calls the object, ``initial`` what the grantee has from whoever made it
    (``pg_init_privs``)."""

    privileges: tuple[str, ...]
    grantable: tuple[str, ...]
    initial: tuple[str, ...]
    on: str = field(compare=False)
    owner: str = field(compare=False)


def summed(rows: str, columns: str) -> str:
    """The common table expressions ``items`` and ``grouped``: for some columns of rows that have ``acl``, ``initprivs`` and
    ``base`` (``acldefault``), and each grantee, its ``privileges``, those of them that are ``grantable``, and ``initial``."""
    return f"""items as (
            select {rows}.*, x.grantee, x.privilege_type as privilege, x.is_grantable, true as held
            from {rows}, aclexplode(case when cardinality(coalesce(acl, base)) > 0 then coalesce(acl, base) end) x
            union all
            select {rows}.*, x.grantee, x.privilege_type, false, false
            from {rows}, aclexplode(case when cardinality(coalesce(initprivs, base)) > 0 then coalesce(initprivs, base) end) x
        ), grouped as (
            select {columns}, grantee,
                   coalesce(array_agg(distinct privilege order by privilege) filter (where held), '{{}}') as privileges,
                   coalesce(array_agg(distinct privilege order by privilege) filter (where held and is_grantable), '{{}}')
                       as grantable,
                   coalesce(array_agg(distinct privilege order by privilege) filter (where not held), '{{}}') as initial
            from items group by {columns}, grantee
        )"""


def held(grant: Grant) -> Held:
    return frozenset(grant.privileges), frozenset(grant.grantable)


def initially(grant: Grant) -> Held:
    return frozenset(grant.initial), frozenset()


def older[G: Grant](grant: G, version: int) -> G | None:
    """MAINTAIN is of PostgreSQL 17; what then is as it is initially is no fact."""
    if version >= 170000:
        return grant

    def known(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(n for n in names if n != "MAINTAIN")

    found = replace(  # type: ignore[type-var]
        grant,
        privileges=known(grant.privileges),
        grantable=known(grant.grantable),
        initial=known(grant.initial),
    )
    return found if found.privileges != found.initial or found.grantable else None


def changes(
    old: Held, new: Held, grantee: str, write: Callable[[str, Iterable[str]], str]
) -> list[Statement]:
    """The statements from ``old`` to ``new``. ``write`` makes all of one but its end, from the verb and the
    sorted privileges; ``grantee`` is quoted."""

    def written(verb: str, names: frozenset[str], tail: str) -> list[Statement]:
        return [Statement(f"{write(verb, sorted(names))} {tail}", hazards=("AUTHZ_UPDATE",))] if names else []

    (had, could_grant), (has, may_grant) = old, new
    return [
        *written("revoke", had - has, f"from {grantee}"),
        *written("revoke grant option for", (could_grant & has) - may_grant, f"from {grantee}"),
        *written("grant", has - had - may_grant, f"to {grantee}"),
        *written("grant", may_grant - could_grant, f"to {grantee} with grant option"),
    ]


def changes_there(grant: PlacedGrant, old: Held, new: Held, ctx: Context) -> list[Statement]:
    """The statements from ``old`` to ``new`` for a grant that says where it is. A REVOKE on a table takes the same
    privileges on its columns away, so those are granted again."""
    *place, column, grantee = grant.id.path
    whom = "public" if grantee == "public" else ident(grantee or grant.owner)

    def said(verb: str, names: Iterable[str], column: str = column) -> str:
        return f"{verb} {comma(f'{n} ({ident(column)})' if column else n for n in names)} on {grant.on}"

    found = changes(old, new, whom, said)
    taken = old[0] - new[0] if not column else frozenset()
    for i in ctx.after.ids_of(grant.id.kind) if taken else ():
        *other, name, to = i.path
        kept = ctx.after.facts[i]
        if name and (other, to) == (place, grantee) and isinstance(kept, PlacedGrant):
            again = among(held(kept), taken)
            found += changes(NOTHING, again, whom, partial(said, column=name))
    return found


def roles(grant: PlacedGrant) -> list[str]:
    """The role that it names."""
    return [r for r in (grant.id.path[-1],) if r not in ("", "public")]
