"""What a diagram holds of the catalogs that it is made of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from schemadiff._inside import inside
from schemadiff._scope import Scope
from schemadiff.errors import UsageError
from schemadiff.model import Catalog, Id
from schemadiff.report.diagram import build, compare
from schemadiff.report.diagram.columns import Columns
from schemadiff.report.diagram.model import Arrow, Box, Diagram, Link, Row, State
from schemadiff.report.diagram.select import MOST, focused, with_columns

from .conftest import catalog


def named(diagram: Diagram, name: str) -> Box:
    return next(box for box in diagram.boxes if box.name == name)


def row(diagram: Diagram, table: str, column: str) -> Row:
    return next(r for r in named(diagram, table).rows if r.name == column)


def arrow(diagram: Diagram, name: str) -> Arrow:
    return next(a for a in diagram.arrows if a.name == name)


def test_every_table_is_one_box_and_every_foreign_key_one_arrow(shop: Diagram) -> None:
    found = catalog("shop")
    partitions = {f.id.path for f in found.of_kind("partition")}
    tables = {f.id for f in found.of_kind("table") if f.id.path not in partitions}
    views = {f.id for kind in ("view", "materialized_view") for f in found.of_kind(kind)}
    assert [b.id for b in shop.boxes] == sorted(tables | views)
    keys = sorted(f.id for f in found.of_kind("constraint") if getattr(f, "type", "") == "f")
    assert [a.id for a in shop.arrows if a.link is Link.FOREIGN_KEY] == keys


def test_without_views() -> None:
    found = build.diagram(catalog("shop"), "shop")
    assert {b.id.kind for b in found.boxes} == {"table"}
    assert Link.READS not in {a.link for a in found.arrows}


def test_marks_of_columns(shop: Diagram) -> None:
    assert row(shop, "customer", "id").marks == ("PK",)
    assert row(shop, "customer", "email").marks == ("U",)
    assert row(shop, "line", "order_id").marks == ("PK", "FK")
    assert row(shop, "line", "number").marks == ("PK",)
    assert [r.name for r in named(shop, "Order").rows if not r.not_null] == ["settled"]


def test_types_are_short(shop: Diagram) -> None:
    types = {r.name: r.type for r in named(shop, "Order").rows}
    assert types == {"id": "bigint", "customer_id": "bigint", "state": "state", "Placed at": "timestamptz",
                     "settled": "timestamp(3)"}  # fmt: skip
    assert row(shop, "customer", "email").type == "varchar(320)"
    assert "sales.state: new, paid, sent" in row(shop, "Order", "state").notes


def test_a_partition_is_counted_in_its_table(shop: Diagram) -> None:
    assert named(shop, "event").partitions == 2
    assert not [b for b in shop.boxes if b.name.startswith("event_")]


def test_columns_of_foreign_keys_have_the_order_of_the_definition(shop: Diagram) -> None:
    key = arrow(shop, "line_follows_order_follows_fkey")
    assert (key.source, key.columns) == (key.target, ("follows_order", "follows"))
    assert key.referenced == ("order_id", "number")
    seen = arrow(shop, "seen_event_id_event_at_fkey")
    assert (seen.target.path, seen.columns, seen.referenced) == (
        ("public", "event"), ("event_id", "event_at"), ("id", "at"),
    )  # fmt: skip


def test_how_many_rows_a_foreign_key_joins(shop: Diagram) -> None:
    assert not arrow(shop, "Order_customer_id_fkey").optional
    assert arrow(shop, "event_customer_id_fkey").optional
    assert not arrow(shop, "event_customer_id_fkey").single


def test_a_foreign_key_to_what_is_not_there_is_a_mark_without_an_arrow() -> None:
    found = inside(catalog("change"), Scope(ignore=("table:public.course",)))
    drawn = build.diagram(found, "t")
    assert row(drawn, "lesson", "course_id").marks == ("FK",)
    assert drawn.arrows == ()


def test_inheritance_and_what_views_read(shop: Diagram) -> None:
    ends = {
        (a.link, a.source.path[-1], a.target.path[-1]) for a in shop.arrows if a.link is not Link.FOREIGN_KEY
    }
    assert ends == {
        (Link.INHERITANCE, "employee", "person"),
        (Link.READS, "big", "spent"),
        (Link.READS, "spent", "customer"),
        (Link.READS, "spent", "Order"),
        (Link.READS, "spent", "line"),
    }


def test_states(change: Diagram) -> None:
    states = {b.name: b.state for b in change.boxes}
    assert states == {
        "course": State.CHANGED, "course_tag": State.CHANGED, "event": State.CHANGED, "kept": State.SAME,
        "lesson": State.ADDED, "tag": State.SAME,
    }  # fmt: skip
    rows = {r.name: r.state for r in named(change, "course").rows}
    assert rows == {
        "id": State.SAME, "title": State.CHANGED, "price": State.SAME, "level": State.ADDED,
        "old_note": State.REMOVED,
    }  # fmt: skip
    assert row(change, "course", "title").type == "varchar(100) → text"
    arrows = {a.name: a.state for a in change.arrows}
    assert arrows == {
        "course_tag_course_id_fkey": State.CHANGED,
        "course_tag_tag_id_fkey": State.REMOVED,
        "lesson_course_id_fkey": State.ADDED,
    }
    assert "added: index course_title" in named(change, "course").notes
    assert any("event_2025" in note for note in named(change, "event").notes)


def test_backwards_added_is_removed(change: Diagram) -> None:
    turned = {State.ADDED: State.REMOVED, State.REMOVED: State.ADDED}
    before, after = catalog("change", "origin.sql"), catalog("change")
    there, back = (compare.compared(*ends, "t") for ends in ((before, after), (after, before)))
    assert [(b.id, turned.get(b.state, b.state)) for b in there.boxes] == [
        (b.id, b.state) for b in back.boxes
    ]
    assert [(a.id, turned.get(a.state, a.state)) for a in there.arrows] == [
        (a.id, a.state) for a in back.arrows
    ]


@pytest.mark.parametrize("name", ["shop", "change"])
def test_compared_with_itself_nothing_is_marked(name: str) -> None:
    found: Catalog = catalog(name)
    drawn = compare.compared(found, found, "t", views=True)
    assert replace(drawn, compared=False) == build.diagram(found, "t", views=True)


def test_focus_names_a_table(shop: Diagram) -> None:
    for name in ("Order", 'sales."Order"', "sales.Order"):
        assert {b.name for b in focused(shop, [name], 0).boxes} == {"Order"}
    near = focused(shop, ["employee"], 1)
    assert ({b.name for b in near.boxes}, len(near.arrows)) == ({"employee", "person"}, 1)
    with pytest.raises(UsageError, match="event_2025: no such table in shop; partitions"):
        focused(shop, ["event_2025"], 1)


def test_a_name_in_two_schemas_needs_its_schema() -> None:
    boxes = tuple(Box(Id("table", (schema, "t")), ()) for schema in ("a", "b"))
    with pytest.raises(UsageError, match=r"a\.t, b\.t are called so; give the schema too"):
        focused(Diagram("d", boxes, ()), ["t"], 1)
    assert focused(Diagram("d", boxes, ()), ["b.t"], 1).boxes == boxes[1:]


def wide(columns: int) -> Diagram:
    rows = tuple(Row(f"c{n}", "text", primary=n == 30, foreign=n == 40) for n in range(columns))
    return Diagram("d", (Box(Id("table", ("public", "wide")), rows),), ())


@pytest.mark.parametrize(
    ("columns", "shown"),
    [(Columns.all, 50), (Columns.some, MOST), (Columns.keys, 2), (Columns.none, 0)],
)
def test_columns_that_are_shown(columns: Columns, shown: int) -> None:
    (box,) = with_columns(wide(50), columns).boxes
    assert (len(box.rows), box.hidden) == (shown, 50 - shown)
    names = [r.name for r in box.rows]
    assert names == sorted(names, key=lambda name: int(name[1:]))
    assert shown == 0 or {"c30", "c40"} <= set(names)


def test_a_change_is_shown_though_it_is_no_key(change: Diagram) -> None:
    course = named(with_columns(change, Columns.keys), "course")
    assert [r.name for r in course.rows] == ["id", "title", "level", "old_note"]
    assert [r.name for r in named(with_columns(change, Columns.keys), "lesson").rows] == ["id", "course_id"]
