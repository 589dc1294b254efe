"""How a database differs from the schema that it should have: two catalogs → a ``Drift``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fnmatch import fnmatchcase

from ._diff import diff_facts
from ._drift import Drift, Tally, Waived
from ._inside import called
from ._pair import Pair
from ._waivers import Waiver
from .catalog import hidden, hidden_change
from .kinds import kinds
from .model import Added, Catalog, Changed, Difference, Id, Removed


def drift(pair: Pair, names: tuple[str, str]) -> Drift:
    """Compares the ends of a pair; ``names`` say what they are."""
    live, target = pair.compared
    found = tuple(_facts(live, target))
    tallies, shown = tuple(_tallies(found, target)), tuple(map(_shown, found))
    return Drift(*names, tallies, shown, live.unmodelled, pair.notes, pair.left_out)


def matching(pair: Pair, found: Drift) -> tuple[Id, ...]:
    """The objects that both ends have alike, sorted: those that the tallies count as such."""
    alike = {name for name, kind in kinds().items() if kind.create is not None}
    differing = {d.id for d in (*found.differences, *(w.difference for w in found.waived))}
    return tuple(sorted(i for i in pair.compared[1].facts if i.kind in alike and i not in differing))


def waive(found: Drift, waivers: Sequence[Waiver], today: date) -> Drift:
    """The same with the differences set apart that waivers are about. A waiver is about what stands on its object too."""
    above = {d.id: _parent(d) for d in found.differences}
    about = [(d, _about(d.id, above, waivers, today)) for d in found.differences]
    pairs = [Waived(d, waiver) for d, waiver in about if waiver is not None]
    return replace(
        found,
        differences=tuple(d for d, waiver in about if waiver is None or not waiver.holds(today)),
        waived=tuple(p for p in pairs if p.waiver.holds(today)),
        expired=tuple(p for p in pairs if not p.waiver.holds(today)),
    )


def _about(
    i: Id | None, above: Mapping[Id, Id | None], waivers: Sequence[Waiver], today: date
) -> Waiver | None:
    """The waiver that is about an object or what it stands on; of several, one that holds."""
    found = []
    while i is not None:
        found += [w for w in waivers if fnmatchcase(called(i), w.object)]
        i = above.get(i)
    return next((w for w in found if w.holds(today)), found[0] if found else None)


def _parent(difference: Difference) -> Id | None:
    return difference.after.parent if isinstance(difference, Changed) else difference.fact.parent


def _shown(difference: Difference) -> Difference:
    """A difference without secrets."""
    if isinstance(difference, Changed):
        return hidden_change(difference)
    return replace(difference, fact=hidden(difference.fact))


def _facts(live: Catalog, target: Catalog) -> list[Difference]:
    order = {name: position for position, name in enumerate(kinds())}
    found = [d for d in diff_facts(live, target) if kinds()[d.id.kind].create is not None]
    # What has no creation comes with its parent.
    return sorted(found, key=lambda d: (order[d.id.kind], d.id.path))


def _tallies(found: Iterable[Difference], target: Catalog) -> Iterator[Tally]:
    wanted = Counter(i.kind for i in target.facts)
    counts = Counter((type(d), d.id.kind) for d in found)
    for name, kind in kinds().items():
        missing, changed, unexpected = (counts[t, name] for t in (Added, Changed, Removed))
        if kind.create is not None and (wanted[name] or unexpected):
            yield Tally(name, kind.title, wanted[name] - missing - changed, changed, missing, unexpected)
