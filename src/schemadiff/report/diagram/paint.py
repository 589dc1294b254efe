"""The colours and the style sheet of a drawing, light and dark."""

from __future__ import annotations

from collections.abc import Mapping

from .metrics import FONT

LIGHT = {
    "paper": "#ffffff", "frame": "#f6f8fa", "edge": "#d0d7de", "box": "#ffffff", "head": "#eaeef2", "line": "#8c959f",
    "text": "#1f2328", "quiet": "#59636e", "arrow": "#6e7781", "mark": "#0969da", "focus": "#0969da",
    "added": "#1a7f37", "added-soft": "#dafbe1", "removed": "#cf222e", "removed-soft": "#ffebe9",
    "changed": "#9a6700", "changed-soft": "#fff8c5",
}  # fmt: skip
DARK = {
    "paper": "#0d1117", "frame": "#151b23", "edge": "#3d444d", "box": "#0d1117", "head": "#262c36", "line": "#656c76",
    "text": "#f0f6fc", "quiet": "#9198a1", "arrow": "#8b949e", "mark": "#4493f8", "focus": "#4493f8",
    "added": "#3fb950", "added-soft": "#12261e", "removed": "#f85149", "removed-soft": "#25171c",
    "changed": "#d29922", "changed-soft": "#272115",
}  # fmt: skip
STATES = ("added", "changed", "removed")
SCOPE = ".schemadiff-diagram"
_STILL = "".join(
    f"{SCOPE} {rule}"
    for rule in (
        f"text{{font-family:{FONT};font-size:12px}}",
        ".name{font-size:13px;font-weight:bold}",
        ".title{font-size:15px;font-weight:bold}",
        ".schema{font-size:14px;font-weight:bold}",
        ".aside{font-size:9px}",
        ".mark{font-size:9px;font-weight:bold}",
        ".key{font-weight:bold}",
        ".end{text-anchor:end}",
        ".arrow path{fill:none;stroke-width:1.3}",
        ".reads path:first-of-type{stroke-dasharray:2 4}",
        ".arrow.removed path:first-of-type{stroke-dasharray:6 4}",
        ".removed .struck{text-decoration:line-through}",
    )
)
"""What is the same in every colour."""


def style() -> str:
    """The rules: light, dark where the reader's system is, and either where the page around it says ``data-theme``.
    No variables are used, which programs other than browsers do not know."""
    dark = _coloured(DARK)
    system = "".join(f":root:not([data-theme=light]) {rule}" for rule in dark)
    chosen = "".join(f":root[data-theme=dark] {rule}" for rule in dark)
    light = "".join(_coloured(LIGHT))
    return f"{_STILL}{light}@media (prefers-color-scheme:dark){{{system}}}{chosen}"


def _coloured(palette: Mapping[str, str]) -> list[str]:
    plain = {
        ".paper": "fill:{paper}",
        ".frame": "fill:{frame};stroke:{edge}",
        ".box .body": "fill:{box};stroke:{line}",
        ".box .head": "fill:{head}",
        "text": "fill:{text}",
        ".quiet": "fill:{quiet}",
        ".mark": "fill:{mark}",
        ".arrow path": "stroke:{arrow}",
        ".arrow .tip": "fill:{arrow}",
        ".arrow .hollow": "fill:{paper}",
    }
    rules = [f"{SCOPE} {selector}{{{said.format(**palette)}}}" for selector, said in plain.items()]
    return rules + [rule for state in STATES for rule in _of_state(state, palette)]


def _of_state(state: str, palette: Mapping[str, str]) -> list[str]:
    strong, soft = palette[state], palette[f"{state}-soft"]
    rules = {
        f".arrow.{state} path": f"stroke:{strong};stroke-width:2",
        f".arrow.{state} .tip": f"fill:{strong}",
        f".box.{state} .body": f"stroke:{strong};stroke-width:2",
        f".box.{state} .head": f"fill:{soft}",
        f".row.{state} .tint": f"fill:{soft}",
        f".sign.{state}": f"fill:{strong}",
        f".swatch.{state}": f"fill:{soft};stroke:{strong}",
    }
    return [f"{SCOPE} {selector}{{{said}}}" for selector, said in rules.items()]
