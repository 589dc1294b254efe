"""A diagram as one HTML page: the SVG with what is needed to move, search and look closer; it fetches nothing."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from .model import Diagram, Link
from .svg import svg
from .xml import text


def html(diagram: Diagram) -> str:
    """The page. Only its own script may run in it, whatever the names of a schema hold.

    Raises UsageError where the package that gives boxes their places is not installed."""
    script, look = (
        files(__package__).joinpath(name).read_text(encoding="utf-8") for name in ("viewer.js", "viewer.css")
    )
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    title = text(diagram.title)
    return PAGE.format(
        policy=f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'",
        title=title,
        counts=_counts(diagram),
        look=look,
        drawing=svg(diagram),
        script=script,
    )


def _counts(diagram: Diagram) -> str:
    keys = sum(arrow.link is Link.FOREIGN_KEY for arrow in diagram.arrows)
    return f"{len(diagram.boxes)} tables and views · {keys} foreign keys"


PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<style>
{look}</style>
</head>
<body>
<header>
<h1>{title}</h1>
<span class="counts">{counts}</span>
<div class="search"><input id="search" type="search" role="combobox" aria-expanded="false" aria-controls="found" \
aria-label="Search a table" autocomplete="off" placeholder="Search a table (/)">
<ul id="found" role="listbox" aria-label="Tables found" hidden></ul></div>
<button id="out" aria-label="Smaller">−</button>
<button id="in" aria-label="Larger">+</button>
<button id="fit">Fit</button>
<button id="theme">Dark</button>
</header>
<main tabindex="0" aria-label="Diagram">
{drawing}</main>
<p class="help"><span id="said" role="status"></span> Drag to move, wheel or + − to scale, 0 for all, / to search, \
Tab and Enter or a click for a table and what it is joined to, Esc for all.</p>
<script>{script}</script>
</body>
</html>
"""
