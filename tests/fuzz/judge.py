"""Loads two worlds, plans, runs the plan there and back with psql, and compares what pg_dump writes.

Owns the verdict. pg_dump's text is the judge; the catalog is asked only whether a second plan is empty.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from support.programs import Programs

import schemadiff
from schemadiff import Plan
from schemadiff.engine import Observed
from schemadiff.scratch import ScratchServer

from .compare import comparable
from .make_others import DISK
from .world import Object, World

ROLES = ("Fuzz Owner", "fuzz_reader", "fuzz_writer")


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong: at which stage, and how."""

    stage: str
    text: str

    def __str__(self) -> str:
        return f"{self.stage}: {self.text}"


@dataclass(frozen=True, slots=True)
class Judge:
    server: ScratchServer
    programs: Programs
    prove: bool = True
    """Whether plans are to be proven too, which takes as long as all else."""
    both: bool = False
    """Whether the proof on a copy of everything is asked too, and must see the same."""

    @classmethod
    def of(cls, server: ScratchServer) -> Judge:
        server.ensure_roles(ROLES)
        server.ensure_tablespaces([DISK])
        return cls(server, Programs.of(server))

    @contextmanager
    def loaded(self, world: World) -> Iterator[tuple[str, World]]:
        """A database with what PostgreSQL accepts of a world, and that."""
        with self.server.database() as url:
            yield url, accepted(url, world)

    def fault(self, ours: str, wanted: str) -> Fault | None:
        """What is wrong with the plan from one database to the other and back; runs it on the first."""
        before, after = self._dump(ours), self._dump(wanted)
        # A schema without tablespaces leaves them to whoever runs the server.
        placed = any(f"TABLESPACE {DISK}" in part for part in after)
        try:
            plan = schemadiff.plan(ours, wanted, prove=self.prove)
        except Exception as error:  # what is no error of ours is a fault too
            return Fault("plan", f"{type(error).__name__}: {error}")
        return (
            (self._unlike_whole(plan, ours, wanted) if self.both and self.prove else None)
            or self._run("forward", ours, plan.forward.sql, after, placed=placed)
            or self._again(ours, wanted)
            or self._run("reverse", ours, plan.reverse.sql, before)
        )

    def _unlike_whole(self, plan: Plan, ours: str, wanted: str) -> Fault | None:
        """Where the proof on what a plan touches has seen something else than that on everything."""
        whole = schemadiff.plan(ours, wanted, prove="full")
        for some, every in ((plan.forward, whole.forward), (plan.reverse, whole.reverse)):
            for one, other in zip(some.steps, every.steps, strict=True):
                if (one.observed or Observed()) != (other.observed or Observed()):
                    return Fault("proof", f"{one.sql}\n  near: {one.observed}\n  full: {other.observed}")
        return None

    def _dump(self, url: str, *, placed: bool = True) -> Counter[str]:
        return comparable(self.programs.dump(url, *([] if placed else ["--no-tablespaces"])))

    def _run(
        self, stage: str, url: str, script: str, wanted: Counter[str], *, placed: bool = True
    ) -> Fault | None:
        try:
            self.programs.psql(url, script)
        except AssertionError as error:
            return Fault(f"{stage} run", str(error))
        got = self._dump(url, placed=placed)
        return None if got == wanted else Fault(f"{stage} dump", f"{difference(got, wanted)}\n\n{script}")

    def _again(self, ours: str, wanted: str) -> Fault | None:
        again = schemadiff.plan(ours, wanted, prove=False)
        left = [step.sql for step in again.forward.steps]
        return Fault("second plan", ";\n".join(left)) if left or again.before != again.after else None


def accepted(url: str, world: World) -> World:
    """What PostgreSQL accepts of a world, made in a database; it refuses what the dice put together wrongly."""
    made: set[int] = set()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("set client_min_messages = error")
        waiting = world
        for thing, text in waiting.statements():
            if not thing.references() <= made:
                continue
            try:
                connection.execute(f"begin; {text}; commit".encode())
                made.add(thing.key)
            except psycopg.Error:
                connection.execute("rollback")
    return world.only(made)


def refused(url: str, world: World) -> list[tuple[Object, str]]:
    """What PostgreSQL does not accept, with its reason."""
    found: list[tuple[Object, str]] = []
    with psycopg.connect(url, autocommit=True) as connection:
        for thing, text in world.statements():
            try:
                connection.execute(f"begin; {text}; commit".encode())
            except psycopg.Error as error:
                found.append((thing, f"{str(error).splitlines()[0]}\n    {text}"))
                connection.execute("rollback")
    return found


def script(world: World) -> str:
    return "".join(f"{text};\n" for _, text in world.statements())


def difference(got: Counter[str], wanted: Counter[str]) -> str:
    """The entries that differ, as a reader wants to see them."""
    lines: list[str] = []
    for one in sorted(got - wanted):
        head = one.split("\n", 1)[0]
        near = next((w for w in sorted(wanted - got) if w.split("\n", 1)[0] == head), "")
        lines += difflib.unified_diff(
            one.split("\n"), near.split("\n"), "got " + head, "wanted", lineterm="", n=0
        )
    heads = {one.split("\n", 1)[0] for one in got - wanted}
    lines += [f"missing: {one}" for one in sorted(wanted - got) if one.split("\n", 1)[0] not in heads]
    return "\n".join(lines)
