"""Steps that do the same to one table → one ALTER TABLE: it is locked, read and rewritten once.

https://www.postgresql.org/docs/current/sql-altertable.html, "multiple actions"
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from itertools import chain, groupby

from ._actions import Action
from ._step import Step

type Found = tuple[Step, Action]


def looked_at_last(found: Iterable[Found]) -> list[Found]:
    """The same steps, where neighbours of a kind on one table hold for new rows first and are looked at afterwards
    (a step and then one ``apart``): first all that is added, then all that looks at rows."""
    ordered: list[Found] = []
    for _, run in groupby(_by_action(found), _pair_of):
        groups = list(run)
        if _pair_of(groups[0]) is None:
            ordered += chain.from_iterable(groups)
        else:
            ordered += chain.from_iterable(zip(*groups, strict=True))
    return ordered


def _by_action(found: Iterable[Found]) -> list[list[Found]]:
    return [list(group) for _, group in groupby(found, lambda pair: id(pair[1]))]


def _pair_of(group: Sequence[Found]) -> tuple[str, tuple[str, ...]] | None:
    """What a step and a later look at the rows stand on; None where that is not what a group is."""
    fact = group[0][1].after
    if fact is None or [step.apart for step, _ in group] != [False, True]:
        return None
    return fact.id.kind, fact.id.path[:-1]


def folded(steps: Iterable[Step]) -> tuple[Step, ...]:
    """The same steps, with neighbours joined. PostgreSQL runs the actions of one kind of a statement in the order
    in which they stand, so only such are joined, and ``action`` has then done its service."""
    found: list[Step] = []
    for step in steps:
        if found and _fits(found[-1], step):
            found[-1] = _joined(found[-1], step)
        else:
            found.append(step)
    return tuple(dataclasses.replace(step, action="") if step.action else step for step in found)


def _fits(one: Step, other: Step) -> bool:
    return bool(one.action and other.action) and not other.begins and _sort(one) == _sort(other)


def _sort(step: Step) -> tuple[object, ...]:
    plain = not (step.commits or step.rows_only or step.shown) and step.transactional
    return (plain or step.id, step.apart, step.head, step.verb, step.id.kind, step.engine, step.hazards)


def _joined(one: Step, other: Step) -> Step:
    action = f"{one.action},\n    {other.action}"
    return dataclasses.replace(
        one,
        sql=f"{one.head}\n    {action}",
        action=action,
        also=(*one.also, other.id),
        asks=(*one.asks, *other.asks),
    )
