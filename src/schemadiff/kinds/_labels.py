"""What becomes of rows with a label that an enum loses: the new label that a directive names, else none.

The way back gives rows of a label that came with the directive the old one again; those that shared a label
with others keep it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..model import Id
from ..sqltext import literal
from ._kind import Context


def mapped(column: Id, ctx: Context) -> dict[str, str]:
    """The labels of a column's enum that go away, each with the one that its rows get."""
    found: dict[str, str] = {}
    for enum in _enums(column, ctx):
        before, after = (
            getattr(c.facts.get(enum), "labels", frozenset[str]()) for c in (ctx.before, ctx.after)
        )
        there = [(m.old, m.new) for m in ctx.after.label_maps if m.id == enum]
        back = [(m.new, m.old) for m in ctx.before.label_maps if m.id == enum]
        for old, new in (*back, *there):
            if old in before and old not in after and new in after:
                found[old] = new
    return found


def merges(column: Id, labels: Mapping[str, str], ctx: Context) -> bool:
    """Whether rows with several labels get the same one."""
    had = {label for e in _enums(column, ctx) for label in getattr(ctx.before.facts.get(e), "labels", ())}
    return len(set(labels.values())) < len(labels) or not had.isdisjoint(labels.values())


def replaced(value: str, labels: Mapping[str, str], *, array: bool) -> str:
    """The text form of a value with its labels replaced."""
    if not labels:
        return value
    if array:
        for old, new in labels.items():
            value = f"array_replace({value}, {literal(old)}, {literal(new)})"
        return value
    cases = "".join(f" when {literal(old)} then {literal(new)}" for old, new in labels.items())
    return f"(case {value}{cases} else {value} end)"


def _enums(column: Id, ctx: Context) -> Iterator[Id]:
    """The enums of a column, also below domains."""
    queue = [column]
    while queue:
        for i in ctx.after.references.get(queue.pop(), ()):
            if i.kind == "enum":
                yield i
            elif i.kind == "domain":
                queue.append(i)
