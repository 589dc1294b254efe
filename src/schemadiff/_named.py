"""What a catalog names that belongs to the server: roles and tablespaces, and those that a server lacks.

Owns the sets, and the steps that create roles on request. Which facts name what is in the files of their kinds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass

from .engine import Step
from .kinds import kinds
from .model import Catalog, Id
from .sqltext import dollar, ident, literal

PREDEFINED = "pg_"
"""How names begin that PostgreSQL keeps for itself.
https://www.postgresql.org/docs/current/predefined-roles.html"""


def roles(catalog: Catalog) -> set[str]:
    """Every role that a catalog names."""
    return set(_namers(catalog))


def tablespaces(catalog: Catalog) -> set[str]:
    """Every tablespace that a catalog names."""
    naming = ((name, kind) for name, kind in kinds().items() if kind.names_tablespaces)
    return {t for name, kind in naming for fact in catalog.of_kind(name) for t in kind.tablespaces(fact)}


def without(catalog: Catalog, lacking: Collection[str]) -> Catalog:
    """The catalog with nothing in some tablespaces: as a server that lacks them can hold it."""
    naming = [(name, kind) for name, kind in kinds().items() if kind.names_tablespaces]
    placed = [
        fact.id
        for name, kind in naming
        for fact in catalog.of_kind(name)
        if any(t in lacking for t in kind.tablespaces(fact))
    ]
    return catalog.but((), placed) if placed else catalog


def _namers(catalog: Catalog) -> dict[str, Id]:
    """The first fact that names each role."""
    found: dict[str, Id] = {}
    for name, kind in kinds().items():
        for fact in catalog.of_kind(name) if kind.names_roles else ():
            for role in kind.roles(fact):
                found.setdefault(role, fact.id)
    return found


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles that a plan comes to name: ``created`` by it, ``needed`` before it, ``lacking`` of these on the
    server, as far as that is known."""

    created: tuple[str, ...]
    needed: tuple[str, ...]
    lacking: tuple[str, ...]

    @classmethod
    def of(cls, origin: Catalog, target: Catalog, there: Set[str] | None, *, create: bool) -> Roles:
        """``there`` are the roles of the server; None where it is not known."""
        named = sorted(roles(target) - roles(origin) - {"public", "none"})
        absent = [role for role in named if there is None or role not in there]
        created = [role for role in absent if create and not role.startswith(PREDEFINED)]
        needed = [role for role in named if role not in created]
        lacking = [role for role in absent if role in needed and there is not None]
        return cls(tuple(created), tuple(needed), tuple(lacking))

    def notes(self) -> list[str]:
        """What a summary must say of them."""
        left = (
            f"role {role} is left in place by the reverse: something else may use it by then; where nothing does, "
            f"drop role {ident(role)}"
            for role in self.created
        )
        return [*([missing(self.lacking)] if self.lacking else []), *left]


def creations(wanted: Sequence[str], target: Catalog) -> Iterator[Step]:
    """Steps that create roles without any right, where another database's plan has not done it meanwhile. Each
    serves the first object that names the role; a scratch server has all roles already."""
    namers = _namers(target)
    for role in wanted:
        missing = f"if not exists (select from pg_catalog.pg_roles where rolname = {literal(role)})"
        made = f"begin {missing} then create role {ident(role)}; end if; end"
        yield Step(
            f"do {dollar(made)}", namers[role], "create", "rules", rows_only=True, hazards=("AUTHZ_UPDATE",)
        )


def missing(lacking: Sequence[str]) -> str:
    """What to do about roles that a server lacks."""
    many = len(lacking) > 1
    said = "the roles {} do not exist" if many else "role {} does not exist"
    cure = "; ".join(f"create role {ident(role)}" for role in lacking)
    return (
        f"{said.format(', '.join(lacking))} on the server, and the plan needs {'them' if many else 'it'}: "
        f"{cure}; or let plans do that with manage_roles = true in the configuration"
    )
