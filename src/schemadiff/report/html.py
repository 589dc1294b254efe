"""Reports as one HTML page that needs nothing else: no network, no file beside it.

Made with Jinja2, which escapes every text. The page's policy lets run no script but its own, whatever a diagram holds.
https://jinja.palletsprojects.com/en/stable/api/#autoescaping
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from .._plan import LOSSLESS
from ..kinds import kinds
from ..sqltext import one_line, visible
from . import words
from ._report import CHECK, SIGNS, Object, Report, Step, by_transaction, tree
from ._review import LINT, Review, page
from .describe import WIDTH, Entry, value, whole
from .marks import Piece, marked


@dataclass(frozen=True, slots=True)
class Row:
    """An object as the page shows it. ``pairs`` are the attributes that differ, each with both values in pieces."""

    name: str
    what: str
    sign: str
    location: str
    said: str
    pairs: tuple[tuple[str, list[Piece], list[Piece]], ...]
    below: tuple[Row, ...]
    kinds: tuple[str, ...]

    @property
    def short(self) -> bool:
        """Whether its definition stands in one line."""
        return bool(self.said) and "\n" not in self.said and len(self.said) < WIDTH

    @property
    def search(self) -> str:
        """What the filter looks through."""
        return " ".join([self.name, *(row.search for row in self.below)]).lower()


def reports(found: Sequence[Report], diagram: str = "") -> str:
    """What one run found, of one database or several; ``diagram`` is the text of an SVG image."""
    return _page(
        "report.html",
        reports=found,
        run=found[0].run,
        check=CHECK,
        lossless=LOSSLESS,
        server=words.server,
        numbers=words.numbers,
        listed=words.listed,
        groups=_groups,
        transactions=_transactions,
        diagram=Markup(diagram),
    )


def linted(found: Review) -> str:
    """What ``lint`` found."""
    return _page("lint.html", review=found, run=LINT, said=page)


def _page(template: str, **values: Any) -> str:
    environment = Environment(
        loader=PackageLoader("schemadiff.report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {
        "line": one_line,
        "visible": visible,
        "counted": words.counted,
        "name": words.name,
    }
    script = environment.get_template("report.js").render()
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-{digest}'"
    return environment.get_template(template).render(script=Markup(script), policy=policy, **values)


def _groups(report: Report) -> Iterator[tuple[str, list[Row]]]:
    """The objects by the title of their kind, each with what comes along with it below."""
    order = {name: number for number, name in enumerate(kinds())}
    entries = sorted(tree(report.objects), key=lambda e: order[e.object.id.kind])
    for kind, found in groupby(entries, lambda e: e.object.id.kind):
        yield kinds()[kind].title, [_row(e) for e in found]


def _row(entry: Entry[Object]) -> Row:
    found = entry.object
    at = found.location
    return Row(
        found.name,
        found.what,
        SIGNS[found.what],
        f"{one_line(at.file)}:{at.line}" if at else "",
        _said(found),
        tuple(_pairs(found)),
        tuple(map(_row, entry.below)),
        tuple(sorted({kinds()[each.id.kind].title for each in entry.everything})),
    )


def _said(found: Object) -> str:
    if found.said or SIGNS[found.what] == "~":
        return one_line(found.said)
    definition = found.there.get("definition")
    return value(definition) if definition else whole(found.there)


def _pairs(found: Object) -> Iterator[tuple[str, list[Piece], list[Piece]]]:
    if SIGNS[found.what] == "~":
        for a in found.attributes:
            yield a.name.replace("_", " "), *marked(value(a.before), value(a.after))


@dataclass(frozen=True, slots=True)
class Transaction:
    """Steps that run in one transaction, or one that runs in none."""

    number: int | None
    steps: tuple[Step, ...]


def _transactions(steps: Iterable[Step]) -> Iterator[Transaction]:
    for number, group in by_transaction(steps):
        yield Transaction(number, group)
