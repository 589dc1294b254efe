"""Leaving out of a diagram what somebody does not want to see: tables far from some, and columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ...errors import UsageError
from ...model import Id
from .columns import Columns
from .model import Box, Diagram, State

MOST = 20
"""Columns of a box where nothing else is said."""


def focused(diagram: Diagram, names: Sequence[str], depth: int) -> Diagram:
    """Only the named tables and what is at most ``depth`` arrows away, in whichever direction.

    Raises UsageError for a name that no table has, or several."""
    near = {_named(name, diagram) for name in names}
    for _ in range(depth):
        near |= {end for a in diagram.arrows if near & {a.source, a.target} for end in (a.source, a.target)}
    boxes = tuple(box for box in diagram.boxes if box.id in near)
    arrows = tuple(a for a in diagram.arrows if a.source in near and a.target in near)
    return replace(diagram, boxes=boxes, arrows=arrows)


def _named(name: str, diagram: Diagram) -> Id:
    """By its name with or without the schema, as SQL writes it or as it is."""
    found = [box for box in diagram.boxes if name in _names(box)]
    if len(found) == 1:
        return found[0].id
    if found:
        several = ", ".join(box.full_name for box in found)
        raise UsageError(f"--focus {name}: {several} are called so; give the schema too")
    raise UsageError(f"--focus {name}: no such table in {diagram.title}; partitions are part of their table")


def _names(box: Box) -> tuple[str, ...]:
    return box.name, box.full_name, ".".join(box.id.path)


def with_columns(diagram: Diagram, wanted: Columns, most: int = MOST) -> Diagram:
    """The diagram where each box has only the wanted columns and counts the others. ``some`` are at most ``most``:
    keys first, and what changed; ``keys`` has what changed too."""
    return replace(diagram, boxes=tuple(_cut(box, wanted, most) for box in diagram.boxes))


def _cut(box: Box, wanted: Columns, most: int) -> Box:
    kept = set(_kept(box, wanted, most))
    rows = tuple(row for number, row in enumerate(box.rows) if number in kept)
    return replace(box, rows=rows, hidden=box.hidden + len(box.rows) - len(rows))


def _kept(box: Box, wanted: Columns, most: int) -> Iterable[int]:
    every = range(len(box.rows))
    matters = [n for n in every if box.rows[n].is_key or _changed(box, n)]
    match wanted:
        case Columns.all:
            return every
        case Columns.none:
            return ()
        case Columns.keys:
            return matters
        case _:
            if len(every) <= most + 1:  # the line that counts one more is as long as that one
                return every
            return [*matters, *(n for n in every if n not in matters)][:most]


def _changed(box: Box, number: int) -> bool:
    """Whether it is a change of its own: with a new or removed box all rows come and go."""
    return box.state is State.CHANGED and box.rows[number].state is not State.SAME
