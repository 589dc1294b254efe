"""The proof sees all that steps do, whatever was planned, and rests on nothing that was kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.drafts import draft_of
from support.programs import Programs

import schemadiff.prove as proving
from schemadiff import Plan
from schemadiff._api import _drafted
from schemadiff._pair import Pair, pair
from schemadiff.errors import ProofFailed, UnplannedChange
from schemadiff.prove import prove
from schemadiff.scratch import ScratchServer
from schemadiff.sources import Reader, source

BEFORE = """
    create table t (id int primary key, name text);
    create table far (id int primary key);
    create view v as select id from far;
    create function f() returns int language sql as 'select 1';
"""
AFTER = BEFORE + "alter table t add column more int;"
"""``far``, ``v`` and ``f`` are of no concern to the plan: they are not on its small scratch database."""

UNPLANNED = (
    "create table public.unplanned ()",
    "create schema unplanned",
    "create sequence public.unplanned",
    "create type public.unplanned as enum ('a')",
    "create domain public.unplanned as int",
    "create function public.unplanned() returns int language sql as 'select 1'",
    "create view public.unplanned as select 1 as x",
    "create materialized view public.unplanned as select 1 as x",
    "create operator public.=== (function = int4eq, leftarg = int, rightarg = int)",
    "create aggregate public.unplanned(int) (sfunc = int4pl, stype = int)",
    "create cast (text as int[]) with inout",
    'create collation public.unplanned from "C"',
    "create text search configuration public.unplanned (copy = simple)",
    "create publication unplanned",
    "create foreign data wrapper unplanned",
    "create statistics public.unplanned on id, name from public.t",
    "create index unplanned on public.t (name)",
    "create rule unplanned as on delete to public.t do instead nothing",
    "create policy unplanned on public.t",
    "alter table public.t enable row level security",
    "alter table public.t alter column name set not null",
    "alter table public.t alter column name set default 'x'",
    "alter table public.t alter column name set statistics 7",
    "alter table public.t add constraint unplanned check (id > 0)",
    "alter table public.t replica identity full",
    "alter table public.t cluster on t_pkey",
    "comment on column public.t.name is 'unplanned'",
    "grant select on public.t to public",
    "alter default privileges grant select on tables to public",
    "revoke all on schema public from public",
    "comment on schema public is 'unplanned'",
)


@pytest.fixture(scope="module")
def ends(
    tmp_path_factory: pytest.TempPathFactory, server: ScratchServer, binaries: str | None
) -> Iterator[Pair]:
    after = tmp_path_factory.mktemp("ends") / "after.sql"
    after.write_text(AFTER, encoding="utf-8")
    with server.database() as url:
        Programs.of(server).psql(url, BEFORE)
        yield pair(source(url), source(str(after)), Reader(binaries))


@pytest.fixture(scope="module")
def planned(ends: Pair) -> Plan:
    return _drafted(ends, ("before", "after"), None).finished()


def with_more(plan: Plan, sql: str, which: str) -> Plan:
    """The plan with one statement that nobody planned."""
    script = getattr(plan, which)
    steps = (*script.steps, replace(script.steps[-1], sql=sql))
    return replace(plan, **{which: replace(script, steps=steps, restores=(*script.restores, "lossless"))})


def test_a_plan_that_does_what_it_says_is_proven(planned: Plan, ends: Pair, server: ScratchServer) -> None:
    assert prove(draft_of(planned), ends.origin, ends.target, server).proof


@pytest.mark.parametrize("full", [False, True], ids=["near", "full"])
@pytest.mark.parametrize("sql", UNPLANNED)
def test_what_is_made_forward_and_was_not_planned_is_seen(
    sql: str, full: bool, planned: Plan, ends: Pair, server: ScratchServer
) -> None:
    with pytest.raises(ProofFailed, match="the forward steps do not reach the target"):
        prove(draft_of(with_more(planned, sql, "forward")), ends.origin, ends.target, server, full=full)


@pytest.mark.parametrize("full", [False, True], ids=["near", "full"])
@pytest.mark.parametrize("sql", UNPLANNED)
def test_what_is_made_on_the_way_back_and_was_not_planned_is_seen(
    sql: str, full: bool, planned: Plan, ends: Pair, server: ScratchServer
) -> None:
    with pytest.raises(ProofFailed, match="the reverse steps do not lead back to the origin"):
        prove(draft_of(with_more(planned, sql, "reverse")), ends.origin, ends.target, server, full=full)


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("part", ["back", "plan"])
def test_a_rest_that_cannot_be_written_is_told(
    part: str, full: bool, ends: Pair, server: ScratchServer
) -> None:
    """Also while the way there runs already."""

    def refused(*_: object) -> Plan:
        raise UnplannedChange("no rule")

    made = replace(_drafted(ends, ("before", "after"), None), **{part: refused})
    with pytest.raises(UnplannedChange, match="no rule"):
        prove(made, ends.origin, ends.target, server, full=full)


@pytest.mark.parametrize("sql", ["alter table public.far add column x int", "drop function public.f()"])
def test_what_is_changed_far_away_is_seen(sql: str, planned: Plan, ends: Pair, server: ScratchServer) -> None:
    """On a copy of everything, after the small one has refused."""
    with pytest.raises(ProofFailed, match="the forward steps do not reach the target"):
        prove(draft_of(with_more(planned, sql, "forward")), ends.origin, ends.target, server)


def test_a_new_database_that_was_kept_is_no_ground_for_a_proof(
    planned: Plan, ends: Pair, server: ScratchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it has what no database has from the start, that is missing in the end."""
    monkeypatch.setattr(proving, "_fresh", lambda *_: ends.origin)
    with pytest.raises(ProofFailed):
        prove(draft_of(planned), ends.origin, ends.target, server)


