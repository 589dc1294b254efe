"""A diagram as Mermaid's ``erDiagram``, which GitHub, GitLab and many wikis draw. It has no frames for schemas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...model import Id
from ...sqltext import one_line
from .model import Arrow, Box, Diagram, Link, Row, State

CLASSES = {
    State.ADDED: "fill:#dafbe1,stroke:#1a7f37,color:#1f2328",
    State.CHANGED: "fill:#fff8c5,stroke:#9a6700,color:#1f2328",
    State.REMOVED: "fill:#ffebe9,stroke:#cf222e,color:#1f2328",
}
KEYS = {"PK": "PK", "FK": "FK", "U": "UK"}
_CODES = {character: f"#{ord(character)};" for character in '#"<>&;%{}`\\'}


def mermaid(diagram: Diagram) -> str:
    """The text. An entity is called ``t1``, ``t2``, … and shows its name; a column whose name or type Mermaid does not
    read is written with ``_`` in it, and its right name stands in its comment."""
    names = {box.id: f"t{number}" for number, box in enumerate(diagram.boxes, 1)}
    return "\n".join(_lines(diagram, names)) + "\n"


def _lines(diagram: Diagram, names: Mapping[Id, str]) -> Iterator[str]:
    yield f"%% {one_line(diagram.title)}"
    yield "erDiagram"
    for box in diagram.boxes:
        yield from _entity(box, names[box.id])
    for arrow in diagram.arrows:
        yield f"    {names[arrow.source]} {_ends(arrow)} {names[arrow.target]} : {_string(_label(arrow))}"
    for state, look in CLASSES.items():
        found = [names[box.id] for box in diagram.boxes if box.state is state]
        if found:
            yield f"    classDef {state.value} {look}"
            yield f"    class {','.join(found)} {state.value}"


def _entity(box: Box, name: str) -> Iterator[str]:
    shown = box.name if box.schema == "public" else f"{box.schema}.{box.name}"
    aside = f" ({box.partitions} partitions)" if box.partitions else ""
    yield f"    {name}[{_string(shown + aside)}] {{"
    for row in box.rows:
        yield f"        {_attribute(row)}"
    yield "    }"


def _attribute(row: Row) -> str:
    kept, type_ = _word(row.name), _word(row.type)
    exact = " ".join([row.name] * (kept != row.name) + [row.type] * (type_ != row.type))
    said = [exact, "not null" if row.not_null else "", "" if row.state is State.SAME else row.state.value]
    comment = ", ".join(part for part in said if part)
    keys = ", ".join(KEYS[mark] for mark in row.marks)
    return " ".join(part for part in (type_, kept, keys, _string(comment) if comment else "") if part)


def _word(text: str) -> str:
    """A name that Mermaid reads as one: letters, digits, ``_``, and brackets behind them."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "_()[]") else "_" for c in text)
    return plain if plain[:1].isalpha() or plain[:1] == "_" else f"_{plain}"


def _ends(arrow: Arrow) -> str:
    """How many rows of the first lead to how many of the second."""
    if arrow.link is not Link.FOREIGN_KEY:
        return "}o..||" if arrow.link is Link.READS else "|o..||"
    many = "|o" if arrow.single else "}o"
    return f"{many}--{'o|' if arrow.optional else '||'}"


def _label(arrow: Arrow) -> str:
    state = "" if arrow.state is State.SAME else f"{arrow.state.value}: "
    return state + (arrow.name or arrow.link.value)


def _string(text: str) -> str:
    """A string of Mermaid, in which codes stand for what would end it or mean something."""
    return '"' + "".join(_CODES.get(c, c) for c in one_line(text)) + '"'
