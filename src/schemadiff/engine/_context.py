"""What the writers of kinds may look at besides their fact."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ..kinds import kinds
from ..model import Catalog, Fact, Id


@dataclass(frozen=True, slots=True)
class Writing:
    """The two ends, the server and role that will run the statements, and what is created on the way."""

    before: Catalog
    after: Catalog
    version: int
    role: str
    creations: frozenset[Id] = frozenset()
    swapped: frozenset[Id] = frozenset()
    online: bool = False
    """Tables are in use while the statements run."""
    default_tablespace: str = "pg_default"
    """The default tablespace of the database that will run the statements."""
    was: Callable[[Id], Id] = lambda target: target
    """What the database calls an object of ``before`` until the plan renames it."""
    looks_back: bool = False
    """Objects are called as the origin calls them: for what is dropped."""

    def fact(self, target: Id) -> Fact:
        first, second = (self.before, self.after) if self.looks_back else (self.after, self.before)
        return first.facts.get(target) or second.facts[target]

    def address(self, target: Id) -> str:
        kind = kinds()[target.kind]
        assert kind.address is not None, f"{kind.name} has no address"
        return kind.address(self.fact(target))

    def grant_address(self, target: Id) -> str:
        grants = kinds()[target.kind].grants
        return grants(self.fact(target)) if grants else self.address(target)

    def default_privileges(self, letter: str, schema: str) -> Sequence[Any]:
        """They are looked up among the sorted ones: each object that is made asks."""
        ids = self.before.ids_of("default_privilege")
        found: list[Any] = []
        for where in dict.fromkeys(("", schema)):
            names = (self.role, where, letter)
            n = bisect_left(ids, Id("default_privilege", names))
            while n < len(ids) and ids[n].path[:3] == names:
                found.append(self.before.facts[ids[n]])
                n += 1
        return found

    def created(self, target: Id) -> bool:
        return target in self.creations

    def in_use(self, fact: Fact) -> bool:
        """Whether a fact stands on something that is in use while the statements run: what it is part of, or what
        that comes to."""
        parent = fact.parent
        while self.online and parent is not None:
            if parent in self.before.facts and parent not in self.creations:
                return True
            parent = self.fact(parent).parent
        return False

    def is_swapped(self, target: Id) -> bool:
        """Whether the old object was set aside under another name."""
        return target in self.swapped
