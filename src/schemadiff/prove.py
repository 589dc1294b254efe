"""The proof: a plan is run on scratch databases, forward and reverse, and both ends are read again.

Nothing here knows a kind. A plan that does not reach its ends is ProofFailed, with the difference.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from typing import Any

import psycopg

from ._diff import diff_facts
from ._nearby import nearby
from ._plan import SETTINGS, Plan, Proof, Script, proven
from ._scope import beside
from ._versions import as_of
from .catalog import hidden, hidden_change, read_from, skeleton, spelled_alike
from .engine import Step, steps
from .errors import ProofFailed
from .kinds import kinds
from .model import Added, Catalog, Changed, Id, Removed
from .scratch import ScratchServer
from .script.labels import execute
from .sources import become

type Connection = psycopg.Connection[Any]


def prove(plan: Plan, origin: Catalog, target: Catalog, server: ScratchServer, *, full: bool = False) -> Plan:
    """The plan with its proof. ``origin`` and ``target`` must have been read on this server's version.

    Runs on a copy of what the plan touches and of all that this needs or is needed by, and where it fails
    there, or with ``full``, on a copy of everything. Raises ProofFailed where a step fails or an end is not
    reached, with object and attribute."""
    began = time.monotonic()
    ends = skeleton(origin), skeleton(target)
    near = ends if full else nearby(*ends, always=_is_always_there)
    try:
        unheard = _prove(plan, near, ends, server)
    except ProofFailed:
        if len(near[0].facts) == len(ends[0].facts):
            raise
        unheard = _prove(plan, ends, ends, server)
    notes = (*plan.notes, *map(_unheard, sorted(unheard)))
    return replace(proven(plan, Proof(server.version, round(time.monotonic() - began, 3))), notes=notes)


def _is_always_there(i: Id) -> bool:
    """What holds for everything that is created: schemas, extensions, default privileges."""
    return kinds()[i.kind].everywhere


def _prove(
    plan: Plan, ends: tuple[Catalog, Catalog], whole: tuple[Catalog, Catalog], server: ScratchServer
) -> set[str]:
    """Runs a plan on a copy of ``ends``; the providers of security labels that the server lacks."""
    origin, target = ends
    server.ensure_roles(roles(target))
    with clone(origin, server, plan.role) as connection:
        unheard = _run(connection, plan.forward, "forward")
        failure = "the forward steps do not reach the target"
        _compare(_reached(connection, plan, target), target, whole[1], failure)
        unheard |= _run(connection, plan.reverse, "reverse")
        failure = "the reverse steps do not lead back to the origin"
        _compare(_reached(connection, plan, origin), origin, whole[0], failure)
    return unheard


def _reached(connection: Connection, plan: Plan, end: Catalog) -> Catalog:
    """What is there now, to be compared with an end: without what the scope leaves out and the end too."""
    return beside(as_of(read_from(connection), plan.version), end, plan.scope)


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
    with server.database() as url, psycopg.connect(url, autocommit=True) as connection:
        become(connection, role)
        fresh = read_from(connection)
        script = Script(steps(fresh, catalog, version=server.version, role=role), ())
        _run(connection, script, "copying the origin")
        yield connection


def roles(catalog: Catalog) -> set[str]:
    """Every role that a catalog names."""
    naming = ((name, kind) for name, kind in kinds().items() if kind.names_roles)
    return {role for name, kind in naming for fact in catalog.of_kind(name) for role in kind.roles(fact)}


def _run(connection: Connection, script: Script, what: str) -> set[str]:
    """Runs a script; the providers of security labels that the server lacks."""
    unheard: set[str] = set()
    for group in script.transactions:
        wanted = [s for s in group if not s.rows_only]
        texts = [*(SETTINGS if group[0].transactional else ()), *(s.sql for s in wanted)]
        try:
            if group[0].transactional:
                with connection.transaction():
                    connection.execute(";\n".join(texts).encode())
            elif wanted:
                connection.execute(texts[0].encode())
        except psycopg.Error:
            unheard |= _run_singly(connection, wanted, what)
    return unheard - {""}


def _run_singly(connection: Connection, steps: Iterable[Step], what: str) -> set[str]:
    """The same again, one by one, to say which statement fails; nothing of the first try is left."""
    unheard = set()
    with connection.transaction():
        for setting in SETTINGS:
            connection.execute(setting.encode())
        for step in steps:
            try:
                unheard.add(execute(connection, step.sql))
            except psycopg.Error as error:
                said = step.without_secrets(str(error).strip())
                raise ProofFailed(f"{what}: PostgreSQL refuses a step: {said}\n{step.display};") from None
    return unheard


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
