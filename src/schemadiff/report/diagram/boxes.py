"""How large each box is and where its lines stand: from the text alone."""

from __future__ import annotations

from dataclasses import dataclass

from ...sqltext import one_line
from .metrics import cut, width
from .model import Box, Row

TEXT, NAME, MARK = 12.0, 13.0, 9.0
"""Sizes of letters: of a row, of a box's name, of the marks of keys."""
HEAD, LINE, PAD, GAP = 30.0, 20.0, 13.0, 14.0
MARK_GAP = 4.0
NARROWEST, LONGEST_NAME, LONGEST_TYPE = 120.0, 300.0, 220.0
KINDS = {"view": "view", "materialized_view": "mat. view", "foreign_table": "foreign"}


@dataclass(frozen=True, slots=True)
class Shape:
    """A box as it is drawn: its size, the columns in it and the texts that fit; rows stand below the head in order."""

    box: Box
    width: float
    name: str
    aside: str
    names_at: float
    rows: tuple[tuple[Row, str, str], ...]
    """Each row with its name and type as they are shown."""
    more: str = ""

    @property
    def height(self) -> float:
        lines = len(self.rows) + bool(self.more)
        return HEAD + LINE * lines + (4 if lines else 0)

    def middle(self, column: str | None = None) -> float:
        """How far below its top the line of a column is, or the head where that is not shown."""
        for number, (row, _, _) in enumerate(self.rows):
            if row.name == column:
                return HEAD + LINE * (number + 0.5)
        return HEAD / 2


def shape(box: Box) -> Shape:
    """The size and texts of a box."""
    name, aside = cut(one_line(box.name), LONGEST_NAME, NAME, bold=True), _aside(box)
    rows = tuple((row, _name(row), cut(one_line(row.type), LONGEST_TYPE, TEXT)) for row in box.rows)
    more = f"… {box.hidden} more" if box.hidden else ""
    names_at = PAD + max((_marks(row) for row in box.rows), default=0)
    head = PAD * 2 + width(name, NAME, bold=True) + (GAP + width(aside, MARK) if aside else 0)
    widths = (names_at + width(n, TEXT, bold=True) + GAP + width(t, TEXT) + PAD for _, n, t in rows)
    needed = max(NARROWEST, head, PAD * 2 + width(more, TEXT), *widths)
    return Shape(box, float(int(needed) + 1), name, aside, names_at, rows, more)


def _name(row: Row) -> str:
    return cut(one_line(row.name), LONGEST_NAME, TEXT) + (" *" if row.not_null else "")


def _marks(row: Row) -> float:
    return sum(width(mark, MARK, bold=True) + MARK_GAP for mark in row.marks) + (MARK_GAP if row.marks else 0)


def _aside(box: Box) -> str:
    """What stands at the end of the head."""
    kind = KINDS.get(box.id.kind, "")
    if box.partitions:
        return f"{box.partitions} partition{'s' if box.partitions > 1 else ''}"
    return kind
