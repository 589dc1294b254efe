"""How wide text is, without a font at hand: the widths of Helvetica, which Arial and Liberation Sans share."""

from __future__ import annotations

import unicodedata

FONT = "Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif"
_GROUPS = {
    191: "'",
    222: "ijl",
    260: "|",
    278: " !,./:;I[\\]ft",
    333: "()-`r",
    334: "{}",
    355: '"',
    389: "*",
    469: "^",
    500: "Jcksvxyz",
    556: "#$0123456789?L_abdeghnopqu",
    584: "+<=>~",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "…→",
    1015: "@",
}
_WIDTHS = {character: width for width, group in _GROUPS.items() for character in group}
"""In thousandths of the size (Adobe's font metrics of Helvetica)."""
_OTHER, _WIDE, _BOLD = 650, 1050, 1.08


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is in the unit of ``size``; of letters beyond ASCII rather too wide than too narrow."""
    return sum(map(_thousandths, text)) * size / 1000 * (_BOLD if bold else 1)


def _thousandths(character: str) -> int:
    known = _WIDTHS.get(character)
    if known is not None:
        return known
    if unicodedata.combining(character):
        return 0
    return _WIDE if unicodedata.east_asian_width(character) in "WF" or ord(character) > 0xFFFF else _OTHER


def cut(text: str, most: float, size: float, *, bold: bool = False) -> str:
    """The text, or as much of its beginning as fits with a sign that there is more."""
    if width(text, size, bold=bold) <= most:
        return text
    room = most - width("…", size, bold=bold)
    kept = 0
    while kept < len(text) and width(text[: kept + 1], size, bold=bold) <= room:
        kept += 1
    return text[:kept] + "…"
