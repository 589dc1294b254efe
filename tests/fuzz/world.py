"""The world: objects whose statements name one another by key, so that each may get another name.

A statement holds placeholders, which are resolved only when it is written out:

    ⟦7⟧       object 7, qualified and quoted      ⟦7!⟧      its name alone
    ⟦7.2⟧     column 2 of it                      ⟦7'⟧      the qualified name as a literal
    ⟦7:⟧      all its columns, as listed by itself        ⟦7#+⟧     the operator + in its schema

A column, a name or a definition that changes does so for everything that uses it; what uses something that
is gone is gone too. Nothing here knows what a statement means; PostgreSQL decides what is valid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

PLACEHOLDER = re.compile(r"⟦(\d+)(!|:|'|\.\d+|#[^⟧]+)?⟧")
SELECTING = frozenset({"view", "materialized view"})
RELATIONS = (
    "table", "partitioned table", "partition", "foreign table", "view", "materialized view",
)  # fmt: skip
TABLES = RELATIONS[:3]
TYPES = ("enum", "domain", "composite", "range")


class Gone(Exception):
    """Something that a statement names is not there."""


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    return (
        "'" + text.replace("'", "''") + "'"
        if "\\" not in text
        else "E'" + text.replace("\\", "\\\\").replace("'", "''") + "'"
    )


@dataclass(frozen=True, slots=True)
class Column:
    """A column or attribute. ``definition`` is its type in a table, its expression in a view."""

    key: int
    name: str
    type: str
    definition: str = ""
    of: tuple[int, int] | None = None
    """The column whose name this one has, because it is inherited."""


@dataclass(frozen=True, slots=True)
class Identity:
    key: int
    name: str
    schema: int

    def __str__(self) -> str:
        return f"⟦{self.key}⟧"

    @property
    def bare(self) -> str:
        return f"⟦{self.key}!⟧"

    @property
    def columns(self) -> str:
        return f"⟦{self.key}:⟧"


@dataclass(frozen=True, slots=True)
class Object:
    key: int
    kind: str
    name: str
    schema: int | None
    """The key of its schema, 0 for public; None for what has none."""
    text: str
    address: str = ""
    """How COMMENT ON calls it."""
    granted: str = ""
    """How GRANT calls it."""
    within: int | None = None
    """The object in whose schema it lives."""
    columns: tuple[Column, ...] = ()
    labels: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    returns: str = ""
    key_of: str = ""
    """How a partitioned table is partitioned: list, range or hash."""

    def __str__(self) -> str:
        return f"⟦{self.key}⟧"

    @property
    def bare(self) -> str:
        return f"⟦{self.key}!⟧"

    def column(self, column: Column) -> str:
        return f"⟦{self.key}.{column.key}⟧"

    def references(self) -> set[int]:
        texts = [self.text, self.address, *(f"{c.type} {c.definition}" for c in self.columns)]
        found = {int(m[1]) for text in texts for m in PLACEHOLDER.finditer(text)}
        found |= {c.of[0] for c in self.columns if c.of} | {i for i in (self.within, self.schema) if i}
        return found - {self.key}


@dataclass(frozen=True)
class World:
    objects: tuple[Object, ...] = ()

    @cached_property
    def by_key(self) -> dict[int, Object]:
        return {o.key: o for o in self.objects}

    def of(self, *kinds: str) -> list[Object]:
        return [o for o in self.objects if o.kind in kinds]

    @property
    def schemas(self) -> list[int]:
        return [0, *(o.key for o in self.of("schema"))]

    @property
    def next_key(self) -> int:
        return max(self.by_key, default=0) + 1

    def having(self, thing: Object) -> World:
        """With an object in place of the one of the same key."""
        if thing.key in self.by_key:
            return World(tuple(thing if o.key == thing.key else o for o in self.objects))
        return World((*self.objects, thing))

    def only(self, keys: set[int]) -> World:
        return World(tuple(o for o in self.objects if o.key in keys))

    def without(self, *keys: int) -> World:
        return World(tuple(o for o in self.objects if o.key not in keys))

    def dependents(self, key: int) -> set[int]:
        """Everything that names an object, or what names it, and so on."""
        found = {key}
        while more := {o.key for o in self.objects if o.key not in found and o.references() & found}:
            found |= more
        return found - {key}

    def statements(self) -> Iterator[tuple[Object, str]]:
        """What makes the world, in an order that works; without what names something that is gone."""
        made: set[int] = set()
        waiting = list(self.objects)
        while ready := [o for o in waiting if o.references() <= made]:
            for thing in ready:
                try:
                    yield thing, self.text(thing)
                    made.add(thing.key)
                except Gone:
                    pass
            waiting = [o for o in waiting if o not in ready]

    def text(self, thing: Object) -> str:
        return self.resolved(thing.text)

    def resolved(self, text: str) -> str:
        return PLACEHOLDER.sub(self._meaning, text)

    def _meaning(self, found: re.Match[str]) -> str:
        thing, what = self._there(int(found[1])), found[2] or ""
        if what == ":":
            return ", ".join(self._listed(thing, c) for c in thing.columns if c.of is None)
        if what.startswith("."):
            return quoted(self.column_name(thing, int(what[1:])))
        schema = self.schema_of(thing)
        if what.startswith("#"):
            return f"{quoted(schema or 'public')}.{what[1:]}"
        name = quoted(thing.name)
        if what != "!" and schema is not None:
            name = f"{quoted(schema)}.{name}"
        return literal(name) if what == "'" else name

    def schema_of(self, thing: Object) -> str | None:
        if thing.within is not None:
            return self.schema_of(self._there(thing.within))
        if thing.schema is None:
            return None
        return self._there(thing.schema).name if thing.schema else "public"

    def _there(self, key: int) -> Object:
        if key not in self.by_key:
            raise Gone(f"⟦{key}⟧")
        return self.by_key[key]

    def column_name(self, thing: Object, key: int) -> str:
        column = next((c for c in thing.columns if c.key == key), None)
        if column is None:
            raise Gone(f"⟦{thing.key}.{key}⟧")
        if column.of is None:
            return column.name
        return self.column_name(self._there(column.of[0]), column.of[1])

    def _listed(self, thing: Object, column: Column) -> str:
        name = quoted(column.name)
        if thing.kind in SELECTING:
            return f"{self.resolved(column.definition)} as {name}"
        return f"{name} {self.resolved(column.type)} {self.resolved(column.definition)}".rstrip()
