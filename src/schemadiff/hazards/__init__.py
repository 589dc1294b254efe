"""What may harm those who use a database while a plan runs: seen by the proof where it can be, else stated by kinds.

One file a hazard, found by looking; its docstring is its page in docs/hazards.md. ``_gate`` says which of them need a
word of the user, ``_effects`` says in words what steps do to tables. Nothing is run here.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from .._plan import Script
from ..engine import LOCKS, Observed, Relation, Step
from ._effects import Effect, by_relation, called, effects, measure, named, passing
from ._hazard import ALWAYS, BY_SIZE, NEVER, Hazard, Held, Sight

__all__ = [
    "ALWAYS",
    "BY_SIZE",
    "NEVER",
    "Effect",
    "Hazard",
    "Sight",
    "by_relation",
    "called",
    "effects",
    "guessed",
    "hazards",
    "measure",
    "named",
    "passing",
    "seen",
    "sights",
]


@cache
def hazards() -> Mapping[str, Hazard]:
    """The hazards by name, sorted."""
    modules = sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))
    found: list[Hazard] = [importlib.import_module(f"{__name__}.{name}").HAZARD for name in modules]
    return MappingProxyType({h.name: h for h in sorted(found, key=lambda h: h.name)})


def seen(script: Script, found: Mapping[int, Observed]) -> Script:
    """The script with what each of its steps, by number from 0, was seen to do, and the hazards of that in the
    place of those that could only be guessed."""
    steps = (replace(s, observed=found.get(number)) for number, s in enumerate(script.steps))
    observed = replace(script, steps=tuple(steps))
    named = (s if sight is None else replace(s, hazards=_names(sight)) for s, sight in sights(observed))
    return replace(observed, steps=tuple(named))


def _names(sight: Sight) -> tuple[str, ...]:
    known = hazards()
    stated = {n for n in sight.step.hazards if known[n].relations is None and not known[n].refuted(sight)}
    return tuple(sorted({*stated, *(h.name for h in known.values() if h.relations and h.relations(sight))}))


def guessed(step: Step) -> Relation:
    """The relation that a step is about which was not seen: schema and name are the first of its object's names."""
    schema, name, *_ = (*step.id.path, "", "")
    return schema, name


def sights(script: Script) -> Iterator[tuple[Step, Sight | None]]:
    """Each step with what its hazards are seen in; None where it was not looked at."""
    for group in script.transactions:
        taken: dict[Relation, list[tuple[int, str]]] = {}
        strongest = ""
        for number, step in enumerate(group):
            if step.observed is None:
                yield step, None
                continue
            for mode, relation in step.observed.locks:
                locks = taken.setdefault(relation, [])
                if not locks or LOCKS.index(mode) > LOCKS.index(locks[-1][1]):
                    locks.append((number, mode))
                strongest = max(strongest or mode, mode, key=LOCKS.index)
            yield step, Sight(step, step.observed, Held(taken, number), strongest)
