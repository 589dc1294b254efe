"""Where boxes and arrows stand, for diagrams of any shape."""

from __future__ import annotations

import itertools

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemadiff.model import Id
from schemadiff.report.diagram.boxes import Shape, shape
from schemadiff.report.diagram.layout import Layout, Rectangle, laid_out
from schemadiff.report.diagram.metrics import cut, width
from schemadiff.report.diagram.model import Arrow, Box, Diagram, Link, Row
from schemadiff.report.diagram.select import focused


@st.composite
def diagrams(draw: st.DrawFn) -> Diagram:
    count = draw(st.integers(1, 14))
    names = draw(st.sampled_from([["public"], ["b"], ["public", "b", "c"]]))
    schemas = draw(st.lists(st.sampled_from(names), min_size=count, max_size=count))
    rows = [
        tuple(Row(f"column_{n}", "integer") for n in range(draw(st.integers(0, 6)))) for _ in range(count)
    ]
    boxes = tuple(Box(Id("table", (schemas[n], f"t{n:02}")), rows[n]) for n in range(count))
    ends = draw(st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=20))
    arrows = tuple(
        Arrow(
            Id("constraint", (*boxes[a].id.path, f"fk{n:02}")),
            Link.FOREIGN_KEY,
            boxes[a].id,
            boxes[b].id,
            columns=tuple(r.name for r in rows[a][:1]),
            referenced=tuple(r.name for r in rows[b][-1:]),
        )
        for n, (a, b) in enumerate(ends)
    )
    return Diagram("d", tuple(sorted(boxes, key=lambda b: b.id)), tuple(sorted(arrows, key=lambda a: a.id)))


def placed(diagram: Diagram) -> tuple[dict[Id, Shape], Layout]:
    shapes = [shape(box) for box in diagram.boxes]
    schemas = diagram.schemas if diagram.schemas != ("public",) else ()
    return {s.box.id: s for s in shapes}, laid_out(shapes, diagram.arrows, schemas)


def overlap(a: Rectangle, b: Rectangle) -> bool:
    apart = a.x + a.width <= b.x or b.x + b.width <= a.x or a.y + a.height <= b.y or b.y + b.height <= a.y
    return not apart


def on_border(x: float, y: float, box: Rectangle, slack: float = 0.2) -> bool:
    inside = (
        box.x - slack <= x <= box.x + box.width + slack and box.y - slack <= y <= box.y + box.height + slack
    )
    edges = (abs(x - box.x), abs(x - box.x - box.width), abs(y - box.y), abs(y - box.y - box.height))
    return inside and min(edges) <= slack


SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(diagrams())
def test_boxes_and_frames_do_not_overlap(diagram: Diagram) -> None:
    shapes, found = placed(diagram)
    assert found.boxes.keys() == shapes.keys()
    for one, other in itertools.combinations(found.boxes.values(), 2):
        assert not overlap(one, other)
    for one, other in itertools.combinations(found.frames.values(), 2):
        assert not overlap(one, other)
    for i, box in found.boxes.items():
        assert (box.width, box.height) == (shapes[i].width, shapes[i].height)
        assert min(box.x, box.y) >= 0
        assert box.x + box.width <= found.width + 0.2
        assert box.y + box.height <= found.height + 0.2
        for schema, frame in found.frames.items():
            assert overlap(box, frame) == (schema == i.path[0])


@SLOW
@given(diagrams())
def test_arrows_lead_from_border_to_border_at_right_angles(diagram: Diagram) -> None:
    _, found = placed(diagram)
    assert found.arrows.keys() == {a.id for a in diagram.arrows}
    for arrow in diagram.arrows:
        points = found.arrows[arrow.id]
        assert on_border(*points[0], found.boxes[arrow.source])
        assert on_border(*points[-1], found.boxes[arrow.target])
        for (ax, ay), (bx, by) in itertools.pairwise(points):
            assert min(abs(ax - bx), abs(ay - by)) < 1  # nobody sees less than a pixel


@SLOW
@given(diagrams())
def test_arrows_lead_from_line_to_line(diagram: Diagram) -> None:
    shapes, found = placed(diagram)
    for arrow in diagram.arrows:
        ends = ((arrow.source, arrow.columns, 0), (arrow.target, arrow.referenced, -1))
        for i, columns, end in ends:
            (x, y), box = found.arrows[arrow.id][end], found.boxes[i]
            if (
                min(abs(x - box.x), abs(x - box.x - box.width)) < 0.2
                and box.y + 1 < y < box.y + box.height - 1
            ):
                assert abs(y - box.y - shapes[i].middle(*columns)) <= 1


@SLOW
@given(diagrams())
def test_same_places_again(diagram: Diagram) -> None:
    assert placed(diagram)[1] == placed(diagram)[1]


@SLOW
@given(diagrams(), st.integers(0, 4), st.data())
def test_focus_reaches_as_far_as_its_depth(diagram: Diagram, depth: int, data: st.DataObject) -> None:
    start = data.draw(st.sampled_from(diagram.boxes))
    far = {box.id: 0 if box.id == start.id else 99 for box in diagram.boxes}
    for _ in diagram.boxes:
        for a in diagram.arrows:
            far[a.source] = min(far[a.source], far[a.target] + 1)
            far[a.target] = min(far[a.target], far[a.source] + 1)
    found = focused(diagram, [start.full_name], depth)
    near = {i for i, distance in far.items() if distance <= depth}
    assert {b.id for b in found.boxes} == near
    assert set(found.arrows) == {a for a in diagram.arrows if {a.source, a.target} <= near}


def test_nothing_has_no_places() -> None:
    assert placed(Diagram("d", (), ()))[1].boxes == {}


@given(st.text(max_size=40), st.floats(20, 200))
def test_a_cut_text_fits(text: str, room: float) -> None:
    kept = cut(text, room, 12)
    assert kept == text or (kept.endswith("…") and text.startswith(kept[:-1]))
    assert width(kept, 12) <= max(room, width("…", 12))


def test_letters_have_their_widths() -> None:
    assert width("ill", 1000) == 666
    assert width("WM", 1000) == 1777
    assert width("é", 1000) > width("l", 1000)
    assert width("日", 1000) > width("W", 1000)
