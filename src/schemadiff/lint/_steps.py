"""What several rules look for in the steps of a plan: by what they make and what was seen of them, not by their SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..engine import Relation, Step
from ..hazards import guessed
from ..model import Id
from ..sqltext import comma
from ._facts import called
from ._rule import Found, Migration


def steps(migration: Migration, verb: str, kind: str) -> Iterator[Step]:
    """The forward steps that create, drop or alter objects of a kind."""
    return (s for s in migration.plan.forward.steps if s.verb == verb and s.id.kind == kind)


def rewritten(step: Step) -> tuple[Relation, ...]:
    """The tables that a step writes anew; without a proof, the one that it may."""
    if step.observed is not None:
        return step.observed.rewrites
    return (guessed(step),) if "REWRITES_TABLE" in step.hazards else ()


def built(step: Step, migration: Migration) -> tuple[Relation, ...]:
    """The tables that were there before and that a step builds an index of while nobody may write to them."""
    if not step.transactional:
        return ()
    if step.observed is not None:
        return tuple(dict.fromkeys(table for _, table in step.observed.builds))
    return (guessed(step),) if migration.plan.proof is None and "INDEX_BUILD" in step.hazards else ()


def read(step: Step) -> tuple[Relation, ...]:
    """The tables that a step reads from end to end, and builds no index of."""
    if step.observed is None:
        return ()
    return tuple(r for r in step.observed.scans if r not in {t for _, t in step.observed.builds})


def dropped(kind: str, message: str, fix: str) -> Callable[[Migration], Iterator[Found]]:
    """Looks for steps that drop objects of a kind."""

    def find(migration: Migration) -> Iterator[Found]:
        for step in steps(migration, "drop", kind):
            yield from (Found(i, message, fix) for i in step.ids)

    return find


def renamed(kind: str) -> Callable[[Migration], Iterator[Found]]:
    """Looks for objects of a kind that get another name."""

    def find(migration: Migration) -> Iterator[Found]:
        for renaming in migration.plan.renamed:
            i = renaming.id
            if i.kind == kind and renaming.label is None:
                new = Id(kind, (*i.path[:-1], renaming.new))
                said = f"gets the name {called(new)}: who uses the old one fails from that moment on"
                yield Found(
                    i, said, "add the new name beside the old one, and drop that once nobody uses it", (new,)
                )

    return find


def named(relations: tuple[Relation, ...]) -> str:
    """Relations as a sentence calls them."""
    return comma(called(Id("table", r)) for r in relations)
