"""One catalog → a diagram. Owns what a box, a row and an arrow say of the facts that they stand for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ...kinds.column import Column
from ...kinds.comment import Comment
from ...kinds.default import Default
from ...kinds.enum import Enum
from ...kinds.identity import Identity
from ...kinds.materialized_view import MaterializedView
from ...kinds.partition import Partition
from ...kinds.view import View
from ...model import Catalog, Fact, Id
from ...sqltext import comma, ident, qualified
from ..words import called
from . import keys
from .model import Arrow, Box, Diagram, Link, Row

VIEWS = ("view", "materialized_view")
READ = ("column", "view_column", *keys.TABLES, *VIEWS)
"""What a view depends on of what it reads."""
SHORT = {
    "character varying": "varchar",
    "character": "char",
    "bit varying": "varbit",
    "timestamp without time zone": "timestamp",
    "timestamp with time zone": "timestamptz",
    "time without time zone": "time",
    "time with time zone": "timetz",
    "double precision": "float8",
}
"""PostgreSQL's own short names of types."""
type Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Marks:
    """The columns of one table that some key has."""

    primary: set[str] = field(default_factory=set)
    foreign: set[str] = field(default_factory=set)
    unique: set[str] = field(default_factory=set)
    together: list[frozenset[str]] = field(default_factory=list)
    """The columns of each primary or unique key: at most one row has the same values there."""


def diagram(catalog: Catalog, title: str, *, views: bool = False) -> Diagram:
    """The tables and foreign tables of a catalog with their foreign keys and inheritance; with ``views`` the views
    too, and what they read. A partition is counted in its table, and its foreign keys start or end there."""
    wholes, references = whole_tables(catalog), tuple(keys.foreign_keys(catalog))
    marks = _marks(catalog, references)
    drawn = [f.id for kind in keys.TABLES for f in catalog.of_kind(kind) if f.id.path not in wholes]
    partitions = list(wholes.values())
    boxes = [_table(i, partitions.count(i.path), marks[i], catalog) for i in drawn]
    if views:
        boxes += [_view(f, catalog) for kind in VIEWS for f in catalog.of_kind(kind)]
    at = {box.id.path: box for box in boxes}
    at |= {path: at[whole] for path, whole in wholes.items() if whole in at}
    arrows = [arrow for key in references for arrow in _reference(key, at, marks[key.source])]
    arrows += [
        _inheritance(f.id, at) for f in catalog.of_kind("inheritance") if set(_ends(f.id)) <= at.keys()
    ]
    arrows += [arrow for box in boxes if box.id.kind in VIEWS for arrow in _reads(box.id, at, catalog)]
    return Diagram(title, tuple(sorted(boxes, key=_by_id)), tuple(sorted(arrows, key=_by_id)))


def _by_id(drawn: Box | Arrow) -> Id:
    return drawn.id


def whole_tables(catalog: Catalog) -> dict[Path, Path]:
    """The path of each partition, with that of the table that it is in the end a part of."""
    above = {f.id.path: f.of for f in catalog.of_kind("partition") if isinstance(f, Partition)}

    def top(path: Path) -> Path:
        return top(above[path]) if path in above else path

    return {path: top(path) for path in above}


def _marks(catalog: Catalog, references: Sequence[keys.ForeignKey]) -> Mapping[Id, _Marks]:
    found: dict[Id, _Marks] = defaultdict(_Marks)
    for table, is_primary, columns in keys.keys(catalog):
        found[table].together.append(frozenset(columns))
        if is_primary:
            found[table].primary.update(columns)
        elif len(columns) == 1:
            found[table].unique.update(columns)
    for key in references:
        found[key.source].foreign.update(key.columns)
    return found


def _table(i: Id, partitions: int, marks: _Marks, catalog: Catalog) -> Box:
    columns = [f for c in catalog.children.get(i, ()) if isinstance(f := catalog.facts[c], Column)]
    rows = (_row(c, marks, catalog) for c in sorted(columns, key=lambda c: c.position))
    return Box(i, tuple(rows), partitions, notes=tuple(_comment(i, catalog)))


