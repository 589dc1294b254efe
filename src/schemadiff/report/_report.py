"""The report: what a check or a plan found, as one value that every rendering is a function of.

Made of a ``Drift``, or of a ``Plan`` and the drift between its ends. Holds texts as they are: what may be shown of
them is each rendering's to say. Knows no format.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from types import MappingProxyType
from typing import Any, Protocol

from .._drift import Drift, Waived
from .._plan import Plan, Proof, Script
from .._renaming import Renaming
from ..catalog import Usage
from ..engine import LOCKS
from ..hazards import by_relation, called, effects, sights
from ..model import Added, Changed, Difference, Fact, Id, Removed
from ..prove import attributes
from ..script import Location
from . import words
from .describe import Entry, along_with, nested, renamed, value, whole
from .marks import unified

CHECK, PLAN = "check", "plan"
WORDS: Mapping[str, Mapping[type, str]] = {
    CHECK: {Added: "missing", Removed: "unexpected", Changed: "differing"},
    PLAN: {Added: "created", Removed: "dropped", Changed: "altered"},
}
RENAMED, MOVED = "renamed", "moved"
SIGNS: Mapping[str, str] = {
    "missing": "+", "created": "+", "unexpected": "-", "dropped": "-", "differing": "~", "altered": "~", RENAMED: "~", MOVED: "~",
}  # fmt: skip
NOWHERE: Mapping[Id, Location] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of an object: its value in the database (or origin) and in the target, None where that lacks
    the object."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Object:
    """One object that is not what it should be. ``what`` is a word of ``SIGNS``; ``parent`` is the object that it
    is missing or unexpected along with. Of what differs there are the attributes that do, else all."""

    id: Id
    what: str
    attributes: tuple[Attribute, ...] = ()
    parent: Id | None = None
    location: Location | None = None
    """Where it stands in the target's files."""
    said: str = ""
    """A sentence, where the attributes do not say it."""

    @property
    def name(self) -> str:
        return words.name(self.id)

    @property
    def there(self) -> dict[str, Any]:
        """The attributes of an object that only one side has."""
        return {a.name: a.before if a.after is None else a.after for a in self.attributes}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many objects of a kind there are of each sort, in words."""

    kind: str
    title: str
    numbers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a plan. ``transaction`` counts from 1, and is None where it runs in none. ``locks`` are those it
    was seen to take on relations that were there; ``lasting`` effects keep others from writing."""

    sql: str
    verb: str
    ids: tuple[Id, ...]
    transaction: int | None
    locks: tuple[tuple[str, str], ...]
    effects: tuple[tuple[str, bool], ...]
    hazards: tuple[str, ...]
    restores: str
    location: Location | None = None


@dataclass(frozen=True, slots=True)
class Migration:
    """What leads from the origin of a plan to its target and back."""

    version: int
    strategy: str
    forward: tuple[Step, ...]
    reverse: tuple[Step, ...]
    deletes: str
    """What rows and values the forward steps delete, in words."""
    restores: str
    grade: str
    """What the reverse steps restore, in words."""
    hazards: tuple[str, ...]
    proof: Proof | None
    verdict: str
    """The proof in words."""
    asked: str = ""
    """What the preflight asked the rows, in words; empty where nobody asked."""
    findings: tuple[tuple[int, str, str], ...] = ()
    """What stands in the way, without values of rows: the number of the step, a sentence, and the query to look."""


class Shown(Protocol):
    """What results are of: a database or a source, and where a service shows what is said of it."""

    @property
    def origin(self) -> str: ...
    def shown_at(self, location: Location | None) -> Location | None: ...


