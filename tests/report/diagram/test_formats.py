"""What each format says: golden files for two small schemas, and for all that names cannot break out of it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from html.parser import HTMLParser
from xml.etree import ElementTree

import pydot
import pytest

from schemadiff.report.diagram.dot import dot
from schemadiff.report.diagram.html import html
from schemadiff.report.diagram.mermaid import mermaid
from schemadiff.report.diagram.model import Box, Diagram, Link
from schemadiff.report.diagram.svg import svg
from schemadiff.sqltext import one_line

from .conftest import HERE, HOSTILE, Golden

SVG = "{http://www.w3.org/2000/svg}"
FORMATS = {"svg": svg, "mmd": mermaid, "gv": dot}


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("name", ["shop", "change"])
def test_golden(name: str, suffix: str, request: pytest.FixtureRequest, golden: Golden) -> None:
    golden(HERE / name / f"diagram.{suffix}", FORMATS[suffix](request.getfixturevalue(name)))


def parts(text: str, *classes: str) -> list[ElementTree.Element]:
    """The groups of a drawing that have all the classes."""
    root = ElementTree.fromstring(text)
    return [g for g in root.iter(f"{SVG}g") if set(classes) <= set(g.get("class", "").split())]


def called(box: Box) -> str:
    """The name of a box as XML can hold it."""
    return box.full_name.replace("\uffff", "\\uffff")


def test_every_box_and_arrow_is_drawn_once(drawn: Diagram) -> None:
    text = svg(drawn)
    boxes, arrows = parts(text, "box"), parts(text, "arrow")
    assert Counter(b.get("data-name") for b in boxes) == Counter(called(b) for b in drawn.boxes)
    assert len(arrows) == len(drawn.arrows)
    every = [e.get("id") for e in ElementTree.fromstring(text).iter() if e.get("id")]
    assert len(every) == len(set(every)) == len(boxes) + len(arrows)
    names = {b.get("id"): b.get("data-name") for b in boxes}
    joined = Counter((names[a.attrib["data-from"]], names[a.attrib["data-to"]]) for a in arrows)
    of = {box.id: called(box) for box in drawn.boxes}
    assert joined == Counter((of[a.source], of[a.target]) for a in drawn.arrows)


def test_every_column_is_drawn_with_its_type(drawn: Diagram) -> None:
    boxes = parts(svg(drawn), "box")
    for box, found in zip(drawn.boxes, boxes, strict=True):
        rows = [g for g in found if "row" in g.get("class", "").split()]
        texts = [[t.text or "" for t in g.iter(f"{SVG}text")] for g in rows]
        for row, said in zip(box.rows, texts, strict=True):
            cut = one_line(row.name).replace("\uffff", "\\uffff")[:20]
            assert any(t.startswith(cut) for t in said), (row, said)
            assert row.type[:20] in [t[:20] for t in said]


def test_states_are_drawn(change: Diagram) -> None:
    text = svg(change)
    assert [len(parts(text, "box", s)) for s in ("added", "changed", "removed")] == [1, 3, 0]
    assert {g.get("id") for g in parts(text, "arrow", "removed")} == {
        "constraint-public-course_tag-course_tag_tag_id_fkey"
    }
    assert "course_title" in text


def test_no_name_becomes_markup(hostile: Diagram) -> None:
    root = ElementTree.fromstring(svg(hostile))
    allowed = {"svg", "title", "style", "g", "rect", "path", "text"}
    assert {e.tag.removeprefix(SVG) for e in root.iter()} == allowed
    texts = {e.text for e in root.iter(f"{SVG}text")}
    assert {one_line(name) for name in HOSTILE if len(name) < 40 and name != "\uffff"} <= texts
    assert "\\uffff" in texts


class Elements(HTMLParser):
    """Counts what a page is made of."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[str] = Counter()
        self.attributes: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in ("src", "href")]


def test_a_page_runs_its_own_script_and_fetches_nothing(hostile: Diagram) -> None:
    page = html(hostile)
    found = Elements()
    found.feed(page)
    assert found.tags["script"] == 1
    assert not {name for name in found.attributes if name.startswith("on")}
    assert found.links == []
    assert not {"img", "link", "iframe", "object"} & found.tags.keys()
    script = page[page.rindex("<script>") + 8 : page.rindex("</script>")]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'\"" in page
    assert "default-src 'none'" in page


WORD, STRING = r"[A-Za-z_][A-Za-z0-9_()\[\]]*", r'"[^"<>{}%\\`\n]*"'
MERMAID = re.compile(
    "|".join(
        (
            r"%% .*",
            r"erDiagram",
            rf"    t\d+\[{STRING}\] \{{",
            rf"        {WORD} {WORD}( (PK|FK|UK)(, (PK|FK|UK))*)?( {STRING})?",
            r"    \}",
            rf"    t\d+ (\}}o|\|o)(--|\.\.)(o\||\|\|) t\d+ : {STRING}",
            r"    classDef (added|changed|removed) [\w:#,]+",
            r"    class t\d+(,t\d+)* (added|changed|removed)",
        )
    )
)
"""The lines that the text may have, by Mermaid's grammar of erDiagram."""


def test_mermaid_has_only_lines_that_it_knows(drawn: Diagram) -> None:
    lines = mermaid(drawn).splitlines()
    assert [line for line in lines if not MERMAID.fullmatch(line)] == []
    entities = [line for line in lines if line.endswith("] {")]
    relations = [line for line in lines if re.search(r" t\d+ : ", line)]
    assert (len(entities), len(relations)) == (len(drawn.boxes), len(drawn.arrows))
    for code in re.findall(r"#(.*?);", "".join(entities)):
        assert code.isdecimal()


@pytest.mark.filterwarnings("ignore:.* deprecated - use:DeprecationWarning")  # of pydot's own calls
def test_dot_reads_back(drawn: Diagram) -> None:
    graphs = pydot.graph_from_dot_data(dot(drawn))
    assert graphs is not None
    (graph,) = graphs
    clusters = graph.get_subgraphs()
    nodes = [n for c in clusters for n in c.get_nodes()]
    assert len(clusters) == len(drawn.schemas)
    assert len(nodes) == len(drawn.boxes)
    names = {box.id: f"t{number}" for number, box in enumerate(drawn.boxes, 1)}
    edges = Counter(
        (e.get_source().split(":")[0], e.get_destination().split(":")[0]) for e in graph.get_edges()
    )
    assert edges == Counter((names[a.source], names[a.target]) for a in drawn.arrows)
    for node in nodes:
        label = ElementTree.fromstring(node.get("label")[1:-1])
        box = next(b for b in drawn.boxes if names[b.id] == node.get_name())
        head = label.find(".//b")
        assert head is not None
        assert head.text == one_line(box.name).replace("\uffff", "\\uffff")


@pytest.mark.parametrize("write", [svg, html, mermaid, dot], ids=lambda f: f.__name__)
def test_same_input_same_bytes(write: object, drawn: Diagram) -> None:
    assert callable(write)
    assert write(drawn) == write(drawn)


def test_kinds_of_arrows_look_different(shop: Diagram) -> None:
    text = svg(shop)
    for link, look in ((Link.FOREIGN_KEY, "tip"), (Link.INHERITANCE, "hollow"), (Link.READS, "open")):
        drawn = [a for a in shop.arrows if a.link is link]
        assert drawn
        assert text.count(f'<path class="{look}"') == len(drawn)
