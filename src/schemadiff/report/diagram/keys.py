"""Which columns the keys of a catalog have, from the edges that ``pg_depend`` gives; nothing reads a definition for it.

Only the order of a foreign key's columns, and which of them refer where a table refers to itself, is looked up in what
``pg_get_constraintdef`` wrote: whose names begin it is asked, and the names are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...kinds.constraint import Constraint
from ...kinds.index import Index
from ...model import Catalog, Id
from ...sqltext import ident, qualified

TABLES = ("table", "foreign_table")


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A foreign key by its columns, in the order of its definition where that can be told. ``target`` is None where
    the catalog has not the table that it refers to: an extension's, or one that nobody looks at."""

    constraint: Constraint
    source: Id
    target: Id | None
    columns: tuple[str, ...]
    referenced: tuple[str, ...]


def foreign_keys(catalog: Catalog) -> Iterator[ForeignKey]:
    """Every foreign key of a catalog."""
    for c in catalog.of_kind("constraint"):
        if isinstance(c, Constraint) and c.type == "f" and c.parent:
            yield _foreign_key(c, c.parent, catalog)


def keys(catalog: Catalog) -> Iterator[tuple[Id, bool, tuple[str, ...]]]:
    """Every key of a table that holds for all its rows: the table, whether it is the primary key, and its columns."""
    for c in catalog.of_kind("constraint"):
        if isinstance(c, Constraint) and c.type in "pu" and c.parent:
            yield c.parent, c.type == "p", _columns(c.id, c.parent, catalog)
    for i in catalog.of_kind("index"):
        if isinstance(i, Index) and i.parent and _is_key(i, catalog):
            yield i.parent, False, _columns(i.id, i.parent, catalog)


def _is_key(i: Index, catalog: Catalog) -> bool:
    """A unique index of columns alone: one of expressions depends on their columns too."""
    columns = _columns(i.id, i.parent, catalog) if i.parent else ()
    is_plain = i.definition.endswith(tuple(f"({ident(c)})" for c in columns))
    return i.definition.startswith("CREATE UNIQUE INDEX") and i.predicate is None and is_plain


def _columns(i: Id, table: Id, catalog: Catalog) -> tuple[str, ...]:
    found = (r for r in catalog.references.get(i, ()) if r.kind == "column")
    return tuple(r.path[2] for r in found if r.path[:2] == table.path)


def _foreign_key(c: Constraint, source: Id, catalog: Catalog) -> ForeignKey:
    own, target = _columns(c.id, source, catalog), _target(c, source, catalog)
    columns = _begins(c.definition.removeprefix("FOREIGN KEY ("), own) or own
    if target is None:
        return ForeignKey(c, source, None, columns, ())
    theirs = _columns(c.id, target, catalog)
    _, _, after = c.definition.partition(_refers_to(target))
    return ForeignKey(c, source, target, columns, _begins(after, theirs) or theirs)


def _target(c: Constraint, source: Id, catalog: Catalog) -> Id | None:
    needed = catalog.references.get(c.id, ())
    others = (catalog.facts[r].parent for r in needed if r.kind == "column" and r.path[:2] != source.path)
    refers_to_itself = _refers_to(source) in c.definition
    return next(others, source if refers_to_itself else None)


def _refers_to(table: Id) -> str:
    return f") REFERENCES {qualified(*table.path)}("


def _begins(text: str, names: Sequence[str]) -> tuple[str, ...]:
    """The list of known names that a text begins with, up to its bracket; empty where it is none."""
    found: list[str] = []
    while text:
        text = text.removeprefix("PERIOD ")
        name = next((n for n in names if text.startswith((f"{ident(n)}, ", f"{ident(n)})"))), None)
        if name is None:
            return ()
        found.append(name)
        text = text.removeprefix(ident(name))
        if text.startswith(")"):
            return tuple(found)
        text = text.removeprefix(", ")
    return ()
