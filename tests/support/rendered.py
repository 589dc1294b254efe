"""Every rendering of a report, each seen to be what its format says and to be steered by nothing in it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import jsonschema
from lxml import etree
from markdown_it import MarkdownIt

from schemadiff.report import github, html, junit, markdown, sarif
from schemadiff.report import json as as_json
from schemadiff.report._report import Report, tree

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "tests" / "report" / "schemas"
FORBIDDEN = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\ufffe\\uffff]")
"""What may not reach a terminal or a page."""
TAGS = frozenset({"<details>", "</details>", "<summary>", "</summary>", "<!-- -->"})
COMMAND = re.compile(r"::(error|warning|notice) ((?:[a-z]+=[^:,\r\n]*)(?:,[a-z]+=[^:,\r\n]*)*)::([^\r\n]*)")
HANDLERS = re.compile("on[a-z]+$")


def rendered(found: Sequence[Report]) -> dict[str, str]:
    """Each rendering by its format."""
    made = {
        "json": as_json.reports(found),
        "markdown": markdown.reports(found),
        "junit": junit.reports(found),
        "sarif": sarif.reports(found, "1.2.3"),
        "github": github.reports(found),
        "html": html.reports(found),
    }
    is_report(made["json"])
    is_junit(made["junit"], sum(len(r.matching) + len(r.objects) for r in found))
    is_sarif(made["sarif"])
    is_commands(made["github"], sum(len(tree(r.objects)) for r in found))
    is_page(made["html"])
    assert len(made["markdown"]) <= markdown.LONGEST
    marks_up_nothing(made["markdown"])
    for format in ("markdown", "junit", "github", "html"):
        assert not FORBIDDEN.findall(made[format]), format
    return made


@cache
def _validator(path: Path) -> Any:
    schema = json.loads(path.read_text(encoding="utf-8"))
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema, format_checker=kind.FORMAT_CHECKER)


def is_report(text: str) -> None:
    """Whether it is what docs/report.schema.json says."""
    _validator(ROOT / "docs" / "report.schema.json").validate(json.loads(text))


def is_sarif(text: str) -> None:
    """Whether it is SARIF 2.1.0, and each place in it a path that means itself."""
    body = json.loads(text)
    _validator(SCHEMAS / "sarif-schema-2.1.0.json").validate(body)
    (run,) = body["runs"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        for location in result.get("locations", ()):
            uri = location["physicalLocation"]["artifactLocation"]["uri"]
            parts = urlsplit(uri)
            assert parts.scheme in ("", "file")
            assert not parts.query + parts.fragment + parts.netloc
            assert re.fullmatch(r"[!-~]*", uri)


def path_of(uri: str) -> str:
    return unquote(urlsplit(uri).path, errors="surrogateescape")


def is_junit(text: str, tests: int) -> None:
    """Whether it is JUnit XML with so many tests."""
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd"))
    root = etree.fromstring(text.encode())
    schema.assertValid(root)
    assert len(list(root.iter("testcase"))) == tests == int(root.get("tests"))
    assert len(list(root.iter("failure"))) == int(root.get("failures"))


def is_commands(text: str, entries: int) -> None:
    """Whether every line is a command that ends where it ends, and there is one for each entry at least."""
    lines = text.split("\n")
    assert lines.pop() == ""
    assert [line for line in lines if not COMMAND.fullmatch(line)] == []
    assert len(lines) >= entries


def marks_up_nothing(page: str) -> None:
    """The page has the headings, tags and code that we wrote, and none of anybody else's."""
    tokens = [
        t
        for block in MarkdownIt("gfm-like", {"linkify": False}).parse(page)
        for t in (block, *(block.children or ()))
    ]
    assert {t.type for t in tokens}.isdisjoint({"image", "link_open", "em_open", "s_open", "hr"})
    assert {t.info for t in tokens if t.type == "fence"} <= {"sql", "diff"}
    html = "".join(t.content for t in tokens if t.type.startswith("html"))
    assert set(re.findall("<[^>]*>", html)) <= TAGS
    assert html.count("<details>") == html.count("</details>")


class Page(HTMLParser):
    """What a browser would find on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: dict[str, int] = {}
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] = self.tags.get(tag, 0) + 1
        names = {name for name, _ in attrs}
        self.wrong += [f"{tag} {n}" for n in names if HANDLERS.match(n) or n in ("src", "href", "style")]


def is_page(text: str) -> None:
    """Whether a page has our one script and style, and that of its diagram, and nothing that acts or is fetched."""
    page = Page()
    page.feed(text)
    assert page.wrong == []
    drawn = page.tags.get("svg", 0)
    assert drawn <= 1
    assert (page.tags["script"], page.tags["style"]) == (1, 1 + drawn)
    ours = "html head meta title style body header h1 h2 h3 h4 button main article section p span dl dt dd table thead"
    more = "tbody tr th td form label input select option output details summary b code pre div figure figcaption"
    assert page.tags.keys() <= {
        *ours.split(),
        *more.split(),
        "del",
        "ins",
        "ul",
        "ol",
        "li",
        "small",
        "br",
        "script",
        *["svg", "g", "path", "rect", "text", "tspan", "defs", "marker", "line", "polygon", "circle"],
    }
