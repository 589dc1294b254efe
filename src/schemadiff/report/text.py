"""Plans and drift as text for people, with styles that a terminal shows as colours. The one user of Rich.

Every function is pure: values in, ``Text`` out. ``highlight`` turns SQL into ``Text``; give ``plain``
where nobody looks at colours, since that costs nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from rich.text import Text as Text

from .._check import Drift
from .._findings import FAILS, LOSES, OUTCOMES, UNKNOWN, Finding, Preflight
from .._plan import LOSSLESS, Plan, Script
from .._waivers import Waiver
from ..catalog import Usage
from ..engine import Step
from ..hazards import Sight, effects, passing, sights
from ..model import Added, Changed, Difference, Removed
from ..sqltext import one_line, visible
from . import words
from .describe import Entry, renamed, short, tree, value
from .marks import Piece, marked

type Highlight = Callable[[str], Text]

HAZARD = {"DELETES_DATA": "bold red"}
GOOD, BAD, MILD, QUIET, LOUD = "green", "red", "yellow", "dim", "bold"
ANSWER = {FAILS: "bold red", LOSES: MILD, UNKNOWN: MILD}


def plain(sql: str) -> Text:
    """SQL without colours."""
    return Text(sql)


def coloured(sql: str) -> Text:
    """SQL with colours by token, from the sixteen that every terminal has."""
    from rich.syntax import Syntax

    found = Syntax("", "postgresql", theme="ansi_dark", background_color="default").highlight(sql)
    found.rstrip()
    return found


def plan(found: Plan, highlight: Highlight = plain) -> Text:
    """A whole plan: summary, the steps of both directions, the proof's verdict, what is left out."""
    if found.empty:
        return stacked(
            [_head(found), Text("nothing to do: the database is what the target says", GOOD), *_tail(found)]
        )
    both = [
        *_script("forward", found.forward, found.usage, highlight, found.preflight),
        Text(),
        *_script("reverse", found.reverse, found.usage, highlight),
    ]
    return stacked(
        [
            _head(found),
            Text(),
            *_counts(found),
            Text(),
            *_summary(found),
            Text(),
            *both,
            Text(),
            *_tail(found),
        ]
    )


def running(found: Plan, highlight: Highlight = plain) -> Text:
    """A plan that is about to run: like ``plan``, with the steps of the one direction."""
    if found.empty:
        return plan(found)
    steps = _script("steps", found.forward, found.usage, highlight, found.preflight)
    return stacked(
        [
            _head(found),
            Text(),
            *_counts(found),
            Text(),
            *_summary(found),
            Text(),
            *steps,
            Text(),
            *_tail(found),
        ]
    )


def _head(found: Plan) -> Text:
    return Text.assemble(
        (one_line(found.origin), LOUD),
        " → ",
        (one_line(found.target), LOUD),
        (f"   {words.server(found.version)}", QUIET),
    )


def _counts(found: Plan) -> Iterator[Text]:
    width = max(len(c.title) for c in found.counts) if found.counts else 0
    more = words.moving(found)
    heads = ("created", "altered", *more, "dropped")
    yield Text(f"{'':{width}}{''.join(f'{head:>9}' for head in heads)}", QUIET)
    for c in found.counts:
        between = ((getattr(c, word), MILD) for word in more)
        numbers = ((c.created, GOOD), (c.altered, MILD), *between, (c.dropped, BAD))
        yield Text.assemble(
            f"{c.title:{width}}", *((f"{n or '·':>9}", style if n else QUIET) for n, style in numbers)
        )


def _summary(found: Plan) -> Iterator[Text]:
    for label, moves in (("renames", False), ("trash", True)):
        for number, each in enumerate(r for r in found.renamed if r.moves is moves):
            yield labelled("" if number else label, Text(words.renamed(each)))
    yield labelled("forward", _extent(found.forward))
    yield labelled("reverse", _extent(found.reverse))
    restores = words.grade(found)
    yield labelled("", Text(f"the reverse {restores}", GOOD if found.restores == LOSSLESS else MILD))
    if found.preflight and found.preflight.asked:
        outcomes = {f.outcome for f in found.preflight.findings}
        worst = next((ANSWER[o] for o in OUTCOMES if o in outcomes), GOOD)
        yield labelled("preflight", Text(words.asked(found.preflight), worst))


