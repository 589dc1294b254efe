"""Two catalogs → one diagram of both, in which everything has its state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ..._diff import diff_facts
from ...model import Added, Catalog, Changed, Id, Removed
from ...sqltext import comma
from ..words import name
from .build import VIEWS, diagram, whole_tables
from .keys import TABLES
from .model import Arrow, Box, Diagram, Row, State

type Changes = Mapping[Id, list[str]]
SIGNS = {Added: "added", Removed: "removed", Changed: "changed"}


def compared(origin: Catalog, target: Catalog, title: str, *, views: bool = False) -> Diagram:
    """What leads from one catalog to another, drawn as the target with what it has no more. The catalogs compare."""
    before, after = (diagram(catalog, title, views=views) for catalog in (origin, target))
    changes = _changes(origin, target)
    boxes = tuple(_box(old, new, changes) for old, new in _pairs(before.boxes, after.boxes))
    arrows = tuple(_arrow(old, new) for old, new in _pairs(before.arrows, after.arrows))
    return Diagram(title, boxes, arrows, compared=True)


def _pairs[D: (Box, Arrow)](before: Iterable[D], after: Iterable[D]) -> Iterator[tuple[D | None, D | None]]:
    old, new = ({drawn.id: drawn for drawn in found} for found in (before, after))
    return ((old.get(i), new.get(i)) for i in sorted(old | new))


def _changes(origin: Catalog, target: Catalog) -> Changes:
    """What differs in words, by each thing that it is or stands on: its column, its table."""
    found: dict[Id, list[str]] = defaultdict(list)
    wholes = whole_tables(origin) | whole_tables(target)
    for difference in diff_facts(origin, target):
        i = difference.id
        said = f"{SIGNS[type(difference)]}: {name(i)}"
        if isinstance(difference, Changed):
            said += f" ({comma(a.replace('_', ' ') for a in difference.attributes)})"
        for above in _above(i, origin, target):
            found[above].append(said)
            if above.path in wholes and above.kind in TABLES:
                found[Id("table", wholes[above.path])].append(said)
    return found


def _above(i: Id, origin: Catalog, target: Catalog) -> Iterator[Id]:
    seen: Id | None = i
    while seen is not None:
        yield seen
        fact = target.facts.get(seen) or origin.facts.get(seen)
        seen = fact.parent if fact else None


def _box(old: Box | None, new: Box | None, changes: Changes) -> Box:
    if old is None or new is None:
        return _alone(old, new)
    said = tuple(changes.get(new.id, ()))
    rows = _rows(old, new, changes)
    is_same = not said and all(row.state is State.SAME for row in rows)
    return replace(new, rows=rows, state=State.SAME if is_same else State.CHANGED, notes=(*new.notes, *said))


def _alone(old: Box | None, new: Box | None) -> Box:
    """A box that only one end has: all that is in it comes and goes with it."""
    box, state = (new, State.ADDED) if new else (old, State.REMOVED)
    assert box
    return replace(box, state=state, rows=tuple(replace(row, state=state) for row in box.rows))


def _rows(old: Box, new: Box, changes: Changes) -> tuple[Row, ...]:
    """The rows of the target, and after them those that are gone."""
    before = {row.name: row for row in old.rows}
    column = "view_column" if new.id.kind in VIEWS else "column"
    said = {row.name: changes.get(Id(column, (*new.id.path, row.name)), ()) for row in new.rows}
    kept = [_row(before.get(row.name), row, said[row.name]) for row in new.rows]
    names = {row.name for row in new.rows}
    return (*kept, *(replace(row, state=State.REMOVED) for row in old.rows if row.name not in names))


def _row(old: Row | None, new: Row, said: Iterable[str]) -> Row:
    if old is None:
        return replace(new, state=State.ADDED)
    if old == new and not said:
        return new
    was = () if old.type == new.type else (f"was {old.notes[0]}",)
    shown = new.type if old.type == new.type else f"{old.type} → {new.type}"
    return replace(new, type=shown, state=State.CHANGED, notes=(*new.notes, *was, *said))


def _arrow(old: Arrow | None, new: Arrow | None) -> Arrow:
    if old is None or new is None:
        arrow, state = (new, State.ADDED) if new else (old, State.REMOVED)
        assert arrow
        return replace(arrow, state=state)
    if old.notes == new.notes:
        return new
    return replace(new, state=State.CHANGED, notes=(*new.notes, f"was: {old.notes[-1]}"))
