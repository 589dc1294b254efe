"""What a catalog names that belongs to the server: roles and tablespaces, and those that a server lacks.

Owns the sets, and the steps that create roles on request. Which facts name what is in the files of their kinds.
"""

from __future__ import annotations

from collections.abc import Iterator

from .engine import Step
from .kinds import kinds
from .model import Catalog, Id
from .sqltext import dollar, ident, literal


def roles(catalog: Catalog) -> set[str]:
    """Every role that a catalog names."""
    return set(_namers(catalog))


def tablespaces(catalog: Catalog) -> set[str]:
    """Every tablespace that a catalog names."""
    naming = ((name, kind) for name, kind in kinds().items() if kind.names_tablespaces)
    return {t for name, kind in naming for fact in catalog.of_kind(name) for t in kind.tablespaces(fact)}


def _namers(catalog: Catalog) -> dict[str, Id]:
    """The first fact that names each role."""
    found: dict[str, Id] = {}
    for name, kind in kinds().items():
        for fact in catalog.of_kind(name) if kind.names_roles else ():
            for role in kind.roles(fact):
                found.setdefault(role, fact.id)
    return found


def newly_named(origin: Catalog, target: Catalog) -> tuple[str, ...]:
    """The roles that the target names and the origin does not, sorted."""
    return tuple(sorted(role for role in roles(target) - roles(origin) if role not in ("public", "none")))


def is_predefined(role: str) -> bool:
    """Whether PostgreSQL keeps the name for itself.
    https://www.postgresql.org/docs/current/predefined-roles.html"""
    return role.startswith("pg_")


def creations(wanted: tuple[str, ...], target: Catalog) -> Iterator[Step]:
    """Steps that create roles without any right, where another database's plan has not done it meanwhile. Each
    serves the first object that names the role; a scratch server has all roles already."""
    namers = _namers(target)
    for role in wanted:
        missing = f"if not exists (select from pg_catalog.pg_roles where rolname = {literal(role)})"
        made = f"begin {missing} then create role {ident(role)}; end if; end"
        yield Step(
            f"do {dollar(made)}", namers[role], "create", "rules", rows_only=True, hazards=("AUTHZ_UPDATE",)
        )


def missing(lacking: tuple[str, ...]) -> str:
    """What to do about roles that a server lacks."""
    many = len(lacking) > 1
    said = "the roles {} do not exist" if many else "role {} does not exist"
    cure = "; ".join(f"create role {ident(role)}" for role in lacking)
    return (
        f"{said.format(', '.join(lacking))} on the server, and the plan needs {'them' if many else 'it'}: "
        f"{cure}; or let plans do that with manage_roles = true in the configuration"
    )
