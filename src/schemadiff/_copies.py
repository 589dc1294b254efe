"""A clone of the origin that statements have run in → a catalog that stands for the origin after them.

https://www.postgresql.org/docs/current/sql-altertable.html
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

import psycopg

from ._diff import differing
from ._directives import kind_of
from ._versions import as_of
from .catalog import read_from
from .model import Catalog, Fact, Id


def execute(connection: psycopg.Connection[Any], statements: Iterable[str]) -> None:
    """Runs statements in one transaction, or in a part of the one that is open, as a plan runs them."""
    with connection.transaction():
        connection.execute("set local search_path = ''")
        for sql in statements:
            connection.execute(sql.encode())


def used(origin: Catalog) -> dict[Id, Fact]:
    """Facts with a state that use has left behind, which a clone does not have."""
    return {f.id: f for f in origin.facts.values() if _fresh(f) != f}


def become(connection: psycopg.Connection[Any], origin: Catalog, version: int) -> Catalog:
    """What the clone of ``origin`` holds now, as ``version`` has it."""
    found = as_of(read_from(connection), version)
    server = dataclasses.replace(origin.server, casts=found.server.casts)
    return dataclasses.replace(found, server=server, unmodelled=origin.unmodelled)


def worn(found: Catalog, before: Mapping[Id, Fact]) -> Catalog:
    """The same with what use had left behind, by what it is called now."""
    return found.but([_worn(found.facts[i], fact) for i, fact in before.items() if i in found.facts])


def _fresh(fact: Fact) -> Fact:
    made = kind_of(fact.id).skeleton
    found: Fact | None = fact if made is None else made(fact)
    return found or fact


def _worn(fact: Fact, before: Fact) -> Fact:
    """A fact of the clone with the state of the one that it was made of."""
    names = differing(_fresh(before), before)
    return dataclasses.replace(fact, **{name: getattr(before, name) for name in names})
