"""Where everything stands: boxes in layers by their arrows, schemas around them. Nobody else knows graphlay.

graphlay gives the same places for the same input.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from itertools import pairwise
from typing import Any

from ...errors import UsageError
from ...model import Id
from .boxes import Shape
from .model import Arrow

type Point = tuple[float, float]
FRAME, TITLE = 24.0, 26.0
"""Room within the frame of a schema: around it, and for its name."""
INSET = 8.0
"""How far within its place a frame is drawn, so that two never touch."""
STEP = 12.0
"""How far from a box an arrow steps to the line of its column."""
PRESET = "hub_and_spoke"
OPTIONS = {
    "direction": "leftright",
    "spacing": {"layer_gap": 60, "node_gap": 28, "isolated_gap": 28, "port_gap": 10,
                "compound_padding": FRAME + INSET, "compound_header": TITLE},
    "routing": {"style": "orthogonal", "bundle_parallel": False, "port_sides": "facing_preferred"},
}  # fmt: skip
MISSING = (
    "the formats svg and html need the package graphlay, which gives boxes their places: "
    "pip install 'schemadiff[diagram]'; the formats mermaid and dot need nothing"
)


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A place, from its upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of boxes by identity, of the frames of schemas by name, and the bends of arrows by identity, each
    from the box that refers to the one referred to. All is right of and below (0, 0), within ``width`` and ``height``."""

    boxes: Mapping[Id, Rectangle]
    frames: Mapping[str, Rectangle]
    arrows: Mapping[Id, tuple[Point, ...]]
    width: float
    height: float


def is_installed() -> bool:
    """Whether what gives boxes their places is here."""
    return find_spec("graphlay") is not None


def laid_out(shapes: Sequence[Shape], arrows: Sequence[Arrow], schemas: Sequence[str]) -> Layout:
    """Gives every box and arrow its place; ``schemas`` get a frame each. Arrows lead from the line of one column to that
    of another.

    Raises UsageError where the package that does it is not installed."""
    try:
        import graphlay
    except ImportError:
        raise UsageError(MISSING) from None
    if not shapes:
        return Layout({}, {}, {}, 0, 0)
    outer = schemas if len(schemas) > 1 else ()
    frames = {schema: number for number, schema in enumerate(outer)}
    drawn = {shape.box.id: number for number, shape in enumerate(shapes, len(outer))}
    nodes = [*(_node(1, 1) for _ in outer), *(_table(s, frames.get(s.box.schema)) for s in shapes)]
    edges = [{"source": drawn[a.source], "target": drawn[a.target], "weight": 1.0} for a in arrows]
    found = graphlay.layout({"nodes": nodes, "edges": edges}, preset=PRESET, options=OPTIONS)
    # Once more with the lines that arrows start and end at, on the sides that they have now.
    of = {shape.box.id: shape for shape in shapes}
    ends = [_ends(arrow, way, of) for arrow, way in zip(arrows, found.edges, strict=True)]
    edges = [edge | ports for edge, ports in zip(edges, ends, strict=True)]
    found = graphlay.layout({"nodes": nodes, "edges": edges}, preset=PRESET, options=OPTIONS)
    places = _at_lines(_moved(found, frames, drawn, arrows), arrows, of)
    return _framed(places, *schemas) if len(schemas) == 1 else places


def _at_lines(places: Layout, arrows: Sequence[Arrow], of: Mapping[Id, Shape]) -> Layout:
    """The same where each arrow that meets a box from the side does so at the line of its column: in a crowd the engine
    takes another place. The last step up or down is so near the box that no other is in its way."""
    lines = {}
    for arrow in arrows:
        line = _ended(places.arrows[arrow.id], arrow.target, arrow.referenced, places, of)
        lines[arrow.id] = _ended(line[::-1], arrow.source, arrow.columns, places, of)[::-1]
    return replace(places, arrows=lines)


def _ended(
    line: tuple[Point, ...], i: Id, columns: tuple[str, ...], places: Layout, of: Mapping[Id, Shape]
) -> tuple[Point, ...]:
    (before, _), (x, y) = line[-2:]
    box = places.boxes[i]
    wanted = _exact(box.y + of[i].middle(*columns[-1:]))
    is_at_side = x in (box.x, _exact(box.x + box.width))
    if not is_at_side or abs(wanted - y) < 1:
        return line
    corner = x + max(-STEP, min(STEP, (before - x) / 2))
    return (*line[:-1], (corner, y), (corner, wanted), (x, wanted))


