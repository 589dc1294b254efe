"""Differences as text for people: definitions, and what changed word by word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..._drift import Drift
from ...model import Added, Changed, Difference
from .. import words
from ..describe import Entry, renamed, short, tree, value
from ..marks import Piece, marked
from ._drift import ends
from ._pieces import BAD, GOOD, LOUD, MILD, QUIET, Text, stacked


def compared(found: Drift) -> Text:
    """What ``diff`` says of two sources: every difference, as what leads from the first to the second."""
    head = Text.assemble(*ends(found, " → "), ": ")
    if found.in_sync:
        return head + Text("no difference", GOOD)
    lines = differences(found.differences, ("added", "removed", "changed"), ("before", "after"))
    return stacked([head + Text(words.counted(len(found.differences), "difference"), MILD), *lines])


def differences(
    found: Sequence[Difference], verbs: tuple[str, str, str], sides: tuple[str, str]
) -> Iterator[Text]:
    """Every difference by name: what is added or removed with its definition, what changed with both."""
    for entry in tree(found):
        yield from _entry(entry, verbs, sides, 0)
    for wanted, there in renamed(found):
        yield Text.assemble((f"{'renamed?':11}", MILD), words.another_name(wanted.id, there.id))


def _entry(
    entry: Entry[Difference], verbs: tuple[str, str, str], sides: tuple[str, str], depth: int
) -> Iterator[Text]:
    d = entry.object
    called = words.name(d.id)
    if isinstance(d, Changed):
        yield Text.assemble((f"{verbs[2]:11}", MILD), (called, LOUD))
        for attribute, before, after in d.values():
            yield from _values(attribute, value(before), value(after), sides)
        return
    verb, style = (verbs[0], GOOD) if isinstance(d, Added) else (verbs[1], BAD)
    first = f"{verb:11}" if depth == 0 else f"{'':11}{'  ' * depth}"
    definition = short(d.fact)
    rest = f"  {definition}" if definition else ""
    yield Text.assemble((first, style), (called, LOUD if depth == 0 else ""), (rest, QUIET))
    for below in entry.below:
        yield from _entry(below, verbs, sides, depth + 1)


def _values(attribute: str, before: str, after: str, sides: tuple[str, str]) -> Iterator[Text]:
    width = max(map(len, sides))
    old, new = _word_diff(before, after)
    yield Text(f"{'':11}{attribute.replace('_', ' ')}")
    for side, text in zip(sides, (old, new), strict=True):
        first, *rest = text.split("\n", allow_blank=True)
        yield Text.assemble((f"{'':13}{side:{width}}  ", QUIET), first)
        yield from (Text(f"{'':15}{'':{width}}") + line for line in rest)


def _word_diff(before: str, after: str) -> tuple[Text, Text]:
    """Both texts, with the words that only one of them has coloured."""
    old, new = marked(before, after)
    return _coloured(old, BAD), _coloured(new, GOOD)


def _coloured(pieces: Iterable[Piece], style: str) -> Text:
    return Text.assemble(*((text, style) if differs else text for text, differs in pieces))