def _extent(script: Script) -> Text:
    steps = words.counted(len(script.steps), "step")
    line = Text(f"{steps} in {words.counted(len(script.transactions), 'transaction')}")
    gone = words.deletes(script)
    if gone:
        line.append("; deletes ").append(words.contents(gone), BAD)
    return line


def _script(
    which: str,
    script: Script,
    usage: Sequence[Usage],
    highlight: Highlight,
    preflight: Preflight | None = None,
) -> Iterator[Text]:
    yield Text(which, LOUD)
    seen, answers = sights(script), preflight.findings if preflight else ()
    for group in script.transactions:
        within = group[0].transactional
        found = list(islice(seen, len(group)))
        if within:
            locks = one_line(words.locks(passing(sight for _, sight in found)))
            yield Text(f"  begin;{locks and f'  -- locks {locks}'}", QUIET)
        yield from _steps(found, script, usage, highlight, answers)
        if within:
            yield Text("  commit;", QUIET)


def _steps(
    group: Sequence[tuple[Step, Sight | None]],
    script: Script,
    usage: Sequence[Usage],
    highlight: Highlight,
    answers: Sequence[Finding],
) -> Iterator[Text]:
    grades = {id(s): g for s, g in zip(script.steps, script.restores, strict=True)}
    for step, sight in group:
        sql = highlight(visible(f"{step.display};"))
        for hazard in step.hazards:
            sql.append("  -- ", QUIET).append(hazard, HAZARD.get(hazard, MILD))
        if grades[id(step)] != LOSSLESS:
            sql.append(f"  -- restores: {grades[id(step)]}", MILD)
        yield _indented(sql)
        for effect in effects(sight, usage) if sight else ():
            yield Text(f"    -- {one_line(effect.text)}", MILD if effect.lasting else QUIET)
        for answer in answers:
            if script.steps[answer.step - 1] is step:
                yield from _answer(answer, "    -- preflight: ", "    --   look: ")


def _answer(found: Finding, head: str, look: str) -> Iterator[Text]:
    yield Text(f"{head}{words.finding(found)}", ANSWER[found.outcome])
    yield Text(f"{look}{words.look(found)}", QUIET)


def preflight(found: Plan) -> Text:
    """What the rows of one more database say to a plan that was shown already."""
    answers = found.preflight.findings if found.preflight else ()
    return stacked(line for a in answers for line in _answer(a, f"preflight of step {a.step}: ", "  look: "))


def _indented(text: Text) -> Text:
    return Text("\n").join(Text("  ") + line for line in text.split("\n"))


def _tail(found: Plan) -> Iterator[Text]:
    if not found.empty:
        yield labelled("proof", Text(words.verdict(found), GOOD if found.proof else MILD))
    if found.unmodelled:
        yield labelled("left out", Text(f"{words.census(found)} (schemadiff does not compare these)", MILD))
    yield from _scope(found.left_out)
    yield from _notes(found.notes)


def _notes(found: Iterable[str]) -> Iterator[Text]:
    return (labelled("note", Text(one_line(note))) for note in found)


def _scope(left_out: Sequence[tuple[str, int]]) -> Iterator[Text]:
    if left_out:
        yield labelled("scope", Text(f"leaves out {words.numbers(left_out)}", QUIET))


def labelled(label: str, rest: Text) -> Text:
    """A line that begins with what it is about."""
    return Text.assemble((f"{label:9} "[: max(9, len(label) + 1)], LOUD), rest)


def stacked(lines: Iterable[Text]) -> Text:
    """Lines as one text."""
    return Text("\n").join(lines)


# Drift


