"""A diagram as DOT, the language of Graphviz, with a cluster for each schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...model import Id
from ...sqltext import one_line
from .model import Arrow, Box, Diagram, Link, Row, State
from .paint import LIGHT
from .xml import text

LOOKS = {
    Link.FOREIGN_KEY: "arrowhead=normal",
    Link.INHERITANCE: "arrowhead=empty",
    Link.READS: "arrowhead=open, style=dashed",
}


def dot(diagram: Diagram) -> str:
    """The text. A node is called ``t1``, ``t2``, … and shows its name; arrows lead from column to column."""
    names = {box.id: f"t{number}" for number, box in enumerate(diagram.boxes, 1)}
    return "\n".join(_lines(diagram, names)) + "\n"


def _lines(diagram: Diagram, names: Mapping[Id, str]) -> Iterator[str]:
    yield "digraph schema {"
    yield f"  graph [rankdir=LR, label={_string(diagram.title)}, labelloc=t, fontname=Helvetica];"
    yield "  node [shape=plain, fontname=Helvetica, fontsize=11];"
    yield f"  edge [color={_string(LIGHT['arrow'])}, fontname=Helvetica, fontsize=9];"
    for number, schema in enumerate(diagram.schemas, 1):
        yield f"  subgraph cluster_{number} {{"
        yield f"    label={_string(schema)}; color={_string(LIGHT['edge'])};"
        yield from (f"    {names[b.id]} [{_node(b)}];" for b in diagram.boxes if b.schema == schema)
        yield "  }"
    ports = {
        box.id: {row.name: f"c{number}" for number, row in enumerate(box.rows, 1)} for box in diagram.boxes
    }
    for arrow in diagram.arrows:
        ends = ((arrow.source, arrow.columns), (arrow.target, arrow.referenced))
        source, target = (names[i] + _port(columns, ports[i]) for i, columns in ends)
        yield f"  {source} -> {target} [{_edge(arrow)}];"
    yield "}"


def _port(columns: tuple[str, ...], ports: Mapping[str, str]) -> str:
    return f":{ports.get(columns[-1], 'head')}" if columns else ":head"


def _node(box: Box) -> str:
    aside = f" ({box.partitions} partitions)" if box.partitions else ""
    rows = [_cell(f"<b>{_text(box.name)}</b>{aside}", "head", _head_colour(box.state))]
    rows += [_cell(_row(row), f"c{number}", _soft(row.state)) for number, row in enumerate(box.rows, 1)]
    rows += [_cell(f"… {box.hidden} more", "more", _soft(State.SAME))] if box.hidden else []
    table = f'<table border="1" cellborder="0" cellspacing="0" cellpadding="4" color="{_strong(box.state)}">'
    return f"label=<{table}{''.join(rows)}</table>>, tooltip={_string(box.full_name)}"


def _cell(said: str, port: str, colour: str) -> str:
    return f'<tr><td port="{port}" align="left" bgcolor="{colour}">{said}</td></tr>'


def _row(row: Row) -> str:
    marks = "".join(f'<font color="{LIGHT["mark"]}">{mark}</font> ' for mark in row.marks)
    state = "" if row.state is State.SAME else f" ({row.state.value})"
    star = " *" if row.not_null else ""
    return f'{marks}{_text(row.name)}{star} <font color="{LIGHT["quiet"]}">{_text(row.type)}</font>{state}'


def _edge(arrow: Arrow) -> str:
    parts = [LOOKS[arrow.link], f"tooltip={_string(' '.join(arrow.notes))}"]
    if arrow.state is not State.SAME:
        parts += [
            f"color={_string(_strong(arrow.state))}",
            f"label={_string(arrow.state.value)}",
            "penwidth=2",
        ]
    return ", ".join(parts)


def _strong(state: State) -> str:
    return LIGHT["line"] if state is State.SAME else LIGHT[state.value]


def _soft(state: State) -> str:
    return LIGHT["box"] if state is State.SAME else LIGHT[f"{state.value}-soft"]


def _head_colour(state: State) -> str:
    return LIGHT["head"] if state is State.SAME else _soft(state)


def _text(value: str) -> str:
    """A text within a label that Graphviz reads like HTML; a space alone it would take for none."""
    return text(value).replace(" ", "&#32;") or "&#32;"


def _string(value: str) -> str:
    """A string of DOT in which no backslash means anything."""
    shown = one_line(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{shown}"'