@dataclass(frozen=True, slots=True)
class Report:
    """What a run found of one database. ``run`` is CHECK or PLAN; ``file`` is the target's first file, '' where it
    has none. ``matching`` are the objects that are what they should be, where somebody counted them."""

    run: str
    origin: str
    target: str
    tallies: tuple[Tally, ...]
    objects: tuple[Object, ...]
    unmodelled: tuple[tuple[str, tuple[str, ...]], ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    matching: tuple[Id, ...] = ()
    file: str = ""
    migration: Migration | None = None
    waived: tuple[Waived, ...] = ()
    """Further differences, which do not count: a waiver is about them."""
    expired: tuple[Waived, ...] = ()
    """Of what counts, that whose waiver is past its day."""

    def shown_at(self, location: Location | None) -> Location | None:
        """Where a service shows something that stands somewhere, or nowhere: then at the target's first line."""
        return location or (Location(self.file, 1) if self.file else None)

    @property
    def in_sync(self) -> bool:
        return not self.objects and not (self.migration and self.migration.forward)


def of_drift(
    found: Drift,
    at: Mapping[Id, Location] = NOWHERE,
    *,
    file: str = "",
    matching: Iterable[Id] = (),
) -> Report:
    """The report of a check; ``at`` says where the target's objects stand."""
    return _report(CHECK, found, at, file, matching)


def of_plan(
    found: Plan,
    ends: Drift,
    at: Mapping[Id, Location] = NOWHERE,
    *,
    file: str = "",
    matching: Iterable[Id] = (),
) -> Report:
    """The report of a plan; ``ends`` is what differs once its renames are made."""
    made = _report(PLAN, ends, at, file, matching)
    moved = tuple(_renamed(each, at) for each in found.renamed)
    return Report(
        PLAN,
        found.origin,
        found.target,
        tuple(_counts(found)),
        (*moved, *made.objects),
        ends.unmodelled,
        found.left_out,
        found.notes,
        made.hints,
        made.matching,
        file,
        _migration(found, at),
    )


def _report(run: str, found: Drift, at: Mapping[Id, Location], file: str, matching: Iterable[Id]) -> Report:
    return Report(
        run,
        found.database,
        found.target,
        tuple(_tallies(found)),
        tuple(_objects(found.differences, WORDS[run], at)),
        found.unmodelled,
        found.left_out,
        (*found.notes, *_waivers(found)),
        tuple(_hints(found.differences)),
        tuple(matching),
        file,
        None,
        found.waived,
        found.expired,
    )


def _waivers(found: Drift) -> Iterator[str]:
    yield from (f"waived: {said}" for said in words.waived(found.waived, "until"))
    yield from (f"expired: {said}" for said in words.waived(found.expired, "only until"))


def _objects(
    found: Sequence[Difference], said: Mapping[type, str], at: Mapping[Id, Location]
) -> Iterator[Object]:
    above = along_with(found)
    for d in found:
        i = d.id
        if isinstance(d, Changed):
            yield Object(i, said[Changed], tuple(Attribute(*each) for each in d.values()), None, at.get(i))
            continue
        missing = isinstance(d, Added)
        yield Object(i, said[type(d)], tuple(_all(d.fact, missing)), above(d), at.get(i) if missing else None)


def _all(fact: Fact, missing: bool) -> Iterator[Attribute]:
    for name, found in attributes(fact).items():
        yield Attribute(name, None if missing else found, found if missing else None)


def _renamed(found: Renaming, at: Mapping[Id, Location]) -> Object:
    what = MOVED if found.moves else RENAMED
    return Object(
        found.id,
        what,
        location=at.get(found.id if found.label is not None else found.there),
        said=words.renamed(found),
    )


def _hints(found: Sequence[Difference]) -> Iterator[str]:
    for wanted, there in renamed(found):
        yield words.another_name(wanted.id, there.id)


def _tallies(found: Drift) -> Iterator[Tally]:
    for t in found.tallies:
        parts = ("matching", "differing", "missing", "unexpected")
        yield Tally(t.kind, t.title, tuple((part, getattr(t, part)) for part in parts))


def _counts(found: Plan) -> Iterator[Tally]:
    parts = ("created", "altered", *words.moving(found), "dropped")
    for c in found.counts:
        yield Tally(c.kind, c.title, tuple((part, getattr(c, part)) for part in parts))


def _migration(found: Plan, at: Mapping[Id, Location]) -> Migration:
    return Migration(
        found.version,
        found.strategy,
        tuple(_steps(found.forward, found.usage, at)),
        tuple(_steps(found.reverse, found.usage, NOWHERE)),
        words.contents(words.deletes(found.forward)),
        found.restores,
        words.grade(found),
        found.hazards,
        found.proof,
        words.verdict(found),
        words.asked(found.preflight) if found.preflight and found.preflight.asked else "",
        tuple(_findings(found)),
    )


def _findings(found: Plan) -> Iterator[tuple[int, str, str]]:
    """More people read a report than may read the database."""
    for each in found.preflight.findings if found.preflight else ():
        yield each.step, words.finding(replace(each, examples=())), words.look(each)


def _steps(script: Script, usage: Sequence[Usage], at: Mapping[Id, Location]) -> Iterator[Step]:
    seen, known = list(sights(script)), by_relation(usage)
    groups = [n for n, group in enumerate(script.transactions) for _ in group]
    numbers = _transactions(script)
    for n, (step, restores) in enumerate(zip(script.steps, script.restores, strict=True)):
        sight = seen[n][1]
        locks = step.observed.locks if step.observed else ()
        yield Step(
            step.display,
            step.verb,
            step.ids,
            numbers[groups[n]],
            tuple((mode, called(r)) for mode, r in sorted(locks, key=lambda each: -LOCKS.index(each[0]))),
            tuple((e.text, e.lasting) for e in effects(sight, known)) if sight else (),
            step.hazards,
            restores,
            next((at[i] for i in step.ids if i in at), None),
        )


def _transactions(script: Script) -> list[int | None]:
    """The number of each group of steps that is a transaction."""
    found: list[int | None] = []
    count = 0
    for group in script.transactions:
        count += group[0].transactional
        found.append(count if group[0].transactional else None)
    return found


def lines(found: Object) -> list[str]:
    """What is to be said of an object besides its name: its definition, or of each attribute that differs both values."""
    if found.said:
        return [found.said]
    if SIGNS[found.what] != "~":
        return [said] if (said := whole(found.there)) else []
    return [line for a in found.attributes for line in _both(a)]


def _both(found: Attribute) -> list[str]:
    name, before, after = found.name.replace("_", " "), value(found.before), value(found.after)
    if "\n" in before + after:
        return [f"{name}:", *unified(before, after)]
    return [f"{name}: {before} → {after}"]


def tree(objects: Iterable[Object]) -> tuple[Entry[Object], ...]:
    """The objects, each below its parent."""
    return nested(objects, lambda each: each.parent)


def by_transaction(steps: Iterable[Step]) -> Iterator[tuple[int | None, tuple[Step, ...]]]:
    """The steps by the transaction that they run in; what runs in none stands alone."""
    for _, found in groupby(enumerate(steps), lambda each: each[1].transaction or -each[0] - 1):
        group = tuple(step for _, step in found)
        yield group[0].transaction, group