def drift(found: Drift) -> Text:
    """What ``check`` says of one database: a line per kind, then every difference."""
    verdict = (_extent_of(found), GOOD if found.in_sync else BAD)
    lines = [
        Text.assemble(*_ends(found, " against "), ": ", verdict),
        *_tallies(found),
    ]
    if not found.in_sync:
        lines += [
            Text(),
            *differences(found.differences, ("missing", "unexpected", "differs"), ("has", "should have")),
        ]
    lines += _waived(found)
    lines += [
        labelled("left out", Text(one_line(f"{what}: {words.listed(names)}"), MILD))
        for what, names in found.unmodelled
    ]
    return stacked([*lines, *_scope(found.left_out), *_notes(found.notes)])


def _waived(found: Drift) -> Iterator[Text]:
    """What waivers are about."""
    for label, until, pairs in (("waived", "until", found.waived), ("expired", "only until", found.expired)):
        yield from (labelled(label, Text(said, MILD)) for said in words.waived(pairs, until))


def idle(found: Iterable[Waiver]) -> Text:
    """Waivers that are about no difference."""
    said = (
        f"waiver {w.object} is about nothing that differs; take it out ({words.said_of(w)})" for w in found
    )
    return stacked(labelled("note", Text(one_line(s), MILD)) for s in said)


def verdicts(found: Sequence[Drift]) -> Text:
    """One line for each of several databases: which one lags."""
    width = max(len(d.database) for d in found)
    return stacked(
        Text.assemble(f"{one_line(d.database):{width}}  ", (_extent_of(d), GOOD if d.in_sync else BAD))
        for d in found
    )


def results(rows: Sequence[tuple[str, str, bool]]) -> Text:
    """One line for each database: its name, what became of it, and whether that is well."""
    width = max((len(name) for name, _, _ in rows), default=0)
    return stacked(
        Text.assemble(("✓ ", GOOD) if well else ("✗ ", BAD), one_line(f"{name:{width}}  {said}"))
        for name, said, well in rows
    )


def table(rows: Sequence[Sequence[str]]) -> Text:
    """Rows in columns, the first as the heading."""
    cells = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join(f"{cell:{w}}" for cell, w in zip(row, widths, strict=True)).rstrip() for row in cells]
    return stacked(Text(line, "" if n else QUIET) for n, line in enumerate(lines))


def compared(found: Drift) -> Text:
    """What ``diff`` says of two sources: every difference, as what leads from the first to the second."""
    head = Text.assemble(*_ends(found, " → "), ": ")
    if found.in_sync:
        return head + Text("no difference", GOOD)
    lines = differences(found.differences, ("added", "removed", "changed"), ("before", "after"))
    return stacked([head + Text(words.counted(len(found.differences), "difference"), MILD), *lines])


def _ends(found: Drift, between: str) -> tuple[tuple[str, str], str, tuple[str, str]]:
    return (one_line(found.database), LOUD), between, (one_line(found.target), LOUD)


def _extent_of(found: Drift) -> str:
    waived = f"{len(found.waived)} waived" if found.waived else ""
    if found.in_sync:
        return f"in sync but for {waived}" if waived else "in sync"
    counts = Counter(type(d) for d in found.differences)
    parts = ((Added, "missing"), (Removed, "unexpected"), (Changed, "differing"))
    said = [f"{counts[kind]} {part}" for kind, part in parts if counts[kind]]
    return "drifted: " + ", ".join([*said, *([waived] if waived else [])])


def _tallies(found: Drift) -> Iterator[Text]:
    width = max((len(t.title) for t in found.tallies), default=0)
    yield Text(f"  {'':{width}}  matching  differing  missing  unexpected", QUIET)
    for t in found.tallies:
        mark = ("✓ ", GOOD) if t.in_sync else ("✗ ", BAD)
        numbers = ((t.differing, 11), (t.missing, 9), (t.unexpected, 12))
        cells = (Text(f"{n or '·':>{w}}", BAD if n else QUIET) for n, w in numbers)
        yield Text.assemble(mark, f"{t.title:{width}}{t.matching:>10}", *cells)


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


def finding(what: str, said: str, well: bool | None) -> Text:
    """One line of ``doctor``: whether something works, and what it is."""
    mark = {True: ("✓ ", GOOD), False: ("✗ ", BAD), None: ("· ", QUIET)}[well]
    return Text.assemble(mark, (f"{what:20}", LOUD), said)
