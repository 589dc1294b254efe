"""From one set of privileges to another: the GRANTs and REVOKEs that objects and default privileges share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol

from ..model import Catalog, Fact
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


class Granted(Grant, Protocol):
    """One on an object: ``grantors`` are the roles but the owner that have granted some of it."""

    @property
    def grantors(self) -> tuple[str, ...]: ...


type Write = Callable[[str, Iterable[str]], str]
"""What makes all of a statement but its end, from the verb and the sorted privileges."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedGrant(Fact):
    """One on an object that is no fact itself. Its path ends with a column, or '', and a grantee: a role, ``public`` or ''
    for the owner. ``on`` is how GRANT calls the object, ``initial`` what the grantee has from whoever made it
    (``pg_init_privs``), ``grantors`` the roles but the owner that have granted some of it."""

    privileges: tuple[str, ...]
    grantable: tuple[str, ...]
    initial: tuple[str, ...]
    grantors: tuple[str, ...] = field(compare=False)
    on: str = field(compare=False)
    owner: str = field(compare=False)


def summed(rows: str, columns: str, *, given: str = "acl", start: str = "base") -> str:
    """The common table expressions ``items`` and ``grouped``: for some columns of rows, and each grantee, its ``privileges``,
    those of them that are ``grantable``, what is ``initial``, and which roles but ``owner`` are ``grantors``. ``given`` and
    ``start`` say what there is and what there was from the start, as aclitem[]."""

    def all_of(what: str, condition: str) -> str:
        return f"coalesce(array_agg(distinct {what} order by {what}) filter (where {condition}), '{{}}')"

    return f"""items as (
            select {rows}.*, x.grantee, x.privilege_type as privilege, x.is_grantable, true as held,
                   pg_get_userbyid(nullif(x.grantor, owner))::text as grantor
            from {rows}, aclexplode(case when cardinality({given}) > 0 then {given} end) x
            union all
            select {rows}.*, x.grantee, x.privilege_type, false, false, null
            from {rows}, aclexplode(case when cardinality({start}) > 0 then {start} end) x
        ), grouped as (
            select {columns}, grantee, {all_of("privilege", "held")} as privileges,
                   {all_of("privilege", "held and is_grantable")} as grantable,
                   {all_of("privilege", "not held")} as initial,
                   {all_of("grantor", "grantor is not null")} as grantors
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


def changes(old: Held, new: Held, grantee: str, write: Write) -> list[Statement]:
    """The statements from ``old`` to ``new``; ``grantee`` is quoted."""

    def written(verb: str, names: frozenset[str], tail: str) -> list[Statement]:
        return [Statement(f"{write(verb, sorted(names))} {tail}", hazards=("AUTHZ_UPDATE",))] if names else []

    (had, could_grant), (has, may_grant) = old, new
    return [
        *written("revoke", had - has, f"from {grantee}"),
        *written("revoke grant option for", (could_grant & has) - may_grant, f"from {grantee}"),
        *written("grant", has - had - may_grant, f"to {grantee}"),
        *written("grant", may_grant - could_grant, f"to {grantee} with grant option"),
    ]


def lost(old: Held, new: Held) -> frozenset[str]:
    """What is taken away, or may not be granted on any more."""
    return (old[0] - new[0]) | (old[1] - new[1])


type Kept = tuple[Held, str, Write]
"""What somebody has in the end, the quoted grantee, and how to say so."""


def changes_among(
    old: Held,
    new: Held,
    grantee: str,
    write: Write,
    before: Iterable[Granted],
    after: Iterable[Kept],
    columns: Iterable[Kept],
) -> list[Statement]:
    """The statements from ``old`` to ``new`` on an object where there are other privileges. A REVOKE on a table takes the
    same from the grantee on its ``columns``, where they come again. It takes away what the owner has granted and nobody
    else: where others have, as ``before`` says of all grantees, what they have granted goes with their right to, and what
    stays, ``after``, comes again from the owner."""
    gone = lost(old, new)
    if not gone:
        return changes(old, new, grantee, write)
    chain = sorted({grantor for grant in before for grantor in grant.grantors})
    option = write("revoke grant option for", sorted(gone))
    return [
        *(Statement(f"{option} from {ident(role)} cascade", hazards=("AUTHZ_UPDATE",)) for role in chain),
        *changes(old, new, grantee, write),
        *(
            s
            for kept, to, said in (after if chain else columns)
            for s in changes(NOTHING, among(kept, gone), to, said)
        ),
    ]


def changes_there(grant: PlacedGrant, old: Held, new: Held, ctx: Context) -> list[Statement]:
    """The statements from ``old`` to ``new`` for a grant that says where it is."""
    *place, column, grantee = grant.id.path

    def here(catalog: Catalog) -> Iterator[PlacedGrant]:
        """What there is on the object, and on its columns."""
        for i in catalog.ids_of(grant.id.kind):
            *where, name, _ = i.path
            found = catalog.facts[i] if where == place and column in ("", name) else None
            if isinstance(found, PlacedGrant):
                yield found

    others = [p for p in here(ctx.after) if p.id != grant.id] if lost(old, new) else []
    after, own = map(_kept, others), (_kept(p) for p in others if not column and p.id.path[-1] == grantee)
    return changes_among(old, new, _whom(grant), partial(_said, grant), here(ctx.before), after, own)


def _kept(grant: PlacedGrant) -> Kept:
    return held(grant), _whom(grant), partial(_said, grant)


def _said(grant: PlacedGrant, verb: str, names: Iterable[str]) -> str:
    return said(verb, names, grant.id.path[-2], grant.on)


def said(verb: str, names: Iterable[str], column: str | None, on: str) -> str:
    """All of a GRANT or REVOKE but its end: on one column of an object, or on the object."""
    return f"{verb} {comma(f'{n} ({ident(column)})' if column else n for n in names)} on {on}"


def _whom(grant: PlacedGrant) -> str:
    grantee = grant.id.path[-1]
    return "public" if grantee == "public" else ident(grantee or grant.owner)


def roles(grant: Fact) -> list[str]:
    """The role that it names."""
    return [r for r in (grant.id.path[-1],) if r not in ("", "public")]
