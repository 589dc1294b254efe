"""Plans as text for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from ..._findings import FAILS, LOSES, OUTCOMES, UNKNOWN, Finding, Preflight
from ..._plan import LOSSLESS, Plan, Script
from ...catalog import Usage
from ...engine import Step
from ...hazards import by_relation, effects, passing, sights
from ...sqltext import one_line, visible
from .. import words
from ._pieces import BAD, GOOD, LOUD, MILD, QUIET, Highlight, Text, labelled, notes, plain, scope, stacked

HAZARD = {"DELETES_DATA": "bold red"}
ANSWER = {FAILS: "bold red", LOSES: MILD, UNKNOWN: MILD}


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
    return _around(found, both)


def running(found: Plan, highlight: Highlight = plain) -> Text:
    """A plan that is about to run: like ``plan``, with the steps of the one direction."""
    if found.empty:
        return plan(found)
    return _around(found, _script("steps", found.forward, found.usage, highlight, found.preflight))


def _around(found: Plan, steps: Iterable[Text]) -> Text:
    """Steps with what stands above and below them."""
    above = [_head(found), Text(), *_counts(found), Text(), *_summary(found), Text()]
    return stacked([*above, *steps, Text(), *_tail(found)])


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
    seen, known = enumerate(sights(script)), by_relation(usage)
    answers: dict[int, list[Finding]] = {}
    for answer in preflight.findings if preflight else ():
        answers.setdefault(answer.step - 1, []).append(answer)
    for group in script.transactions:
        within = group[0].transactional
        found = list(islice(seen, len(group)))
        if within:
            locks = one_line(words.locks(passing(sight for _, (_, sight) in found)))
            yield Text(f"  begin;{locks and f'  -- locks {locks}'}", QUIET)
        for number, (step, sight) in found:
            yield from _step(step, script.restores[number], highlight)
            for effect in effects(sight, known) if sight else ():
                yield Text(f"    -- {one_line(effect.text)}", MILD if effect.lasting else QUIET)
            for answer in answers.get(number, ()):
                yield from _answer(answer, "    -- preflight: ", "    --   look: ")
        if within:
            yield Text("  commit;", QUIET)


def _step(step: Step, restores: str, highlight: Highlight) -> Iterator[Text]:
    sql = highlight(visible(f"{step.display};"))
    for hazard in step.hazards:
        sql.append("  -- ", QUIET).append(hazard, HAZARD.get(hazard, MILD))
    if restores != LOSSLESS:
        sql.append(f"  -- restores: {restores}", MILD)
    yield _indented(sql)


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
    yield from scope(found.left_out)
    yield from notes(found.notes)
