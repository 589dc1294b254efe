"""What must hold for every schema, asked of a server and of pg_dump.

``dump`` loads back to the same; a schema does not differ from itself; the order of its statements says nothing.
Owns the questions. Which schemas they are asked of is up to the tests and to ``scripts/real.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import groupby
from random import Random

import psycopg

import schemadiff
from schemadiff._dump import dump
from schemadiff._plan import SETTINGS
from schemadiff.catalog import fingerprint
from schemadiff.engine import Step
from schemadiff.kinds import kinds
from schemadiff.scratch import ScratchServer

from .dumps import entries
from .programs import Programs


class Unloadable(Exception):
    """PostgreSQL does not take the schema, and why."""


@dataclass(frozen=True, slots=True)
class Whole:
    """Asks everything of one schema after the other."""

    server: ScratchServer
    programs: Programs

    @classmethod
    def of(cls, server: ScratchServer) -> Whole:
        return cls(server, Programs.of(server))

    def faults(
        self, text: str, seed: int = 1, *, before: str = "", dumps_alike: bool = True, ordered: bool = False
    ) -> Iterator[str]:
        """What does not hold for a schema, in words; nothing where all does. ``before`` runs in a session of its
        own before the schema is loaded. ``dumps_alike`` is false for one that pg_dump writes in another way once its
        output was loaded, ``ordered`` true for one that the order of its statements says something of. Raises Unloadable."""
        with ExitStack() as stack:
            loaded, again, back, mixed = (stack.enter_context(self.server.database()) for _ in range(4))
            for url in (loaded, again):
                self._load(url, before, text)
            yield from self._alone(loaded, again)
            yield from self._dumped(loaded, back, dumps_alike)
            yield from () if ordered else self._mixed(loaded, mixed, Random(seed))

    def _load(self, url: str, *texts: str) -> None:
        for text in texts:
            try:
                self.programs.psql(url, text)
            except AssertionError as error:
                raise Unloadable(_reason(error)) from None

    def _alone(self, loaded: str, again: str) -> Iterator[str]:
        yield from (f"differs from itself: {d}" for d in schemadiff.diff(loaded, again))
        plan = schemadiff.plan(loaded, again, prove=False)
        yield from (f"a step without a difference: {s.sql}" for s in plan.forward.steps)
        one, other = (fingerprint(schemadiff.read(url)) for url in (loaded, again))
        if one != other:
            yield "two loads have two fingerprints"

    def _dumped(self, loaded: str, back: str, dumps_alike: bool) -> Iterator[str]:
        if schemadiff.plan("empty", loaded, prove=False).forward.secret:
            return  # which no dump holds
        try:
            self.programs.psql(back, dump(loaded))
        except AssertionError as error:
            yield f"the dump does not load: {_reason(error)}"
            return
        yield from (f"the dump loads to another schema: {d}" for d in schemadiff.diff(loaded, back))
        if not dumps_alike:
            return
        wanted, got = (entries(self.programs.dump(url)) for url in (loaded, back))
        yield from (f"pg_dump after the dump lacks {e}" for e in wanted if e not in got)
        yield from (f"pg_dump after the dump has {e}" for e in got if e not in wanted)

    def _mixed(self, loaded: str, mixed: str, dice: Random) -> Iterator[str]:
        """Loads the statements of the dump in an order that the dice choose."""
        plan = schemadiff.plan("empty", loaded, prove=False)
        refused = _run_mixed(mixed, plan.forward.steps, dice)
        differs = schemadiff.diff(loaded, mixed)
        if refused and differs:
            return  # PostgreSQL does not load it: something else came along under the same name
        yield from (f"differs in another order: {d}" for d in differs)
        other = schemadiff.plan("empty", mixed, prove=False)
        ours, theirs = ([s.sql for s in p.forward.steps] for p in (plan, other))
        unlike = next((f"{a}\n  and\n{b}" for a, b in zip(ours, theirs, strict=False) if a != b), None)
        if ours != theirs:
            yield f"another order of statements, another plan: {unlike or 'one is longer'}"


def _reason(error: AssertionError) -> str:
    """What a program said last before the script that it was given."""
    lines = str(error).splitlines()
    return next((line for line in lines if "ERROR" in line or "FATAL" in line), lines[0])


def _run_mixed(url: str, steps: tuple[Step, ...], dice: Random) -> list[Step]:
    """Runs the steps in another order, those that fail again once others have run; what is refused for good, which
    may have been made along with something else.

    What bears on all that comes after it stays where it is."""
    refused: list[Step] = []
    with _connected(url) as connection:
        for stays, part in groupby(steps, lambda step: _stays(step.id.kind)):
            run = list(part)
            refused += _run_all(connection, run if stays else _shuffled(run, dice))
        return _run_all(connection, refused)


def _stays(kind: str) -> bool:
    """Attaching a partition makes what it lacks of the whole table's indexes."""
    known = kinds()[kind]
    return known.everywhere or known.satellite or known.whole_tables or kind == "event_trigger"


def _shuffled(steps: list[Step], dice: Random) -> list[Step]:
    """What is written of one object stays together and in its order."""
    groups = [list(group) for _, group in groupby(steps, lambda step: step.id)]
    dice.shuffle(groups)
    return [step for group in groups for step in group]


def _run_all(connection: psycopg.Connection, waiting: list[Step]) -> list[Step]:
    while waiting:
        failed = [step for step in waiting if not _runs(connection, step)]
        if len(failed) == len(waiting):
            break
        waiting = failed
    return waiting


def _runs(connection: psycopg.Connection, step: Step) -> bool:
    try:
        connection.execute(step.sql.encode(), prepare=False)
    except psycopg.Error:
        return False
    return True


@contextmanager
def _connected(url: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(url, autocommit=True, options="-c client_min_messages=error") as connection:
        for setting in SETTINGS:
            connection.execute(setting.replace("set local", "set").encode())
        yield connection