def _row(c: Column, marks: _Marks, catalog: Catalog) -> Row:
    name = c.id.path[-1]
    return Row(
        name=name,
        type=_short(c, catalog),
        primary=name in marks.primary,
        foreign=name in marks.foreign,
        unique=name in marks.unique,
        not_null=Id("not_null", c.id.path) in catalog.facts,
        notes=(f"{name} {c.type}", *_about(c, catalog)),
    )


def _short(c: Column, catalog: Catalog) -> str:
    """Its type without a schema that goes without saying, and by the short name where there is one."""
    for i in catalog.references.get(c.id, ()):
        if (
            len(i.path) == 2
            and i.path[0] in ("public", c.id.path[0])
            and c.type.startswith(qualified(*i.path))
        ):
            return c.type.removeprefix(f"{ident(i.path[0])}.")
    for long, short in SHORT.items():
        rest = c.type.removeprefix(long)
        if rest != c.type and rest[:1] in ("", "(", "["):
            return short + rest
    return c.type.replace(") without time zone", ")")


def _about(c: Column, catalog: Catalog) -> Iterator[str]:
    """What its row has no place for."""
    if Id("not_null", c.id.path) in catalog.facts:
        yield "not null"
    if c.generated:
        yield f"generated as {c.expression}"
    for child in (catalog.facts[i] for i in catalog.children.get(c.id, ())):
        if isinstance(child, Default):
            yield f"default {child.expression}"
        if isinstance(child, Identity):
            yield f"identity, {'always' if child.always else 'by default'}"
    for used in (catalog.facts[i] for i in catalog.references.get(c.id, ()) if i.kind == "enum"):
        if isinstance(used, Enum):
            yield f"{qualified(*used.id.path)}: {comma(used.labels)}"
    yield from _comment(c.id, catalog)


def _comment(i: Id, catalog: Catalog) -> Iterator[str]:
    found = catalog.facts.get(Id("comment", (i.kind, *i.path)))
    if isinstance(found, Comment):
        yield found.text


def _view(view: Fact, catalog: Catalog) -> Box:
    """Its columns by the names and types that are part of it."""
    typed = view.columns if isinstance(view, View | MaterializedView) else ()
    names = [i.path[-1] for i in catalog.children.get(view.id, ()) if i.kind == "view_column"]
    rows = (_view_row(text, names) for text in typed)
    return Box(view.id, tuple(rows), notes=tuple(_comment(view.id, catalog)))


def _view_row(text: str, names: Sequence[str]) -> Row:
    name = max((n for n in names if text.endswith(f" as {ident(n)}")), key=len, default=text)
    return Row(name, text.removesuffix(f" as {ident(name)}") if name != text else "", notes=(text,))


def _reference(key: keys.ForeignKey, at: Mapping[Path, Box], marks: _Marks) -> Iterator[Arrow]:
    """The arrow of a foreign key; none where one of its ends is not drawn."""
    c, source, target = key.constraint, at.get(key.source.path), key.target and at.get(key.target.path)
    if not (source and target):
        return
    yield Arrow(
        id=c.id,
        link=Link.FOREIGN_KEY,
        source=source.id,
        target=target.id,
        columns=key.columns,
        referenced=key.referenced,
        single=any(together <= set(key.columns) for together in marks.together),
        optional=not set(key.columns) <= {row.name for row in source.rows if row.not_null},
        notes=(f"{c.id.path[-1]} on {_called(key.source.path)}", c.definition),
    )


def _called(path: Path) -> str:
    return called(Id("table", path))


def _ends(i: Id) -> tuple[Path, Path]:
    return i.path[:2], i.path[2:]


def _inheritance(i: Id, at: Mapping[Path, Box]) -> Arrow:
    child, parent = _ends(i)
    note = f"{_called(child)} inherits from {_called(parent)}"
    return Arrow(i, Link.INHERITANCE, at[child].id, at[parent].id, notes=(note,))


def _reads(view: Id, at: Mapping[Path, Box], catalog: Catalog) -> Iterator[Arrow]:
    needed = (i for i in catalog.references.get(view, ()) if i.kind in READ)
    used = {at[i.path[:2]].id for i in needed if i.path[:2] in at}
    for target in sorted(used - {view}):
        note = f"{_called(view.path)} reads {_called(target.path)}"
        yield Arrow(Id("reads", (*view.path, *target.path)), Link.READS, view, target, notes=(note,))
