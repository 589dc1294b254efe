"""What becomes of rows with a label that an enum loses: the new label that a directive names, else none.

The way back gives rows of a label that came with the directive the old one again; those that shared a label
with others keep it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..model import Id
from ..sqltext import literal
from ._conversions import Typed, through
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


def by_text(name: str, before: Typed, after: Typed, labels: Mapping[str, str], ctx: Context) -> str:
    """A value as one of a type of that name that has been made anew: by its text with its labels replaced, as the one
    element of an array, or the first."""
    text = through(after.plain_type, ctx)
    was, becomes = before.plain_type.endswith("[]"), after.plain_type.endswith("[]")
    if was and becomes:
        return f"{_replaced(f'{name}::{text}[]', labels, array=True)}::{after.type}"
    value = _replaced(f"{name}[1]::{text}" if was else f"{name}::{text}", labels, array=False)
    if becomes:
        return f"case when {name} is null then null else array[{value}]::{after.type} end"
    return f"{value}::{after.type}"


def _replaced(value: str, labels: Mapping[str, str], *, array: bool) -> str:
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
