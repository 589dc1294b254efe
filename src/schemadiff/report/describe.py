"""A fact in one line, and what hints a list of differences gives. Pure; knows no format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from ..model import Added, Changed, Difference, Fact, Id, Removed
from ..prove import attributes
from ..sqltext import visible
from . import words

USUAL = {"enabled": "O", "validated": True, "access_method": "heap", "statistics": -1, "permissive": True}
BARE = (
    "definition",
    "type",
    "expression",
    "text",
    "role",
    "labels",
    "base",
    "bound",
    "privileges",
    "parameters",
)
"""Attributes that need no name: what they are is plain to see."""
WIDTH = 110


def value(found: Any) -> str:
    """An attribute's value as text: '-' for none, names with commas for several."""
    if found is None or found in ("", ()):
        return "-"
    if isinstance(found, tuple):
        return ", ".join(map(value, found))
    if isinstance(found, bool):
        return "yes" if found else "no"
    return visible(str(found))


def short(fact: Fact) -> str:
    """The definition of a fact in one line, cut where it is long."""
    return cut(whole(attributes(fact)))


def cut(line: str) -> str:
    """A line that ends with an ellipsis where it is long."""
    return line if len(line) <= WIDTH else line[: WIDTH - 1] + "…"


def whole(attributes: Mapping[str, Any]) -> str:
    """The definition that some attributes are in one line: what is as usual goes without saying."""
    found = {k: v for k, v in attributes.items() if v not in (None, "", (), False) and USUAL.get(k) != v}
    if "definition" in found:
        found = {"definition": found["definition"]}
    parts = [value(v) if k in BARE else f"{k.replace('_', ' ')} {value(v)}" for k, v in found.items()]
    return " ".join(" · ".join(parts).split())


class Named(Protocol):
    """Whatever is about one object."""

    @property
    def id(self) -> Id: ...


@dataclass(frozen=True, slots=True)
class Entry[T: Named]:
    """What is said of an object, with what is said of those below it."""

    object: T
    below: tuple[Entry[T], ...] = ()

    @property
    def everything(self) -> Iterator[T]:
        """The object and all below it."""
        yield self.object
        for entry in self.below:
            yield from entry.everything


def nested[T: Named](found: Iterable[T], above: Callable[[T], Id | None]) -> tuple[Entry[T], ...]:
    """What is said of some objects, each below the one that ``above`` says, None for none."""
    below: dict[Id | None, list[T]] = {}
    for each in found:
        below.setdefault(above(each), []).append(each)

    def entries(parent: Id | None) -> tuple[Entry[T], ...]:
        return tuple(Entry(each, entries(each.id)) for each in below.get(parent, ()))

    return entries(None)


def along_with(differences: Iterable[Difference]) -> Callable[[Difference], Id | None]:
    """What tells of a difference which object it is missing or unexpected along with."""
    whole = {d.id for d in differences if not isinstance(d, Changed)}

    def above(d: Difference) -> Id | None:
        parent = None if isinstance(d, Changed) else d.fact.parent
        return parent if parent in whole else None

    return above


def tree(differences: Sequence[Difference]) -> tuple[Entry[Difference], ...]:
    """The differences, each below its parent where that is added or removed too."""
    return nested(differences, along_with(differences))


def renamed(differences: Iterable[Difference]) -> Iterator[tuple[Fact, Fact]]:
    """Pairs of a missing and an unexpected object that are one but for the name: a rename by hand, perhaps."""
    found = list(differences)
    unexpected = [d.fact for d in found if isinstance(d, Removed)]
    for d in found:
        if isinstance(d, Added):
            yield from ((d.fact, other) for other in unexpected if _same_but_name(d.fact, other))


def _same_but_name(one: Fact, other: Fact) -> bool:
    if one.id.kind != other.id.kind or one.parent is None or one.parent != other.parent:
        return False
    mine, theirs = _without_name(one), _without_name(other)
    return mine is not None and mine == theirs


def _without_name(fact: Fact) -> str | None:
    definition: str | None = getattr(fact, "definition", None)
    return definition and definition.replace(f" {words.quoted(fact.id)} ", " ", 1)
