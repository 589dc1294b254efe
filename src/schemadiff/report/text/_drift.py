"""Drift as text for people. What is in sync is said without what says differences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from ...sqltext import one_line
from ..numbers import listed
from ._pieces import BAD, GOOD, LOUD, MILD, QUIET, Text, labelled, notes, scope, stacked

if TYPE_CHECKING:
    from ..._drift import Drift
    from ..._waivers import Waiver


def drift(found: Drift) -> Text:
    """What ``check`` says of one database: a line per kind, then every difference."""
    verdict = (_extent_of(found), GOOD if found.in_sync else BAD)
    lines = [
        Text.assemble(*ends(found, " against "), ": ", verdict),
        *_tallies(found),
    ]
    if not found.in_sync:
        from ._differences import differences

        lines += [
            Text(),
            *differences(found.differences, ("missing", "unexpected", "differs"), ("has", "should have")),
        ]
    lines += _waived(found)
    lines += [
        labelled("left out", Text(one_line(f"{what}: {listed(names)}"), MILD))
        for what, names in found.unmodelled
    ]
    return stacked([*lines, *scope(found.left_out), *notes(found.notes)])


def _waived(found: Drift) -> Iterator[Text]:
    """What waivers are about."""
    if not found.waived and not found.expired:
        return
    from .. import words

    for label, until, pairs in (("waived", "until", found.waived), ("expired", "only until", found.expired)):
        yield from (labelled(label, Text(said, MILD)) for said in words.waived(pairs, until))


def idle(found: Iterable[Waiver]) -> Text:
    """Waivers that are about no difference."""
    from ..words import said_of

    said = (f"waiver {w.object} is about nothing that differs; take it out ({said_of(w)})" for w in found)
    return stacked(labelled("note", Text(one_line(s), MILD)) for s in said)


def verdicts(found: Sequence[Drift | str]) -> Text:
    """One line for each of several databases: which one lags; one that could not be read is given by its name."""
    rows = [
        (d, "could not be read", BAD)
        if isinstance(d, str)
        else (d.database, _extent_of(d), GOOD if d.in_sync else BAD)
        for d in found
    ]
    width = max(len(name) for name, _, _ in rows)
    return stacked(Text.assemble(f"{one_line(name):{width}}  ", (said, style)) for name, said, style in rows)


def _extent_of(found: Drift) -> str:
    waived = f"{len(found.waived)} waived" if found.waived else ""
    if found.in_sync:
        return f"in sync but for {waived}" if waived else "in sync"
    from ...model import Added, Changed, Removed

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


def ends(found: Drift, between: str) -> tuple[tuple[str, str], str, tuple[str, str]]:
    """What is compared, with a word between."""
    return (one_line(found.database), LOUD), between, (one_line(found.target), LOUD)
