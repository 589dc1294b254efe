"""What a plan renames, and what it puts into the trash or brings back: values. Doing it is ``_renames``' and
``_soft_drop``'s."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ._trash import is_in_trash
from .engine import Step
from .kinds import kinds
from .model import Catalog, Id


@dataclass(frozen=True, slots=True)
class Renaming:
    """One rename that a plan makes: ``id`` is the object as it is called before, ``new`` its name after;
    with ``label`` the same of that label of an enum. With ``schema`` it moves there, and keeps its name."""

    id: Id
    new: str
    label: str | None = None
    schema: str | None = None

    @property
    def there(self) -> Id:
        """The object, which is no label, as it is called after."""
        at = kinds()[self.id.kind].name_at % len(self.id.path)
        path = (*self.id.path[:at], self.new, *self.id.path[at + 1 :])
        return Id(self.id.kind, path if self.schema is None else (self.schema, *path[1:]))

    @property
    def moves(self) -> bool:
        """Whether it leads into the trash, or out of it."""
        return self.label is None and (is_in_trash(self.id) or is_in_trash(self.there))


@dataclass(frozen=True, slots=True)
class Renamed:
    """``origin`` is what the ``forward`` steps make of a plan's origin; the ``reverse`` steps lead back."""

    origin: Catalog
    forward: tuple[Step, ...]
    reverse: tuple[Step, ...]
    done: tuple[tuple[Renaming, Renaming], ...]
    """Each rename with the way back."""

    def former(self) -> Callable[[Id], Id]:
        """What tells how the database calls an object of ``origin`` before the renames and moves."""
        names = {there.there: there.id for there, _ in self.done if there.label is None}

        def was(target: Id) -> Id:
            path = list(target.path)
            for i in self._holders(target) if names else ():
                old = names.get(i)
                if old is not None and target.path[: len(i.path)] == i.path:
                    path[: len(i.path)] = [
                        before if before != after else kept
                        for before, after, kept in zip(old.path, i.path, path, strict=False)
                    ]
            return Id(target.kind, tuple(path))

        return was

    def _holders(self, target: Id) -> Iterator[Id]:
        """An object and what it stands in, the schema too."""
        yield Id("schema", target.path[:1])
        yield from self.origin.upwards(target)

    def then(self, other: Renamed) -> Renamed:
        """This, and then what others make of its origin."""
        return Renamed(
            other.origin, self.forward + other.forward, other.reverse + self.reverse, self.done + other.done
        )
