"""The adapter to migra: what it claims, whose statement is whose, names that bite, and the way back to rules."""

from __future__ import annotations

import dataclasses
import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import psycopg
import pytest

import schemadiff
from schemadiff import engine
from schemadiff._draft import draft
from schemadiff.engine import _changes, _claims, migra
from schemadiff.engine._actions import Action, Verb
from schemadiff.engine._claims import claimed, claims
from schemadiff.engine._context import Writing
from schemadiff.errors import UnplannedChange
from schemadiff.kinds import Kind, kinds
from schemadiff.model import Catalog, Fact, Id
from schemadiff.prove import prove
from schemadiff.scratch import ScratchServer

ROOT = Path(__file__).resolve().parents[2]
KINDS = sorted(migra.BUILDERS)

HOSTILE = (Path(__file__).parent / "hostile.sql").read_text(encoding="utf-8")
CHANGED = (
    HOSTILE.replace("select 2;", "select 22;")
    .replace("> 0);", "> 7);", 1)
    .replace("';%s{}' as", "'%s;{}' as")
    .replace("for select to public", "for delete to public")
)


def load(url: str, text: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(text.encode())


def read_of(server: ScratchServer, text: str) -> Catalog:
    server.ensure_roles(['Ro.le "x"'])
    server.ensure_tablespaces(["other place"])
    with server.database() as url:
        load(url, text)
        return schemadiff.read(url)


@pytest.fixture(scope="module")
def empty(server: ScratchServer) -> Catalog:
    return read_of(server, "")


@pytest.fixture(scope="module")
def full(server: ScratchServer) -> Catalog:
    return read_of(server, HOSTILE)


@pytest.fixture(scope="module")
def changed(server: ScratchServer) -> Catalog:
    return read_of(server, CHANGED)


def context(before: Catalog, after: Catalog) -> Writing:
    return Writing(before, after, after.server.version, after.server.role)


def actions(catalog: Catalog, kind: str, verb: str) -> list[Action]:
    """The action of a verb on each fact of a kind."""
    return [action(fact, verb) for fact in catalog.of_kind(kind)]


def action(fact: Fact, verb: str) -> Action:
    match verb:
        case "create":
            return Action("create", fact.id, after=fact)
        case "drop":
            return Action("drop", fact.id, before=fact)
        case _:
            old = dataclasses.replace(cast(Any, fact), definition="something else")
            return Action("alter", fact.id, old, fact, ("definition",))


def test_what_kinds_hand_to_migra_it_is_given() -> None:
    assert {name for name, kind in kinds().items() if kind.migra} == set(KINDS)


# Whose statement is whose


@pytest.mark.parametrize("kind", KINDS)
def test_each_statement_gets_its_action_back(kind: str, empty: Catalog, full: Catalog) -> None:
    writing = context(empty, full)
    for verb in sorted(kinds()[kind].migra):
        all_of_it = [a for a in actions(full, kind, verb) if claims(a, writing)]
        found = migra.write(claimed(all_of_it, writing))
        assert all_of_it
        assert found.keys() == set(all_of_it)
        for one in all_of_it:
            assert migra.write(claimed([one], writing)) == {one: found[one]}


def test_all_kinds_at_once_are_told_apart(empty: Catalog, full: Catalog) -> None:
    wanted = [a for kind in KINDS for verb in kinds()[kind].migra for a in actions(full, kind, verb)]
    writing = context(empty, full)
    mine = {a for a in wanted if claims(a, writing)}
    assert migra.write(claimed(wanted, writing)).keys() == mine
    assert {a.id.kind for a in mine} == set(KINDS)


def test_a_statement_of_no_object_is_an_error(
    empty: Catalog, full: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Inventive(migra.Migration):  # type: ignore[misc, name-defined]
        def add_all_changes(self) -> None:
            super().add_all_changes()
            self.add(["vacuum;"])

    monkeypatch.setattr(migra, "Migration", Inventive)
    with pytest.raises(UnplannedChange, match="belongs to no object:\nvacuum;"):
        migra.write(claimed(actions(full, "schema", "create"), context(empty, full)))


def test_what_migra_keeps_silent_about_is_written_by_rules(
    server: ScratchServer, empty: Catalog, full: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Silent(migra.Migration):  # type: ignore[misc, name-defined]
        def add_all_changes(self) -> None:
            pass

    monkeypatch.setattr(migra, "Migration", Silent)
    plan = proven(server, empty, full)
    assert {step.engine for step in plan.forward.steps} == {"rules"}


def test_it_is_not_loaded_where_it_has_nothing_to_write(
    full: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = full.but(without=[fact.id for fact in full.of_kind("comment")])
    monkeypatch.delattr(engine, "migra")
    monkeypatch.setitem(sys.modules, migra.__name__, None)
    assert {step.engine for step in engine.steps(without, full)} == {"rules"}
    with pytest.raises(ImportError):
        engine.steps(full.but(without=full.facts), full)


# Names that bite


@pytest.mark.parametrize(("old", "new"), [("", HOSTILE), (HOSTILE, CHANGED)], ids=["made", "changed"])
def test_hostile_names_reach_the_server_as_they_are(server: ScratchServer, old: str, new: str) -> None:
    server.ensure_roles(['Ro.le "x"'])
    with server.database() as ours, server.database() as wanted:
        load(ours, old)
        load(wanted, new)
        first, last = schemadiff.read(ours), schemadiff.read(wanted)
        plan = schemadiff.plan(ours, wanted, prove=False)
        load(ours, plan.forward.sql)
        assert schemadiff.diff(schemadiff.read(ours), last) == ()
        load(ours, plan.reverse.sql)
        assert schemadiff.diff(schemadiff.read(ours), first) == ()


def test_hostile_names_come_from_migra(empty: Catalog, full: Catalog, changed: Catalog) -> None:
    """The test above is about migra: each verb that it has is in one of these plans."""
    plans = (draft(a, b, ("a", "b")).finished() for a, b in ((empty, full), (full, changed)))
    steps = [s for plan in plans for s in (*plan.forward.steps, *plan.reverse.steps)]
    found = {(s.id.kind, s.verb) for s in steps if s.engine == "migra"}
    verbs = {"create": "create", "drop": "drop", "replace": "alter"}
    assert found == {(kind, verbs[verb]) for kind in KINDS for verb in kinds()[kind].migra}


# What migra must not write

LEFT = """
create type plain as enum ('a');
create type quoted as enum ('it''s');
create type slashed as enum (E'a\\\\b');
create sequence plain_numbers;
create sequence tens increment by 10;
create sequence few as smallint;
create sequence cached cache 20;
create sequence around cycle;
create unlogged sequence passing;
create table t (a integer, b text);
create view plain_view as select a from t;
create view barrier with (security_barrier) as select a from t;
create index plain_index on t (a);
create index measured on t ((a + 1));
create index elsewhere on t (b) tablespace "other place" where a > 1;
alter index measured alter column 1 set statistics 100;
create function f() returns trigger language plpgsql as 'begin return new; end';
create trigger on_always before insert on t for each row execute function f();
create trigger off before insert on t for each row execute function f();
alter table t disable trigger off;
"""


@pytest.fixture(scope="module")
def left(server: ScratchServer) -> Catalog:
    if server.major < 15:
        return read_of(server, LEFT.replace("create unlogged sequence passing;", ""))
    return read_of(server, LEFT)


@pytest.mark.parametrize(
    ("kind", "mine"),
    [
        ("enum", {"plain"}),
        ("sequence", {"plain_numbers"}),
        ("view", {"plain_view"}),
        ("index", {"plain_index"}),
        ("trigger", {"on_always"}),
    ],
)
def test_migra_claims_only_what_it_writes_right(kind: str, mine: set[str], left: Catalog) -> None:
    found = actions(left, kind, "create")
    assert {a.id.path[-1] for a in found if claims(a, context(left, left))} == mine
    assert len(found) > len(mine)


def test_what_migra_does_not_claim_is_written_right(
    server: ScratchServer, empty: Catalog, left: Catalog
) -> None:
    plan = proven(server, empty, left)
    writing = context(empty, left)
    found = {a.id for kind in KINDS for a in actions(left, kind, "create") if claims(a, writing)}
    made = {s.id: s.engine for s in plan.forward.steps if s.verb == "create" and s.id.kind in KINDS}
    assert {i for i, engine in made.items() if engine == "migra"} == found & made.keys()
    assert set(made.values()) == {"migra", "rules"}


@pytest.mark.parametrize("verb", ["alter", "set aside", "retype", "stand in"])
def test_other_verbs_are_never_migras(verb: Verb, full: Catalog) -> None:
    facts = [fact for kind in KINDS for fact in full.of_kind(kind)]
    done = [Action(verb, f.id, f, f, ("labels",)) for f in facts]
    assert not [a for a in done if claims(a, context(full, full))]


def test_a_creation_that_holds_others_is_not_migras(full: Catalog) -> None:
    view = action(next(full.of_kind("view")), "create")
    other = Action("create", Id("comment", ("x",)))
    assert claims(view, context(full, full)) == "create"
    assert claims(dataclasses.replace(view, parts=(other,)), context(full, full)) is None


# Away from migra and back


def proven(server: ScratchServer, origin: Catalog, target: Catalog) -> schemadiff.Plan:
    plan = prove(draft(origin, target, ("a", "b")), origin, target, server)
    assert plan.proof is not None
    return plan


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> str:
    """A kind, or all, whose file has lost the word that gives it to migra."""
    moved = [request.param] if request.param in KINDS else KINDS
    changed = {k: dataclasses.replace(kinds()[k], migra=frozenset()) for k in moved}

    def kind_of(thing: Any) -> Kind[Any]:
        found = _changes.kind_of(thing)
        return changed.get(found.name, found)

    monkeypatch.setattr(_claims, "kind_of", kind_of)
    return str(request.param)


@pytest.mark.parametrize("away", [*KINDS, "all"], indirect=True)
def test_a_kind_goes_to_rules_with_one_word(
    away: str, server: ScratchServer, empty: Catalog, full: Catalog, changed: Catalog
) -> None:
    for origin, target in ((empty, full), (full, changed)):
        if away != "all" and target is changed and "replace" not in kinds()[away].migra:
            continue
        plan = proven(server, origin, target)
        for steps in (plan.forward.steps, plan.reverse.steps):
            engines = {s.engine for s in steps if away in ("all", s.id.kind)}
            assert engines <= {"rules"}
            assert away == "all" or "migra" in {s.engine for s in steps}


@pytest.mark.parametrize("away", ["all"], indirect=True)
def test_the_same_plan_without_migra(
    away: str, empty: Catalog, full: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = draft(empty, full, ("a", "b")).finished()
    monkeypatch.undo()
    with_migra = draft(empty, full, ("a", "b")).finished()
    for one, other in ((without.forward, with_migra.forward), (without.reverse, with_migra.reverse)):
        assert [(s.id, s.verb) for s in one.steps] == [(s.id, s.verb) for s in other.steps]
        assert {s.engine for s in other.steps} == {"migra", "rules"}


# The record of what migra alone makes of the conformance cases


@pytest.fixture(scope="module")
def record() -> ModuleType:
    spec = importlib.util.spec_from_file_location("migra_record", ROOT / "scripts" / "migra_record.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_a_sample_of_the_record(record: ModuleType, server: ScratchServer) -> None:
    if not record.CASES.is_dir():
        pytest.skip(f"no conformance cases in {record.CASES}")
    found = record.cases(record.CASES, 12)
    record.make_roles(found, server)
    outcomes = [record.judge(case, server) for case in found]
    judged = [o for o in outcomes if not o.skipped]
    assert len(found) == 12
    assert len(judged) > 8
    assert {o.plan for o in judged} <= {record.PROVEN, record.NOTHING}, "each plan is applied and proven"

    rows = {row[0]: [int(cell) for cell in row[1:]] for row in record.kind_rows(judged)}
    totals = rows.pop("all")
    deltas, right, left, wrong, _, by_migra, by_rules = totals
    assert totals == [sum(column) for column in zip(*rows.values(), strict=True)]
    assert deltas == right + left + wrong == sum(o.differing for o in judged)
    assert right > 0
    assert left > 0

    claimed = [(int(mine), int(ours)) for *_, mine, ours in record.step_rows(judged)]
    assert by_migra == sum(mine for mine, _ in claimed) > 0, (
        "migra writes the verbs that the kinds hand to it"
    )
    assert by_rules >= sum(ours for _, ours in claimed)

    *parts, (_, statements, refused) = record.statement_rows(judged)
    assert int(statements) == sum(int(n) for _, n, _ in parts) > 0
    assert int(refused) == sum(int(n) for _, _, n in parts)
    assert record.page(outcomes, server.major) == record.page(outcomes[::-1], server.major)


def test_the_fate_of_a_delta(record: ModuleType, empty: Catalog, full: Catalog, changed: Catalog) -> None:
    wanted = record.differences(schemadiff.diff(full, changed))
    assert {i.kind for i in wanted} == {"view", "constraint", "function", "policy"}
    assert {fate for _, fate in record.fates(wanted, {})} == {record.RIGHT}
    assert {fate for _, fate in record.fates(wanted, wanted)} == {record.LEFT}
    assert {fate for _, fate in record.fates({}, wanted)} == {record.BROKEN}
    made_badly = record.differences(schemadiff.diff(empty, changed))
    assert {fate for i, fate in record.fates(made_badly, wanted) if i == "view"} == {
        record.RIGHT,
        record.WRONG,
    }
