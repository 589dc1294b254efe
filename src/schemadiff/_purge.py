"""A purge: what has been in the trash for long is deleted for good. Makes the plan; running it is ``_apply``'s.

What lies there counts from the day that its name says, or from the day of the apply that put it there, where the
history knows a later one. Nothing outside of the trash goes along with it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ._apply import Record, history
from ._draft import draft
from ._plan import SIMPLE, Plan, Script
from ._scope import EVERYTHING
from ._trash import dropped_on, has_trash, is_trash
from .catalog import masked, read_catalog
from .engine import Step
from .errors import Refused, UsageError
from .graph import reached
from .kinds import kinds
from .model import Catalog, Id

DAYS = {"d": 1, "w": 7}
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Lying:
    """A schema or a column in the trash, with all that stands in it, since a day; ``holds`` is what of that has rows
    or values, ``needed_by`` what that stays needs it."""

    id: Id
    since: date
    holds: tuple[Id, ...]
    needed_by: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True)
class Purge:
    """The plan that deletes ``old`` for good; ``young`` stays, and so does ``held``, since what stays needs it."""

    plan: Plan
    old: tuple[Lying, ...]
    young: tuple[Lying, ...]
    held: tuple[Lying, ...]


def days(text: str, name: str) -> int:
    """Days of a span such as ``30d`` or ``4w``; ``0`` needs no unit. Raises UsageError with ``name``, the option."""
    number, unit = text.rstrip("dw"), text.lstrip("0123456789")
    if not (number.isascii() and number.isdigit()) or len(number) > 6 or (unit not in DAYS and text != "0"):
        raise UsageError(f"{name} {text!r}: not a number of days or weeks; write 30d or 4w")
    return int(number) * DAYS.get(unit, 0)


def purge(url: str, name: str, *, older_than: int, today: date) -> Purge:
    """The plan that deletes from a database what has been in its trash for so many days or longer.

    Raises ConnectError, and Refused where something outside of the trash needs what is to go."""
    live = read_catalog(url)
    found = lying(live, history(url) if has_trash(live) else ())
    old = [item for item in found if (today - item.since).days >= older_than]
    kept = [item for item in found if item not in old]
    _ensure_alone(live, old, found, masked(url))
    while held := [item for item in old if not _within(item, live, old)]:
        old = [item for item in old if item not in held]
    going = tuple(old)
    waiting = tuple(
        replace(item, needed_by=tuple(_users(item, live, old)))
        for item in found
        if item not in old and item not in kept
    )
    return Purge(_planned(live, going, name), going, tuple(kept), waiting)


def lying(live: Catalog, records: Iterable[Record]) -> tuple[Lying, ...]:
    """What lies in the trash of a database, by its name. A column that a table inherits goes with its parent's."""
    applied = [(r.applied_at.date(), r.plan_json) for r in records if r.direction == "forward"]
    roots = sorted(i for i in live.facts if is_trash(i) and not live.facts[i].inherited)
    return tuple(Lying(i, _since(i, applied), tuple(_holding(i, live))) for i in roots)


def _since(i: Id, applied: Iterable[tuple[date, str]]) -> date:
    """Every mention of the name in an applied plan counts: it can only keep it longer."""
    said = json.dumps(i.path[-1], ensure_ascii=False)
    named = dropped_on(i.path[-1])
    assert named is not None
    return max([named, *(day for day, text in applied if said in text)])


def _parts(root: Id, live: Catalog) -> set[Id]:
    """All that goes with a schema or a column of the trash."""

    def along(i: Id) -> Iterable[Id]:
        inside = live.dependents if i.kind == "schema" else live.children
        return (*inside.get(i, ()), *_heirs(i, live))

    return set(reached([root], along))


def _heirs(i: Id, live: Catalog) -> list[Id]:
    return [h for h, row in live.facts.rows.items() if i in row[1]] if i.kind == "column" else []


def _holding(root: Id, live: Catalog) -> Iterator[Id]:
    parts = _parts(root, live)
    return (i for i in sorted(parts) if kinds()[i.kind].loses and live.facts[i].parent not in parts)


def _users(item: Lying, live: Catalog, going: Iterable[Lying]) -> list[Id]:
    """What needs a part of it, and does not go too."""
    gone = {i for other in (*going, item) for i in _parts(other.id, live)}
    return sorted({d for i in _parts(item.id, live) for d in live.dependents.get(i, ())} - gone)


def _within(item: Lying, live: Catalog, going: Collection[Lying]) -> bool:
    return not _users(item, live, going)


def _ensure_alone(live: Catalog, old: Sequence[Lying], found: Sequence[Lying], name: str) -> None:
    pairs = [(item.id, user) for item in old for user in _users(item, live, found)]
    if pairs:
        lines = [f"  {user} needs {i} or what lies in it" for i, user in pairs[:SHOWN]]
        raise Refused(
            "\n".join([f"{name}: what is in use is not purged, nothing was done; drop this first:", *lines])
        )


def _planned(live: Catalog, going: Sequence[Lying], name: str) -> Plan:
    gone = {i for item in going for i in _parts(item.id, live)}
    names = (name, "the same without its old trash")
    made = draft(live, live.but((), gone), names, strategy=SIMPLE, scope=EVERYTHING).finished()
    steps = tuple(map(_deleting, made.forward.steps))
    head = tuple(line for line in made.forward.head if not line.startswith("deletes"))
    forward = Script(steps, made.forward.restores, head)
    return replace(made, forward=forward, reverse=Script((), ()), left_out=())


def _deleting(step: Step) -> Step:
    """Values of sequences and types go as rows do."""
    loses = kinds()[step.id.kind].loses and step.verb == "drop"
    return replace(step, hazards=tuple(sorted({*step.hazards, "DELETES_DATA"}))) if loses else step