MANY = """
    create table one (id int primary key);
    create table "Two" (id int primary key references one);
    create table three (id int references "Two", self int unique references three (self));
    create table whole (id int primary key) partition by range (id);
    create table part partition of whole for values from (1) to (7);
    create table stays (id int references whole references one);
    create table heir () inherits (one);
    create view seen as select id from "Two";
    create materialized view kept as select id from three;
    create sequence counted owned by three.id;
"""


@pytest.mark.parametrize("more", ["", "create table one (name text);"], ids=["gone", "made anew"])
def test_drops_show_the_same_in_parts(
    more: str, server: ScratchServer, binaries: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    after = tmp_path / "after.sql"
    after.write_text(f"create table stays (id int); {more}", encoding="utf-8")
    with server.database() as url:
        Programs.of(server).psql(url, MANY)
        found = pair(source(url), source(str(after)), Reader(binaries))
    plan = _drafted(found, ("before", "after"), None)
    assert any(len([s for s in steps if s.verb == "drop"]) > 4 for steps in plan.forward.transactions)
    whole = prove(plan, found.origin, found.target, server)
    for size in (1, 3):
        monkeypatch.setattr(proving, "AT_ONCE", size)
        parted = prove(plan, found.origin, found.target, server)
        for one, other in ((parted.forward, whole.forward), (parted.reverse, whole.reverse)):
            assert one == other
            assert [s.observed for s in one.steps] == [s.observed for s in other.steps]


def test_what_nobody_looks_at_is_made_in_parts_and_what_changes_it_in_one(
    planned: Plan, ends: Pair, server: ScratchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server searches all locks of a transaction after many statements of it. What a commit would let pass, such as
    a use of a label that a transaction has added to an enum, is refused all the same."""
    (step, *_) = planned.forward.steps

    def script(*more: str) -> Plan:
        made = [replace(step, verb="create", sql=f"create type public.e{n} as enum ('a')") for n in range(4)]
        changed = [replace(step, verb="alter", sql=sql) for sql in more]
        steps = (*made, *changed, *planned.forward.steps)
        restores = (*("lossless",) * (len(made) + len(changed)), *planned.forward.restores)
        return replace(planned, forward=replace(planned.forward, steps=steps, restores=restores))

    sizes: list[int] = []
    run = proving._run_together
    monkeypatch.setattr(proving, "AT_ONCE", 3)
    monkeypatch.setattr(proving, "worth_a_look", lambda steps, *_: range(4, len(steps)))
    monkeypatch.setattr(proving, "_run_together", lambda c, s, o: (sizes.append(len(s)), run(c, s, o)))
    with pytest.raises(ProofFailed, match=r"missing|unexpected"):
        prove(
            draft_of(script("alter table public.t set (fillfactor = 50)")), ends.origin, ends.target, server
        )
    assert sizes[-3:] == [3, 1, 1 + len(planned.forward.steps)]
    unsafe = (
        "alter type public.e0 add value 'b'",
        "alter table public.t alter name set default 'b'::public.e0::text",
    )
    with pytest.raises(ProofFailed, match="unsafe use of new value"):
        prove(draft_of(script(*unsafe)), ends.origin, ends.target, server)


def test_a_drop_that_fails_in_a_part_is_told(
    planned: Plan, ends: Pair, server: ScratchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    (step, *_) = planned.forward.steps
    drops = [replace(step, verb="drop", sql=f"drop table if exists t{n}") for n in range(4)]
    wrong = replace(step, verb="drop", sql="drop table nowhere")
    script = replace(
        planned.forward,
        steps=(*drops, wrong, *planned.forward.steps),
        restores=(*("lossless",) * 5, *planned.forward.restores),
    )
    monkeypatch.setattr(proving, "AT_ONCE", 2)
    with pytest.raises(ProofFailed, match='table "nowhere" does not exist\ndrop table nowhere'):
        prove(draft_of(replace(planned, forward=script)), ends.origin, ends.target, server)


LINKED = """
    create operator ~~~~ (function = int4eq, leftarg = int, rightarg = int, negator = !~~~~);
    create operator <~~ (function = int4lt, leftarg = int, rightarg = int, commutator = ~~>);
"""
LEADS_TO = """
    create operator !~~~~ (function = int4ne, leftarg = int, rightarg = int, negator = ~~~~);
    create operator ~~> (function = int4gt, leftarg = int, rightarg = int, commutator = <~~);
"""


@pytest.mark.parametrize("gone", ["!~~~~", "~~>"])
def test_a_link_that_goes_with_what_it_leads_to_is_seen(
    gone: str, server: ScratchServer, binaries: str | None, tmp_path: Path
) -> None:
    """Nothing depends on the operator, and the plan does not touch what links to it."""
    after = tmp_path / "after.sql"
    after.write_text(LINKED, encoding="utf-8")
    with server.database() as url:
        Programs.of(server).psql(url, LINKED + LEADS_TO)
        found = pair(source(url), source(str(after)), Reader(binaries))
    plan = _drafted(found, ("before", "after"), None).finished()
    drops = tuple(s for s in plan.forward.steps if s.verb == "drop" and s.id.path[1] in ("!~~~~", "~~>"))
    alone = replace(plan.forward, steps=drops, restores=("lossless",) * len(drops))
    with pytest.raises(ProofFailed, match="the forward steps do not reach the target") as refused:
        prove(draft_of(replace(plan, forward=alone)), found.origin, found.target, server)
    assert gone in str(refused.value)
