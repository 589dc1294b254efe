"""What a plan renames first: which objects, what the origin then is, and what they were called.

Doing it is ``_renames``'s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .engine import Step
from .kinds import kinds
from .model import Catalog, Id


@dataclass(frozen=True, slots=True)
class Renaming:
    """One rename that a plan makes: ``id`` is the object as it is called before, ``new`` its name after;
    with ``label`` the same of that label of an enum."""

    id: Id
    new: str
    label: str | None = None

    @property
    def place(self) -> int:
        """Where in the path of the object its name stands."""
        return kinds()[self.id.kind].name_at % len(self.id.path)

    @property
    def after(self) -> Id:
        """The object as it is called after."""
        at = self.place
        return Id(self.id.kind, (*self.id.path[:at], self.new, *self.id.path[at + 1 :]))


@dataclass(frozen=True, slots=True)
class Renamed:
    """``origin`` is what the ``forward`` steps make of a plan's origin; the ``reverse`` steps lead back."""

    origin: Catalog
    forward: tuple[Step, ...]
    reverse: tuple[Step, ...]
    done: tuple[tuple[Renaming, Renaming], ...]
    """Each rename with the way back."""

    def former(self) -> Callable[[Id], Id]:
        """What tells how the database calls an object of ``origin`` before the renames."""
        names = {there.after: there.id.path[there.place] for there, _ in self.done if there.label is None}

        def was(target: Id) -> Id:
            path = list(target.path)
            for i in self._holders(target) if names else ():
                at = kinds()[i.kind].name_at % len(i.path)
                path[at] = names.get(i, path[at])
            return Id(target.kind, tuple(path))

        return was

    def _holders(self, target: Id) -> Iterator[Id]:
        """An object and what it stands in, the schema too."""
        yield Id("schema", target.path[:1])
        fact = self.origin.facts.get(target)
        while fact is not None:
            yield fact.id
            fact = self.origin.facts.get(fact.parent) if fact.parent else None