def _framed(places: Layout, schema: str) -> Layout:
    """The same within one frame."""
    right, down = FRAME, FRAME + TITLE
    width, height = places.width + 2 * FRAME, places.height + 2 * FRAME + TITLE
    boxes = {i: Rectangle(r.x + right, r.y + down, r.width, r.height) for i, r in places.boxes.items()}
    arrows = {i: tuple((x + right, y + down) for x, y in line) for i, line in places.arrows.items()}
    return Layout(boxes, {schema: Rectangle(0, 0, width, height)}, arrows, width, height)


def _node(width: float, height: float) -> dict[str, Any]:
    return {"size": {"width": width, "height": height}, "shape": "box"}


def _table(shape: Shape, parent: int | None) -> dict[str, Any]:
    found = _node(shape.width, shape.height)
    return found if parent is None else {**found, "parent": parent}


def _ends(arrow: Arrow, way: Mapping[str, Any], of: Mapping[Id, Shape]) -> dict[str, Any]:
    """The lines of the columns that an arrow leads from and to, on the sides that it was given: of several columns the
    last, since the first are those that all keys of a tenant begin with."""
    ends = (
        ("source_port", of[arrow.source], arrow.columns[-1:]),
        ("target_port", of[arrow.target], arrow.referenced[-1:]),
    )
    sides = {end: way[end]["side"] for end, _, _ in ends}
    return {
        end: _port(shape, column, sides[end])
        for end, shape, column in ends
        if sides[end] in ("left", "right")
    }


def _port(shape: Shape, column: tuple[str, ...], side: str) -> dict[str, Any]:
    """The line of a column on one side; graphlay counts from the middle, -1 and 1 being the corners."""
    return {"offset": {"side": side, "t": shape.middle(*column) / shape.height * 2 - 1}}


def _moved(found: Any, frames: Mapping[str, int], drawn: Mapping[Id, int], arrows: Sequence[Arrow]) -> Layout:
    """The places with their origin in the upper left corner."""
    bends = [[(p["x"], p["y"]) for p in edge["points"]] for edge in found.edges]
    places = [_place(node) for node in found.nodes]
    left = min(x for x in [*(r.x for r in places), *(x for points in bends for x, _ in points)])
    top = min(y for y in [*(r.y for r in places), *(y for points in bends for _, y in points)])
    moved = [Rectangle(_exact(r.x - left), _exact(r.y - top), r.width, r.height) for r in places]
    lines = [_square([(_exact(x - left), _exact(y - top)) for x, y in points]) for points in bends]
    return Layout(
        boxes={i: moved[number] for i, number in drawn.items()},
        frames={schema: _within(moved[number]) for schema, number in frames.items()},
        arrows={arrow.id: line for arrow, line in zip(arrows, lines, strict=True)},
        width=max([*(r.x + r.width for r in moved), *(x for line in lines for x, _ in line)]),
        height=max([*(r.y + r.height for r in moved), *(y for line in lines for _, y in line)]),
    )


def _square(points: Sequence[Point]) -> tuple[Point, ...]:
    """The same with a corner where the engine, rarely, leads from one point to the next aslant."""
    found = [points[0]]
    for before, (x, y) in pairwise(points):
        is_aslant = min(abs(before[0] - x), abs(before[1] - y)) >= 1
        found += [(x, before[1]), (x, y)] if is_aslant else [(x, y)]
    return tuple(found)


def _place(node: Mapping[str, Any]) -> Rectangle:
    (x, y), (width, height) = node["center"].values(), node["size"].values()
    return Rectangle(x - width / 2, y - height / 2, width, height)


def _within(place: Rectangle) -> Rectangle:
    return Rectangle(place.x + INSET, place.y + INSET, place.width - 2 * INSET, place.height - 2 * INSET)


def _exact(number: float) -> float:
    """Tenths of a pixel, so that the last digits of a machine's arithmetic are no difference."""
    return round(number, 1) + 0.0
