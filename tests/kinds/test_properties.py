"""What holds for every kind, from the registry, in a schema and with a name that are hard to quote: it is made and
dropped, altered in place, replaced under its dependents, and takes comment, owner and privileges, there and
back, judged by pg_dump. What a kind cannot do it says in its file, and PostgreSQL agrees. Renames: tests/renames.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import psycopg
import pytest
from support.dumps import entries
from support.programs import Programs

import schemadiff
from schemadiff import Plan
from schemadiff.catalog import fingerprint
from schemadiff.kinds import REPLACE, Alter, Kind, kinds
from schemadiff.model import Fact
from schemadiff.scratch import ScratchServer
from schemadiff.sqltext import ident, literal

from .templates import TEMPLATES, Template

NAME, INDEX, SCHEMA = "we\"ird.Na''me — 名", "än \"in.dex'", 'S "é".x y\'z'
ROLES = ('Rôle "x"\'s', "an other")
CALLED = {
    "s": ident(SCHEMA), "n": ident(NAME), "i": ident(INDEX), "l": literal(NAME),
    "q": f"{ident(SCHEMA)}.{ident(NAME)}".replace("'", "''"), "r": ident(ROLES[0]), "r2": ident(ROLES[1]),
}  # fmt: skip
FACETS = ("comment", "owner", "privileges")
UNTOLD: Mapping[str, str] = {
    "security_label": "no scratch server has a provider: its cases build one",
}
"""Kinds without a template."""
EVERY = sorted(TEMPLATES)


@pytest.fixture(scope="module")
def programs(server: ScratchServer) -> Programs:
    server.ensure_roles(ROLES)
    server.ensure_tablespaces((NAME, INDEX))
    return Programs.of(server)


def sql(*parts: str) -> str:
    return ";\n".join(p for p in ("create schema {s}", *parts) if p).format(**CALLED) + ";\n"


def template(name: str, server: ScratchServer) -> Template:
    found = TEMPLATES[name]
    if server.major < found.since:
        pytest.skip(f"needs PostgreSQL {found.since}, the server is {server.major}")
    return found


def walked(old: str, new: str, server: ScratchServer, programs: Programs, binaries: str | None) -> Plan:
    """From one to the other and back; what the plan was."""
    with server.database() as ours, server.database() as wanted:
        programs.psql(ours, old)
        programs.psql(wanted, new)
        origin, target = entries(programs.dump(ours)), entries(programs.dump(wanted))
        plan = schemadiff.plan(ours, wanted, scratch=binaries)
        programs.psql(ours, plan.forward.sql)
        assert entries(programs.dump(ours)) == target, "pg_dump after forward"
        assert fingerprint(schemadiff.read(ours)) == plan.after, "the catalog after forward"
        programs.psql(ours, plan.reverse.sql)
        assert entries(programs.dump(ours)) == origin, "pg_dump after reverse"
        assert fingerprint(schemadiff.read(ours)) == plan.before, "the catalog after reverse"
        return plan


def done(plan: Plan, name: str) -> set[str]:
    """What the steps do to objects of a kind."""
    return {step.verb for step in plan.forward.steps if step.id.kind == name}


def test_every_kind_has_a_template() -> None:
    assert TEMPLATES.keys() | UNTOLD.keys() == kinds().keys()
    assert TEMPLATES.keys().isdisjoint(UNTOLD)


@pytest.mark.parametrize("kind", [kinds()[name] for name in EVERY], ids=EVERY)
def test_every_kind_does_all_or_says_what_it_cannot(kind: Kind[Any]) -> None:
    """A kind without attributes that change has nothing to alter or replace; one without an address no facets."""
    found, rules = TEMPLATES[kind.name], kind.changes.values()
    can = {"alter": found.alter is not None, "replace": found.replace is not None}
    may = {"alter": any(isinstance(rule, Alter) for rule in rules), "replace": REPLACE in rules}
    assert {verb for verb in can if may[verb] and not can[verb]} == kind.cannot.keys() & can.keys()
    assert kind.cannot.keys() <= {*can, *FACETS}
    assert all(kind.cannot.values())
    assert not (kind.address is None and kind.cannot.keys() & set(FACETS))


@pytest.mark.parametrize("name", EVERY)
def test_made_and_dropped(name: str, server: ScratchServer, programs: Programs, binaries: str | None) -> None:
    found = template(name, server)
    keep = "create table {s}.keep ()"
    plan = walked(sql(found.setup, keep), sql(found.setup, keep, found.make), server, programs, binaries)
    assert not plan.empty


@pytest.mark.parametrize("name", [n for n in EVERY if TEMPLATES[n].alter])
def test_altered_in_place(name: str, server: ScratchServer, programs: Programs, binaries: str | None) -> None:
    found = template(name, server)
    old, new = (sql(found.setup, text or "", found.dependents) for text in (found.make, found.alter))
    assert done(walked(old, new, server, programs, binaries), name) == {"alter"}


@pytest.mark.parametrize("name", [n for n in EVERY if TEMPLATES[n].replace])
def test_replaced_under_its_dependents(
    name: str, server: ScratchServer, programs: Programs, binaries: str | None
) -> None:
    found = template(name, server)
    old, new = (sql(found.setup, text or "", found.dependents) for text in (found.make, found.replace))
    plan = walked(old, new, server, programs, binaries)
    if kinds()[name].create is not None:
        assert "create" in done(plan, name)


@pytest.mark.parametrize("name", [n for n in EVERY if kinds()[n].address])
def test_comment_owner_and_privileges(
    name: str, server: ScratchServer, programs: Programs, binaries: str | None
) -> None:
    found, kind = template(name, server), kinds()[name]
    old = sql(found.setup, found.make, found.dependents)
    said = facets(kind, the_one(name, sql(found.setup), old, server, programs))
    for facet in FACETS:
        if facet in kind.cannot:
            assert refused(old, said.pop(facet), server, programs), f"{name}: PostgreSQL can: {facet}"
    plan = walked(old, old + ";\n".join(said.values()), server, programs, binaries)
    wanted = {"comment": "comment", "owner": "owner", "privileges": "privilege"}
    assert {step.id.kind for step in plan.forward.steps} == {wanted[facet] for facet in said}


def the_one(name: str, without: str, full: str, server: ScratchServer, programs: Programs) -> Fact:
    """The fact that a template makes, by preference that of the hostile name."""
    with server.database() as a, server.database() as b:
        programs.psql(a, without)
        programs.psql(b, full)
        before, after = schemadiff.read(a).facts, schemadiff.read(b)
        made = [fact for fact in after.of_kind(name) if fact.id not in before]
        return min(made, key=lambda fact: (fact.id.path[-1] != NAME, NAME not in fact.id.path, fact.id))


def facets(kind: Kind[Any], fact: Fact) -> dict[str, str]:
    assert kind.address is not None
    address = kind.address(fact)
    granted = kind.grants(fact) if kind.grants else address
    privileges = (
        f"all ({ident(fact.id.path[-1])})" if granted.startswith("table") and "column" in kind.name else "all"
    )
    return {
        "comment": f"comment on {address} is {literal(NAME)}",
        "owner": f"alter {address} owner to {ident(ROLES[0])}",
        "privileges": f"grant {privileges} on {granted} to {ident(ROLES[1])} with grant option",
    }


def refused(old: str, statement: str, server: ScratchServer, programs: Programs) -> bool:
    with server.database() as url:
        programs.psql(url, old)
        warned: list[str] = []
        with psycopg.connect(url, autocommit=True) as session:
            session.add_notice_handler(lambda notice: warned.append(notice.message_primary or ""))
            try:
                session.execute(statement.encode())
            except psycopg.Error:
                return True
    return any(text.startswith("cannot ") for text in warned)
