"""Databases with a plan for them, and the witness that an apply reached its end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace

import psycopg
import pytest
from support.dumps import entries
from support.programs import Programs

import schemadiff
from schemadiff import Plan
from schemadiff.engine import Step
from schemadiff.model import Id
from schemadiff.scratch import ScratchServer


@dataclass(frozen=True)
class Case:
    """A database, one that is as it shall become, and the plan between them."""

    url: str
    wanted: str
    plan: Plan
    programs: Programs

    def dumped(self, url: str | None = None) -> list[str]:
        """The schema as pg_dump sees it, without the history."""
        return entries(self.programs.dump(url or self.url))


type Make = Callable[..., Case]


@pytest.fixture
def make(server: ScratchServer, programs: Programs) -> Iterator[Make]:
    """From the SQL of the origin and of the target, a database of each, and the plan, in few transactions."""
    with ExitStack() as stack:

        def made(origin: str, target: str, strategy: str = "simple") -> Case:
            url, wanted = (stack.enter_context(server.database()) for _ in range(2))
            for where, sql in ((url, origin), (wanted, target)):
                programs.psql(where, sql)
            plan = schemadiff.plan(url, wanted, prove=False, strategy=strategy)
            return Case(url, wanted, plan, programs)

        yield made


def with_steps(plan: Plan, *texts: str, at: int | None = None, transactional: bool = True) -> Plan:
    """The plan with further steps, before step ``at`` (from 0) or at the end."""
    steps = list(plan.forward.steps)
    at = len(steps) if at is None else at
    added = [Step(text, Id("schema", ("public",)), "alter", "rules", transactional) for text in texts]
    steps[at:at] = added
    forward = replace(plan.forward, steps=tuple(steps), restores=("lossless",) * len(steps))
    return replace(plan, forward=forward)


def execute(url: str, sql: str) -> list[tuple[object, ...]]:
    """The rows of a statement, run by a superuser in a session of its own."""
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(sql.encode())
        return cursor.fetchall() if cursor.description else []
