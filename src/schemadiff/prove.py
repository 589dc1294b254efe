"""The proof: a plan is run on scratch databases, forward and reverse, and both ends are read again.

Between the steps, ``_observe`` sees what they do to the tables that were there. Nothing here knows a kind. A plan that
does not reach its ends is ProofFailed, with the difference.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from itertools import batched, count, groupby, takewhile
from typing import Any

import psycopg

from . import _cache
from ._diff import diff_facts
from ._draft import Draft
from ._inside import beside
from ._named import roles, tablespaces
from ._nearby import Bearing, differ_mostly, nearby
from ._observe import BEFORE, FORGET, KNOWN, MARK, Observer, Row, made_anew, worth_a_look
from ._plan import SETTINGS, Plan, Proof, Script, proven
from ._versions import as_of
from .catalog import hidden, hidden_change, pack, read_from, skeleton, spelled_alike, unpack
from .engine import Observed, Step, steps
from .errors import ProofFailed, SourceError
from .hazards import seen
from .kinds import Kind, kinds
from .model import Added, Catalog, Changed, Removed
from .scratch import ScratchServer
from .script.labels import execute

type Connection = psycopg.Connection[Any]

FRESH = "fresh"
MOST = 16
"""New databases that are kept, by server and role."""
AT_ONCE = 100
"""How many steps that make something are one transaction: a server has room for so many locks, and searches all that a
transaction holds after many statements."""
ASKED_AT_ONCE = 20
"""How many are one where PostgreSQL is asked for all locks of the transaction after each."""
REFUSED = "PostgreSQL refuses a step"


def prove(
    draft: Draft, origin: Catalog, target: Catalog, server: ScratchServer, *, full: bool = False
) -> Plan:
    """The plan of a draft with its proof. ``origin`` and ``target`` must have been read on this server's version.

    Runs on a copy of what the plan touches and of all that this needs or is needed by, and where it fails
    there, or with ``full``, or where most of a large schema differs, on a copy of everything. Raises ProofFailed where a
    step fails or an end is not reached, with object and attribute."""
    began = time.monotonic()
    ends = skeleton(origin), skeleton(target)
    try:
        plan, ran = _run_while_written(draft, ends, server, full=full or differ_mostly(*ends))
    except ProofFailed as error:
        if not server.limits or REFUSED not in str(error):
            raise
        raise ProofFailed(f"{error}\nhint: {server.limits}") from None
    return _with_proof(plan, ran, server, began)


def _run_while_written(
    draft: Draft, ends: tuple[Catalog, Catalog], server: ScratchServer, *, full: bool
) -> tuple[Plan, Ran]:
    """Runs a draft on the server while another thread writes the way back, for which a run in full does not wait, and
    then the rest of the plan."""
    with ThreadPoolExecutor(1) as beside:
        back = beside.submit(lambda: Script(draft.back(), ()))
        plan = beside.submit(lambda: draft.plan(back.result().steps))
        if full:
            ran = _prove(draft, back.result, ends, ends, server)
        else:
            ran = _run_nearby(draft, back.result, ends, server)
        return plan.result(), ran


def _run_nearby(
    draft: Draft, back: Callable[[], Script], ends: tuple[Catalog, Catalog], server: ScratchServer
) -> Ran:
    served = (i for script in (draft.forward, back()) for step in script.steps for i in step.ids)
    near = nearby(*ends, served, _bearing())
    try:
        return _prove(draft, back, near, ends, server)
    except ProofFailed:
        if len(near[0].facts) == len(ends[0].facts):
            raise
        return _prove(draft, back, ends, ends, server)


def _with_proof(plan: Plan, ran: Ran, server: ScratchServer, began: float) -> Plan:
    notes = (*plan.notes, *map(_unheard, sorted(ran.unheard)))
    proof = Proof(server.version, round(time.monotonic() - began, 3))
    forward, reverse = (seen(s, w) for s, w in ((plan.forward, ran.forward), (plan.reverse, ran.reverse)))
    return replace(proven(plan, proof, forward, reverse), notes=notes)


def _bearing() -> Bearing:
    def named(has: Callable[[Kind[Any]], bool]) -> frozenset[str]:
        return frozenset(name for name, kind in kinds().items() if has(kind))

    return Bearing(
        always=named(lambda kind: kind.everywhere),
        along=named(lambda kind: kind.comes_along),
        rows=named(lambda kind: kind.of_row),
        beside={name: kind.bears_on for name, kind in kinds().items() if kind.bears_on},
    )


@dataclass(frozen=True, slots=True)
class Ran:
    """What running both scripts showed: what each step of either did, by its number from 0, and the providers of
    security labels that the server lacks."""

    forward: Mapping[int, Observed]
    reverse: Mapping[int, Observed]
    unheard: frozenset[str]


def _prove(
    draft: Draft,
    back: Callable[[], Script],
    ends: tuple[Catalog, Catalog],
    whole: tuple[Catalog, Catalog],
    server: ScratchServer,
) -> Ran:
    """Runs a draft on a copy of ``ends``; ``back`` gives its reverse script once that is there."""
    origin, target = ends
    server.ensure_roles(roles(target))
    server.ensure_tablespaces(tablespaces(target))
    with clone(origin, server, draft.role) as connection:
        with _observing(connection, draft, draft.forward, ends, whole) as there:
            unheard = _run(connection, _spelled(draft.forward, server), "forward", there)
        failure = "the forward steps do not reach the target"
        _compare(_reached(connection, draft, target), target, whole[1], failure)
        reverse = back()
        with _observing(connection, draft, reverse, ends[::-1], whole[::-1]) as returning:
            unheard |= _run(connection, _spelled(reverse, server), "reverse", returning)
        failure = "the reverse steps do not lead back to the origin"
        _compare(_reached(connection, draft, origin), origin, whole[0], failure)
    return Ran(there.seen, returning.seen, frozenset(unheard))


def states(
    plan: Plan, origin: Catalog, target: Catalog, server: ScratchServer
) -> Iterator[tuple[str, Connection]]:
    """A copy of the whole origin in each of its states, to be looked at: before the plan, after it, and after its
    reverse. Raises ProofFailed where a step fails."""
    before, after = skeleton(origin), skeleton(target)
    server.ensure_roles(roles(after))
    server.ensure_tablespaces(tablespaces(after))
    with clone(before, server, plan.role) as connection:
        yield "before", connection
        for state, script, which in (
            ("after", plan.forward, "forward"),
            ("reversed", plan.reverse, "reverse"),
        ):
            _run(connection, _spelled(script, server), which, Observer())
            yield state, connection


@contextmanager
def _observing(
    connection: Connection,
    draft: Draft,
    script: Script,
    ends: tuple[Catalog, ...],
    whole: tuple[Catalog, Catalog],
) -> Iterator[Observer]:
    """What to look at while a script runs. One that renames speaks of more than its ends do: all its steps."""
    worth = range(len(script.steps)) if draft.renamed else worth_a_look(script.steps, *ends)
    observer = Observer.of(worth, connection.execute(KNOWN.encode()))
    observer.spare(() if draft.renamed else made_anew(script.steps, *ends))
    for number, step in enumerate(script.steps):
        if step.rows_only and kinds()[step.id.kind].ahead is not None:  # what is filled by a query
            observer.leave_out(number, step, *whole)
        if not step.transactional and not draft.renamed:
            observer.narrow(number, step, *ends)
    for text in observer.prepared if observer.worth else ():
        connection.execute(text.encode())
    yield observer
    if observer.worth:
        connection.execute(FORGET.encode())


def _reached(connection: Connection, draft: Draft, end: Catalog) -> Catalog:
    """What is there now, to be compared with an end: without what the scope leaves out and the end too."""
    return beside(as_of(read_from(connection, again=True, like=end), draft.version), end, draft.scope)


def _unheard(provider: str) -> str:
    return (
        f"the scratch server lacks the security label provider {provider}: that it accepts the labels is not "
        "proven; all else is"
    )


@contextmanager
def clone(catalog: Catalog, server: ScratchServer, role: str) -> Iterator[Connection]:
    """A scratch database with the schema of a catalog and no rows, as a connection with the rights of ``role``.

    Raises ProofFailed where the catalog cannot be made anew."""
    server.ensure_roles({role, *roles(catalog)})
    server.ensure_tablespaces(tablespaces(catalog))
    # psycopg forgets what it prepared with DEALLOCATE ALL, and so what is prepared here: it prepares nothing.
    with (
        server.database() as url,
        psycopg.connect(url, autocommit=True, prepare_threshold=None) as connection,
    ):
        server.become(connection, role)
        copying(_fresh(connection, server, role), catalog, server, role)(connection)
        yield connection


def _fresh(connection: Connection, server: ScratchServer, role: str) -> Catalog:
    """What a new database holds. On a server of ours that is always the same, and kept: no proof rests on it, since
    both ends are read and compared."""
    if not server.ours:
        return read_from(connection)
    name = f"{server.version}\0{server.after}\0{role}"
    try:
        with _cache.opened(FRESH, name) as (_, file):
            return unpack(file)
    except (OSError, SourceError):
        found = read_from(connection)
    _cache.write(FRESH, name, b"", pack(found))
    _cache.prune(FRESH, MOST)
    return found


def copying(
    found: Catalog, wanted: Catalog, server: ScratchServer, role: str
) -> Callable[[Connection], None]:
    """What makes a database with ``found`` one with ``wanted``, in transactions that need few locks. It raises
    ProofFailed where that cannot be made."""
    every = steps(found, wanted, version=server.version, role=role, by_migra=False)
    parts = [_spelled(Script(part, ()), server) for part in batched(every, AT_ONCE)]

    def make(connection: Connection) -> None:
        for part in parts:
            _run(connection, part, "copying the origin", Observer())

    return make


def _spelled(script: Script, server: ScratchServer) -> Script:
    """The script as the server has its statements run."""
    found = [(step, server.spelled(step.sql)) for step in script.steps]
    return replace(script, steps=tuple(s if sql == s.sql else replace(s, sql=sql) for s, sql in found))


def _run(connection: Connection, script: Script, what: str, observer: Observer) -> set[str]:
    """Runs a script, and sees what its steps do; the providers of security labels that the server lacks."""
    unheard: set[str] = set()
    numbers = count()
    for group in script.transactions:
        wanted = [(n, s) for s, n in zip(group, numbers, strict=False) if not s.rows_only]
        if group[0].transactional:
            observer.begin()
            for part in _parts(wanted, observer.worth):
                try:
                    _run_together(connection, part, observer)
                except psycopg.Error:
                    unheard |= _run_singly(connection, part, what, observer)
        elif wanted:
            try:
                _run_alone(connection, *wanted[0], observer)
            except psycopg.Error as error:  # asked once more, in a transaction, it would fail of that
                raise _refused(what, group[0], error) from None
    return unheard - {""}


def _parts(steps: Sequence[tuple[int, Step]], worth: Set[int]) -> Iterator[Sequence[tuple[int, Step]]]:
    """The steps of a transaction, those that it begins with parted while they only drop, or make what nobody looks at:
    what is gone or made is so for the next step, committed or not."""
    parted = list(takewhile(lambda pair: _lasts(*pair, worth), steps))
    if len(parted) <= AT_ONCE:
        yield steps
        return
    for asked, run in groupby(parted, lambda pair: pair[0] in worth):
        yield from batched(run, ASKED_AT_ONCE if asked else AT_ONCE)
    if rest := steps[len(parted) :]:
        yield rest


def _lasts(number: int, step: Step, worth: Set[int]) -> bool:
    """Whether a step does the same before a commit as after one, and so do those that follow it."""
    return step.verb == "drop" or (step.verb == "create" and not step.commits and number not in worth)


def _run_together(connection: Connection, steps: Sequence[tuple[int, Step]], observer: Observer) -> None:
    """One transaction, as one message."""
    texts = ";\n".join(["begin", *SETTINGS, *observer.around(steps), "commit"])
    try:
        answers = _answers(connection.execute(texts.encode()))
    except psycopg.Error:
        if not connection.broken:
            connection.rollback()
        raise
    observer.count(answers.get(BEFORE, ()))
    for number, _ in steps:
        if number in observer.worth:
            observer.take(number, answers.get(number, ()))


def _run_alone(connection: Connection, number: int, step: Step, observer: Observer) -> None:
    if number not in observer.worth:
        connection.execute(step.sql.encode())
        return
    ask = observer.alone(number).encode()
    before = _answers(connection.execute(ask))
    connection.execute(step.sql.encode())
    after = _answers(connection.execute(ask))
    observer.take_alone(number, before.get(number, ()), after.get(number, ()))


def _answers(cursor: psycopg.Cursor[Any]) -> dict[int, list[Row]]:
    """The rows of ours among the results of a message, by the step after which they were asked for."""
    found: dict[int, list[Row]] = {}
    more: bool | None = True
    while more:
        if cursor.description and cursor.description[0].name == MARK:
            for row in map(Row._make, cursor):
                found.setdefault(row.step, []).append(row)
        more = cursor.nextset()
    return found


def _run_singly(
    connection: Connection, steps: Iterable[tuple[int, Step]], what: str, observer: Observer
) -> set[str]:
    """The same again, one by one, to say which statement fails; nothing of the first try is left."""
    unheard = set()
    with connection.transaction():
        for setting in SETTINGS:
            connection.execute(setting.encode())
        if observer.worth:
            first = connection.execute(b"execute schemadiff_before")
            observer.count(_answers(first).get(BEFORE, ()))
        for number, step in steps:
            try:
                unheard.add(execute(connection, step.sql))
            except psycopg.Error as error:
                raise _refused(what, step, error) from None
            if number in observer.worth:
                answers = _answers(connection.execute(observer.after(number).encode()))
                observer.take(number, answers.get(number, ()))
    return unheard


def _refused(what: str, step: Step, error: psycopg.Error) -> ProofFailed:
    said = step.without_secrets(str(error).strip())
    return ProofFailed(f"{what}: {REFUSED}: {said}\n{step.display};")


def _compare(got: Catalog, wanted: Catalog, whole: Catalog, failure: str) -> None:
    """What is there beyond ``wanted`` came with it, if ``whole`` has it as well."""
    deltas = diff_facts(got, spelled_alike(wanted, got))
    left = [d for d in deltas if not (isinstance(d, Removed) and d.fact.id in whole.facts)]
    if left:
        lines = "\n".join(_line(d) for d in left[:20])
        raise ProofFailed(
            f"{failure}; this is a fault of schemadiff, nothing was run on the database:\n{lines}"
        )


def _line(delta: Added | Removed | Changed) -> str:
    match delta:
        case Added(fact):
            return f"  missing: {fact.id} {attributes(hidden(fact))}"
        case Removed(fact):
            return f"  unexpected: {fact.id} {attributes(hidden(fact))}"
        case Changed():
            values = hidden_change(delta).values()
            return "\n".join(f"  {delta.after.id}: {n} is {a!r}, wanted {b!r}" for n, a, b in values)


def attributes(fact: Any) -> dict[str, Any]:
    """The attributes that describe a fact, without its identity."""
    return {
        f.name: getattr(fact, f.name) for f in fields(fact) if f.compare and f.name not in ("id", "parent")
    }
