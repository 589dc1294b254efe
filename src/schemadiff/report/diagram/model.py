"""The value that every format is written from: boxes with rows, and arrows between them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ...model import Id
from ..words import called


class State(StrEnum):
    """What became of a thing between two catalogs; of one catalog all is SAME."""

    SAME = "same"
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


class Link(StrEnum):
    """What an arrow stands for."""

    FOREIGN_KEY = "foreign key"
    INHERITANCE = "inheritance"
    READS = "reads"


@dataclass(frozen=True, slots=True)
class Row:
    """One column. ``type`` is short where PostgreSQL has a short name for it; ``notes`` say the rest, each a line."""

    name: str
    type: str
    primary: bool = False
    foreign: bool = False
    unique: bool = False
    not_null: bool = False
    state: State = State.SAME
    notes: tuple[str, ...] = ()

    @property
    def is_key(self) -> bool:
        """Whether a primary key, foreign key or unique key has it."""
        return self.primary or self.foreign or self.unique

    @property
    def marks(self) -> tuple[str, ...]:
        """The keys that have it, in letters."""
        found = (("PK", self.primary), ("FK", self.foreign), ("U", self.unique and not self.primary))
        return tuple(mark for mark, holds in found if holds)


@dataclass(frozen=True, slots=True)
class Box:
    """A table, foreign table, view or materialized view; partitions are no boxes but counted in their table's.
    ``hidden`` is how many of its columns are not among the rows."""

    id: Id
    rows: tuple[Row, ...]
    partitions: int = 0
    hidden: int = 0
    state: State = State.SAME
    notes: tuple[str, ...] = ()

    @property
    def schema(self) -> str:
        return self.id.path[0]

    @property
    def name(self) -> str:
        return self.id.path[1]

    @property
    def full_name(self) -> str:
        """Its name as messages call it: as SQL writes it, with its schema's but for ``public``."""
        return called(self.id)


@dataclass(frozen=True, slots=True)
class Arrow:
    """From the box that refers to the one referred to. ``columns`` of the first lead to ``referenced`` of the other;
    ``single`` says that at most one row leads to the same, ``optional`` that a row may lead nowhere."""

    id: Id
    link: Link
    source: Id
    target: Id
    columns: tuple[str, ...] = ()
    referenced: tuple[str, ...] = ()
    single: bool = False
    optional: bool = False
    state: State = State.SAME
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """A constraint's own name; '' for what has none."""
        return self.id.path[-1] if self.link is Link.FOREIGN_KEY else ""


@dataclass(frozen=True, slots=True)
class Diagram:
    """Boxes and arrows, each sorted by identity; ``compared`` says that the states mean something."""

    title: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    compared: bool = False

    @property
    def schemas(self) -> tuple[str, ...]:
        """The schemas of its boxes, sorted."""
        return tuple(sorted({box.schema for box in self.boxes}))
