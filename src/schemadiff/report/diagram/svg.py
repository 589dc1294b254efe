"""A diagram as SVG: one picture that stands alone or within a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ...model import Id
from ...sqltext import visible
from . import paint
from .boxes import HEAD, LINE, MARK, MARK_GAP, PAD, TEXT, Shape, shape
from .layout import FRAME, Layout, Point, Rectangle, laid_out
from .metrics import width
from .model import Arrow, Diagram, Link, Row, State
from .xml import text

MARGIN, BEND, TIP = 24.0, 7.0, 8.0
LEGEND = 68.0
"""The height of the title and the legend above the drawing."""
SIGNS = {State.ADDED: "+", State.CHANGED: "~", State.REMOVED: "−"}
MARKS = (("PK", "primary key"), ("FK", "foreign key"), ("U", "unique"), ("*", "not null"))


def svg(diagram: Diagram) -> str:
    """The drawing with its title and legend. Every box has its name as an id, such as ``table-public-users``.

    Raises UsageError where the package that gives boxes their places is not installed."""
    shapes = [shape(box) for box in diagram.boxes]
    schemas = diagram.schemas if diagram.schemas != ("public",) else ()
    places = laid_out(shapes, diagram.arrows, schemas)
    ids = _ids(diagram)
    body = [*_frames(places.frames), *_arrows(diagram.arrows, places, ids), *_boxes(shapes, places, ids)]
    return "\n".join([*_opened(diagram, places), *body, "</g></g></svg>\n"])


def _opened(diagram: Diagram, places: Layout) -> Iterator[str]:
    """What stands before the boxes: the style, the paper, the title and the legend."""
    legend = list(_legend(diagram))
    wide = max(places.width, _legend_width(diagram), 320) + 2 * MARGIN
    high = places.height + LEGEND + 2 * MARGIN
    title = text(diagram.title)
    size = f'viewBox="0 0 {_n(wide)} {_n(high)}" width="{_n(wide)}" height="{_n(high)}"'
    yield f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{text(_summary(diagram))}">'
    yield f"<title>{title}</title>"
    yield f"<style>{paint.style()}</style>"
    yield '<g class="schemadiff-diagram">'
    yield f'<rect class="paper" width="{_n(wide)}" height="{_n(high)}"/>'
    yield f'<g class="legend" transform="translate({_n(MARGIN)} {_n(MARGIN)})">'
    yield f'<text class="title" y="14">{title}</text>'
    yield from legend
    yield "</g>"
    yield f'<g class="drawing" transform="translate({_n(MARGIN)} {_n(MARGIN + LEGEND)})">'


def _summary(diagram: Diagram) -> str:
    counts = Counter(arrow.link for arrow in diagram.arrows)
    return f"{diagram.title}: {len(diagram.boxes)} tables and views, {counts[Link.FOREIGN_KEY]} foreign keys"


def _entries(diagram: Diagram) -> list[tuple[State | str, str]]:
    """The legend: states with their counts where two ends are compared, then the marks."""
    if not diagram.compared:
        return list(MARKS)
    counts = Counter(box.state for box in diagram.boxes)
    states = [(state, f"{state.value} ({counts[state]})") for state in SIGNS]
    return [*states, *MARKS]


def _legend_width(diagram: Diagram) -> float:
    return sum(width(said, TEXT) + 40 for _, said in _entries(diagram))


def _legend(diagram: Diagram) -> Iterator[str]:
    x = 0.0
    for what, said in _entries(diagram):
        if isinstance(what, State):
            yield f'<rect class="swatch {what.value}" x="{_n(x)}" y="27" width="14" height="14" rx="3"/>'
            yield f'<text class="sign {what.value}" x="{_n(x + 3.5)}" y="38">{SIGNS[what]}</text>'
        else:
            yield f'<text class="mark" x="{_n(x)}" y="38">{what}</text>'
        yield f'<text class="quiet" x="{_n(x + 20)}" y="38">{said}</text>'
        x += width(said, TEXT) + 40


def _frames(frames: Mapping[str, Rectangle]) -> Iterator[str]:
    for schema, place in frames.items():
        yield f'<g class="schema-frame"><title>schema {text(schema)}</title>'
        yield f'<rect class="frame" {_at(place)} rx="8"/>'
        yield f'<text class="schema quiet" x="{_n(place.x + FRAME)}" y="{_n(place.y + 26)}">{text(schema)}</text></g>'


def _arrows(arrows: Sequence[Arrow], places: Layout, ids: Mapping[Id, str]) -> Iterator[str]:
    for arrow in arrows:
        points = places.arrows[arrow.id]
        kind = arrow.link.value.replace(" ", "-")
        yield (
            f'<g id="{ids[arrow.id]}" class="arrow {kind} {arrow.state.value}" '
            f'data-from="{ids[arrow.source]}" data-to="{ids[arrow.target]}">'
        )
        yield f'{_title(arrow.state, arrow.notes)}<path d="{_line(points)}"/>{_tip(points, arrow.link)}</g>'


def _line(points: Sequence[Point]) -> str:
    """A path through the points, its corners round."""
    drawn = [f"M{_xy(points[0])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        drawn.append(f"L{_xy(_towards(corner, before, BEND))}")
        drawn.append(f"Q{_xy(corner)} {_xy(_towards(corner, after, BEND))}")
    return "".join([*drawn, f"L{_xy(points[-1])}"])


def _towards(start: Point, end: Point, most: float) -> Point:
    """A point on the way, at most half of it."""
    length = abs(end[0] - start[0]) + abs(end[1] - start[1])
    share = min(most / length, 0.5) if length else 0
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _tip(points: Sequence[Point], link: Link) -> str:
    """The head of an arrow: filled for a foreign key, hollow for inheritance, open for a view."""
    (x, y), (bx, by) = points[-1], _towards(points[-1], points[-2], TIP)
    across = (0.0, TIP / 2) if by == y else (TIP / 2, 0.0)
    one, other = (bx + across[0], by + across[1]), (bx - across[0], by - across[1])
    look = {Link.FOREIGN_KEY: "tip", Link.INHERITANCE: "hollow", Link.READS: "open"}[link]
    closed = "" if link is Link.READS else "Z"
    return f'<path class="{look}" d="M{_xy(one)}L{_xy((x, y))}L{_xy(other)}{closed}"/>'


def _boxes(shapes: Sequence[Shape], places: Layout, ids: Mapping[Id, str]) -> Iterator[str]:
    for each in shapes:
        box, place = each.box, places.boxes[each.box.id]
        yield (
            f'<g id="{ids[box.id]}" class="box {box.id.kind.replace("_", "-")} {box.state.value}" '
            f'data-name="{text(box.full_name)}" transform="translate({_n(place.x)} {_n(place.y)})">'
        )
        yield _title(box.state, (box.full_name, *box.notes))
        yield from _head(each)
        yield from (_row(each, number) for number in range(len(each.rows)))
        if each.more:
            y = HEAD + LINE * len(each.rows)
            yield f'<text class="quiet" x="{_n(PAD)}" y="{_n(y + 14)}">{each.more}</text>'
        yield "</g>"


def _head(each: Shape) -> Iterator[str]:
    w, h = _n(each.width), _n(each.height)
    sign = SIGNS.get(each.box.state)
    yield f'<rect class="body" width="{w}" height="{h}" rx="6"/>'
    yield f'<path class="head" d="M1 7Q1 1 7 1H{_n(each.width - 7)}Q{_n(each.width - 1)} 1 {_n(each.width - 1)} 7V{_n(HEAD)}H1Z"/>'
    yield f'<text class="name struck" x="{_n(PAD)}" y="20">{text(each.name)}</text>'
    if each.aside:
        yield f'<text class="aside quiet end" x="{_n(each.width - PAD)}" y="19">{each.aside}</text>'
    if sign:
        yield f'<text class="sign {each.box.state.value}" x="{_n(each.width - 3)}" y="-4" text-anchor="end">{each.box.state.value}</text>'


def _row(each: Shape, number: int) -> str:
    row, name, type_ = each.rows[number]
    y = HEAD + LINE * number
    parts = [f'<g class="row {row.state.value}">{_title(row.state, row.notes)}']
    if row.state is not State.SAME:
        parts.append(
            f'<rect class="tint" x="1" y="{_n(y + 0.5)}" width="{_n(each.width - 2)}" height="{_n(LINE - 1)}"/>'
        )
        parts.append(
            f'<text class="sign {row.state.value}" x="3.5" y="{_n(y + 14)}">{SIGNS[row.state]}</text>'
        )
    parts += _marks(row, y)
    key = " key" if row.primary else ""
    parts.append(f'<text class="struck{key}" x="{_n(each.names_at)}" y="{_n(y + 14)}">{text(name)}</text>')
    parts.append(
        f'<text class="quiet end" x="{_n(each.width - PAD)}" y="{_n(y + 14)}">{text(type_)}</text></g>'
    )
    return "".join(parts)


def _marks(row: Row, y: float) -> Iterator[str]:
    x = PAD
    for mark in row.marks:
        yield f'<text class="mark" x="{_n(x)}" y="{_n(y + 13)}">{mark}</text>'
        x += width(mark, MARK, bold=True) + MARK_GAP


def _title(state: State, notes: Iterable[str]) -> str:
    """What is shown where a pointer rests."""
    lines = [*([state.value] if state is not State.SAME else []), *notes]
    return f"<title>{'&#10;'.join(_lines(lines))}</title>"


def _lines(notes: Iterable[str]) -> Iterator[str]:
    return (text(line) for note in notes for line in visible(note).split("\n"))


def _ids(diagram: Diagram) -> dict[Id, str]:
    """A name for each thing that may stand in a link, each but once."""
    found: dict[Id, str] = {}
    taken: Counter[str] = Counter()
    for i in [*(box.id for box in diagram.boxes), *(arrow.id for arrow in diagram.arrows)]:
        plain = "-".join(
            "".join(c if c.isalnum() and c.isascii() else "_" for c in part) for part in (i.kind, *i.path)
        )
        taken[plain] += 1
        found[i] = plain if taken[plain] == 1 else f"{plain}.{taken[plain]}"
    return found


def _at(place: Rectangle) -> str:
    return f'x="{_n(place.x)}" y="{_n(place.y)}" width="{_n(place.width)}" height="{_n(place.height)}"'


def _xy(point: Point) -> str:
    return f"{_n(point[0])} {_n(point[1])}"


def _n(number: float) -> str:
    """A number in few letters."""
    return f"{number:.1f}".removesuffix(".0")
