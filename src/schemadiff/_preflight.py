"""Asking the rows of a live database what would stop a plan, or go with it, before it runs. Read-only.

Each question has a short transaction and a time limit of its own, takes no lock but ACCESS SHARE, and waits for
none. Who is subject to row security gets no answer instead of a part of one.
https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-STATEMENT-TIMEOUT
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import psycopg

from ._findings import FAILS, LOSES, UNKNOWN, Asking, Finding, Preflight
from ._patience import milliseconds
from ._plan import Plan
from .catalog import connect
from .hazards import called
from .kinds import Question
from .report import words

MOST, SHOWN, LONGEST = 10_000, 3, 60
"""Rows that are counted where one is too many; examples that are told; characters of each."""
READING = "set transaction isolation level repeatable read, read only"
SETTINGS = """
    select set_config('search_path', '', true), set_config('row_security', 'off', true),
           set_config('statement_timeout', %s, true), set_config('lock_timeout', '500ms', true)
"""
OF_A_VALUE = (psycopg.DataError, psycopg.IntegrityError, psycopg.errors.RaiseException)
"""What PostgreSQL says where it is a value that it cannot convert: no other error is about rows."""


def preflight(plan: Plan, url: str, asking: Asking) -> Preflight | None:
    """What the rows of a database say to the forward steps of a plan; None where nothing is to be asked.

    Raises ConnectError."""
    questions = plan.forward.questions()
    if not asking.timeout or plan.empty:
        return None
    if not questions:
        return Preflight(0, ())
    with connect(url) as connection:
        return ask(connection, questions, asking)


def ask(connection: psycopg.Connection[Any], questions: Mapping[Question, int], asking: Asking) -> Preflight:
    """The answers to questions, each with the number of its step; the connection is in autocommit mode."""
    answers = (_answer(connection, q, step, asking) for q, step in questions.items())
    return Preflight(len(questions), tuple(f for f in answers if f))


def _answer(connection: psycopg.Connection[Any], q: Question, step: int, asking: Asking) -> Finding | None:
    try:
        with connection.transaction():
            connection.execute(READING)
            connection.execute(SETTINGS, (milliseconds(asking.timeout),))
            # In binary, so that PostgreSQL takes one statement and no more: a plan file may be anybody's.
            answer = connection.execute(_query(q, asking).encode(), binary=True).fetchone()
            count, examples = answer or (0, ())
    except psycopg.errors.QueryCanceled:
        return _unknown(q, step, f"not known within {asking.timeout:g} s")
    except psycopg.errors.LockNotAvailable:
        return _unknown(q, step, "not known: the table is locked")
    except OF_A_VALUE as error:
        if not q.raises:
            return _unknown(q, step, "not known: values cannot be converted")
        said = (_cut(error),) if asking.examples else ()
        return Finding(step, FAILS, f"some row of {called(q.of)}: {q.raises}", q.look, said)
    except psycopg.Error as error:
        return _unknown(q, step, f"not known: {_cut(error)}")
    return _found(q, step, count, examples or ()) if count else None


def _query(q: Question, asking: Asking) -> str:
    some = f"(array_agg(left(f.example, {LONGEST + 1}) order by f.example) filter (where f.example is not null))[1:{SHOWN}]"
    limit = f" limit {MOST + 1}" if q.fails else ""
    return f"select count(*), {some if asking.examples else 'null::text[]'} from (select q.example from ({q.rows}) q{limit}) f"


def _found(q: Question, step: int, count: int, examples: list[str] | tuple[str, ...]) -> Finding:
    of = called(q.of)
    more = "more than " if q.fails and count > MOST else ""
    counted = words.counted(min(count, MOST) if more else count, q.unit, _plural(q.unit))
    text = f"{more}{counted} of {of}: {q.what}" if q.unit else f"{of}: {q.what}"
    shown = tuple(e if len(e) <= LONGEST else f"{e[:LONGEST]}…" for e in examples)
    return Finding(step, FAILS if q.fails else LOSES, text, q.look, shown)


def _plural(unit: str) -> str:
    return {"pair of rows": "pairs of rows"}.get(unit, f"{unit}s")


def _unknown(q: Question, step: int, why: str) -> Finding:
    return Finding(step, UNKNOWN, f"{called(q.of)}: {q.what}? {why}", q.look)


def _cut(error: psycopg.Error) -> str:
    said = error.diag.message_primary or str(error).strip()
    return said if len(said) <= 2 * LONGEST else f"{said[: 2 * LONGEST]}…"
