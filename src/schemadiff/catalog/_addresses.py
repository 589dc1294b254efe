"""Who has which address in pg_depend: the class, the object, and the number of a column or 0.
https://www.postgresql.org/docs/current/catalog-pg-depend.html"""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from ..model import Id

type Address = tuple[int, int, int]

PART, PARTS = 16, 0xFFFF
"""Bits of the number of a column, which may be negative: MaxAttrNumber is 1600."""
WORD, OID = 32, 0xFFFFFFFF
"""Bits of an oid."""


class Addresses:
    """Identities by their addresses. Those of a class by one number each, which takes a third of the memory of a tuple."""

    __slots__ = ("_found",)

    def __init__(self) -> None:
        self._found: dict[int, dict[int, Id]] = {}

    def put(self, number: int, oid: int, sub: int, identity: Id) -> None:
        """Gives an address to an identity."""
        self._of(number)[oid << PART | sub & PARTS] = identity

    def put_alias(self, number: int, oid: int, identity: Id) -> None:
        """The same, unless another one has it."""
        self._of(number).setdefault(oid << PART, identity)

    def get(self, address: Address) -> Id | None:
        """Who has exactly this address."""
        number, oid, sub = address
        found = self._found.get(number)
        return None if found is None else found.get(oid << PART | sub & PARTS)

    def nearest(self, address: Address) -> Id | None:
        """Who has this address, or is the object of that column."""
        number, oid, sub = address
        found = self._found.get(number)
        if found is None:
            return None
        exact = found.get(oid << PART | sub & PARTS)
        return exact if exact or not sub else found.get(oid << PART)

    def _of(self, number: int) -> dict[int, Id]:
        return self._found.setdefault(number, {})


class Wanted:
    """Identities, each with an address that it depends on; there are as many of them as of objects, and tuples would take
    most of the memory of a reading."""

    __slots__ = ("_ids", "_places", "_subs")

    def __init__(self) -> None:
        self._ids: list[Id] = []
        self._places, self._subs = array("Q"), array("i")

    def put(self, identity: Id, number: int, oid: int, sub: int) -> None:
        self._ids.append(identity)
        self._places.append(number << WORD | oid)
        self._subs.append(sub)

    def __iter__(self) -> Iterator[tuple[Id, Address]]:
        for identity, place, sub in zip(self._ids, self._places, self._subs, strict=True):
            yield identity, (place >> WORD, place & OID, sub)
