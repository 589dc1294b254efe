"""What ``explain`` says of an object, as text for people. Pure: a value in, ``Text`` out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .._explain import Explanation, Planned, Touch
from ..engine import Step
from ..kinds import kinds
from ..model import Added, Changed, Difference, Fact, Id
from ..sqltext import one_line
from . import words
from .describe import short, value
from .text import GOOD, LOUD, MILD, QUIET, Highlight, Text, labelled, plain, stacked

MOST = 12
"""Objects that a line names, before it counts the rest."""


def explained(found: Explanation, highlight: Highlight = plain) -> Text:
    """The object, what is part of it, what it needs, who needs it, and the steps that touch it."""
    definition = short(found.fact)
    head = Text.assemble((words.name(found.fact.id), LOUD), f"  {definition}" if definition else "")
    lines = [head]
    if found.only_there:
        lines.append(labelled("note", Text("only the database has it; the target does not", MILD)))
    if found.location:
        lines.append(labelled("stands", Text(one_line(f"{found.location.file}:{found.location.line}"))))
    lines += _parts(found.fact, found.parts)
    lines += [*_listed("needs", found.needs), *_listed("needed by", found.needed_by)]
    return stacked([*lines, *(_plan(found.plan, found.fact.id, highlight) if found.plan else ())])


def _parts(fact: Fact, parts: Iterable[Fact]) -> Iterator[Text]:
    shown = [p for p in parts if kinds()[p.id.kind].create is not None]
    for number, part in enumerate(shown):
        definition = short(part)
        line = Text.assemble(_part_name(part.id, fact.id), (f"  {definition}" if definition else "", QUIET))
        yield labelled("" if number else "has", line)


def _part_name(i: Id, whole: Id) -> str:
    """A part as it is called within the whole: ``column title``, ``default``, ``comment of column title``."""
    name = words.name(i)
    return (
        name.removesuffix(f" of {words.name(whole)}")
        .removesuffix(f" {words.called(whole)}")
        .replace(f" {words.called(whole)}.", " ")
    )


def _listed(label: str, found: Iterable[tuple[Id, int]]) -> Iterator[Text]:
    near = [words.name(i) for i, depth in found if depth == 1]
    far = [words.name(i) for i, depth in found if depth > 1]
    if near:
        yield labelled(label, Text(words.listed(near, MOST)))
    if far:
        yield labelled(
            "" if near else label, Text.assemble(("through these ", QUIET), words.listed(far, MOST))
        )


def _plan(found: Planned, i: Id, highlight: Highlight) -> Iterator[Text]:
    yield Text()
    count = len(found.touches)
    said = f"{words.counted(count, 'step')} of {found.steps} of the plan for {one_line(found.database)}"
    if not count:
        yield Text(f"no step of {found.steps} of the plan for {one_line(found.database)} touches it", GOOD)
        return
    yield Text(f"{said} {'touches' if count == 1 else 'touch'} it", LOUD)
    width = len(str(found.steps))
    for touch in found.touches:
        yield Text.assemble((f"{touch.number:>{width}}  ", QUIET), highlight(_statement(touch.step)))
        yield from (Text(f"{'':{width}}  {line}", MILD) for line in _why(touch, i))


def _statement(step: Step) -> str:
    """The statement in one line, the first of it where it has several."""
    more = step.line not in (step.display, " ".join(step.display.split()))
    return one_line(f"{step.line}{' …' if more else ';'}")


def _why(touch: Touch, i: Id) -> Iterator[str]:
    if touch.cause is not None:
        yield f"because {cause(touch.cause, i)}"
    if touch.lock:
        yield f"takes {touch.lock} on it"


def cause(found: Difference, i: Id) -> str:
    """What differs, as a sentence about an object."""
    what = found.id
    called = "it" if what == i else words.name(what)
    if not isinstance(found, Changed):
        return f"{called} is new" if isinstance(found, Added) else f"the target does not have {called}"
    changes = (f"{n.replace('_', ' ')} {_brief(a)} → {_brief(b)}" for n, a, b in found.values())
    return one_line(f"{called} changes: {', '.join(changes)}")


def _brief(found: object) -> str:
    text = " ".join(value(found).split())
    return text if len(text) <= 60 else f"{text[:59]}…"
