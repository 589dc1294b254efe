"""One object: what it is, what it needs, who needs it, and which steps of a plan touch it and why. A value; printing it
is ``report``'s.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ._diff import diff_facts
from ._inside import called
from ._plan import Plan
from .catalog import hidden, hidden_change
from .engine import LOCKS, Step
from .errors import UsageError
from .kinds import kinds
from .model import Catalog, Changed, Difference, Fact, Id
from .script import Location
from .script.lexer import tokens

MOST = 10
"""Objects that a message names, before it counts the rest."""


@dataclass(frozen=True, slots=True)
class Touch:
    """A step that touches the object: its number in the forward script, from 1, and why it is there. ``cause`` is what
    differs, of the object itself, of a part of it or of what it needs; None where the step serves another object and
    only takes the ``lock``, or where nothing differs that it could be for."""

    number: int
    step: Step
    cause: Difference | None
    lock: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """The plan for a database, and the steps of it that touch the object."""

    database: str
    steps: int
    touches: tuple[Touch, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """``parts`` stand in the object. ``needs`` and ``needed_by`` are direct and indirect, each with how many steps
    away it is, the nearest first. ``only_there`` says that the database has it and the target does not."""

    fact: Fact
    parts: tuple[Fact, ...]
    needs: tuple[tuple[Id, int], ...]
    needed_by: tuple[tuple[Id, int], ...]
    only_there: bool = False
    plan: Planned | None = None
    location: Location | None = None
    """Where it stands in the files of the target."""


def explain(i: Id, catalog: Catalog, *, only_there: bool = False) -> Explanation:
    """What there is to say of an object of a catalog. Holds no secret."""
    whole = _whole(i, catalog)
    return Explanation(
        hidden(catalog.facts[i]),
        tuple(hidden(catalog.facts[d]) for d in sorted(whole - {i} - catalog.open)),
        _needs(whole, catalog, frozenset(catalog.upwards(i))),
        _needed_by(whole, catalog),
        only_there,
    )


def touching(i: Id, plan: Plan, database: str, ends: tuple[Catalog, Catalog]) -> Planned:
    """The forward steps of a plan that touch an object, of the catalogs that it leads from and to."""
    whole = frozenset(d for end in ends if i in end.facts for d in _whole(i, end))
    differ = {d.id: d for d in diff_facts(*ends)}
    found = []
    for number, step in enumerate(plan.forward.steps, 1):
        mine = [s for s in step.ids if s in whole]
        lock = _lock(i, step)
        if mine:
            found.append(Touch(number, step, _cause(mine, differ, ends), lock))
        elif lock:
            found.append(Touch(number, step, None, lock))
    return Planned(database, len(plan.forward.steps), tuple(found))


def _lock(i: Id, step: Step) -> str:
    """The lock that a step takes on the relation that an object is or is part of, '' where others can read and write."""
    kind = kinds()[i.kind]
    if step.observed is None or "pg_class" not in (kind.catalog, kind.parent):
        return ""
    modes = [mode for mode, relation in step.observed.locks if relation == i.path[:2]]
    strong = [mode for mode in modes if LOCKS.index(mode) >= LOCKS.index("SHARE")]
    return max(strong, key=LOCKS.index, default="")


def _cause(
    ids: Iterable[Id], differ: Mapping[Id, Difference], ends: tuple[Catalog, Catalog]
) -> Difference | None:
    """What differs nearest to some objects, among them and what they need."""
    queue, seen = deque(ids), set(ids)
    while queue:
        i = queue.popleft()
        if i in differ:
            d = differ[i]
            return hidden_change(d) if isinstance(d, Changed) else type(d)(hidden(d.fact))
        new = {r for end in ends for r in end.references.get(i, ())} - seen
        queue += sorted(new)
        seen |= new
    return None


def _whole(i: Id, catalog: Catalog) -> frozenset[Id]:
    return frozenset((i, *catalog.descendants(i)))


def _reached(whole: frozenset[Id], ways: Mapping[Id, Sequence[Id]], known: frozenset[Id]) -> dict[Id, int]:
    """What is reached from the parts of an object, each once, by the nearest way."""
    found: dict[Id, int] = {}
    edge, depth = whole, 0
    while edge:
        depth += 1
        edge = frozenset(r for i in edge for r in ways.get(i, ())) - whole - found.keys()
        found |= dict.fromkeys(sorted(edge), depth)
    return {i: n for i, n in found.items() if i not in known and _stands_alone(i) and i.kind != "schema"}


def _needs(whole: frozenset[Id], catalog: Catalog, known: frozenset[Id]) -> tuple[tuple[Id, int], ...]:
    """What an object needs, without what the parts of that stand in."""
    found = _reached(whole, catalog.references, known)
    above = {catalog.facts[i].parent for i in found}
    return tuple((i, n) for i, n in found.items() if i not in above)


def _needed_by(whole: frozenset[Id], catalog: Catalog) -> tuple[tuple[Id, int], ...]:
    """Who needs an object, without the parts of those."""
    found = _reached(whole, catalog.dependents, frozenset())
    return tuple((i, n) for i, n in found.items() if catalog.facts[i].parent not in found)


def find(text: str, catalogs: Sequence[Catalog]) -> Id:
    """The object that a text names: ``courses.title``, ``app.f(integer)``, ``index:app.courses_title``. The schema
    ``public`` goes without saying, and so does any where no other object is meant.

    Raises UsageError where it names none, or several."""
    as_shown = sorted({i for c in catalogs for i in c.facts if called(i) == text})
    if len(as_shown) == 1:
        return as_shown[0]
    kind, rest = _split(text)
    ids = sorted({i for c in catalogs for i in c.facts if (i.kind == kind if kind else _stands_alone(i))})
    for matches in (_is_exactly, _is_in_public, _is_at_end):
        for names, arguments in _spellings(rest):
            hit = {i for i in ids if matches(_names(i), names) and arguments in (None, i.path[-1])}
            tops = sorted(
                i for i in hit if not any(p in hit for c in catalogs for p in c.upwards(i) if p != i)
            )
            if len(tops) == 1:
                return tops[0]
            if tops:
                more = f" and {len(tops) - MOST} more" if len(tops) > MOST else ""
                raise UsageError(
                    f"{text}: could be any of {', '.join(map(called, tops[:MOST]))}{more}; give one of these"
                )
    raise UsageError(
        f"{text}: there is no such object; write it as schema.name, table.column, or kind:schema.name"
    )


def _stands_alone(i: Id) -> bool:
    """Whether a name without a kind can mean it."""
    return not kinds()[i.kind].satellite and kinds()[i.kind].create is not None


def _split(text: str) -> tuple[str, str]:
    kind, colon, rest = text.partition(":")
    kind = kind.strip().replace(" ", "_")
    return (kind, rest) if colon and kind in kinds() else ("", text)


def _spellings(text: str) -> Iterator[tuple[tuple[str, ...], str | None]]:
    """The names in a text, and the arguments behind them: as SQL reads them, or as they stand there."""
    head, opening, tail = text.partition("(")
    arguments = tail.rstrip().removesuffix(")") if opening else None
    found = list(tokens(head))
    if len(found) % 2 and all(t.name for t in found[::2]) and all(t.text == "." for t in found[1::2]):
        yield tuple(t.name for t in found[::2]), arguments
    yield tuple(head.split(".")), arguments
    yield (text,), None


def _names(i: Id) -> tuple[str, ...]:
    return i.path[:-1] if kinds()[i.kind].overloads else i.path


def _is_exactly(path: tuple[str, ...], names: tuple[str, ...]) -> bool:
    return path == names


def _is_in_public(path: tuple[str, ...], names: tuple[str, ...]) -> bool:
    return path == ("public", *names)


def _is_at_end(path: tuple[str, ...], names: tuple[str, ...]) -> bool:
    return path[-len(names) :] == names
