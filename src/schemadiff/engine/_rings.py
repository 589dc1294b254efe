"""What actions need that needs something of theirs again: a view that calls a function which reads the view."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..graph import components, reached
from ..model import Catalog, Id
from ._actions import Action
from ._changes import kind_of


@dataclass(slots=True)
class Rings:
    """Looks all facts up at once when it is first asked: to follow what each view of a chain needs would take the square
    of its length."""

    origin: Catalog
    target: Catalog
    nodes: Sequence[Action]
    _numbers: dict[Id | Action, int] | None = None
    _needed: dict[Id, frozenset[Id]] = field(default_factory=dict)
    _held: dict[Id, frozenset[Id]] = field(default_factory=dict)

    def leads_back(self, needed: Id, action: Action) -> bool:
        """Whether what a making action needs needs something of that action too. Of what can have a stand-in, such a
        one takes that, or the old one while it is altered; others wait for the whole."""
        if self._numbers is None:
            self._numbers = self._numbered()
        if self._numbers[needed] != self._numbers.get(action):
            return False
        own = frozenset(action.everything())
        return needed in own or not self._needed_by(needed).isdisjoint(own)

    def holds(self, used: Id, users: Iterable[Id]) -> bool:
        """Whether one thing cannot be dropped before some others, of which one depends on it in the origin."""
        if used not in self._held:
            dependents = self.origin.dependents
            self._held[used] = frozenset(reached([used], lambda i: dependents.get(i, ())))
        return not self._held[used].isdisjoint(users)

    def _numbered(self) -> dict[Id | Action, int]:
        """The number of the ring that each fact is in, with those of an action taken for one: of all that is made and can
        have a stand-in, and of what that leads to."""
        makers = [node for node in self.nodes if node.verb not in ("drop", "set aside", "stand in", "let go")]
        users: dict[Id, list[Action]] = {}
        for maker in makers:
            for i in maker.everything():
                users.setdefault(i, []).append(maker)

        def onwards(node: Id | Action) -> Iterable[Id | Action]:
            if isinstance(node, Action):
                return node.everything()
            return (*self.target.references.get(node, ()), *users.get(node, ()))

        return components((i for i in users if kind_of(i).breaks), onwards)

    def _needed_by(self, one: Id) -> frozenset[Id]:
        if one not in self._needed:
            references = self.target.references
            self._needed[one] = frozenset(reached([one], lambda i: references.get(i, ())))
        return self._needed[one]
