"""The proof of what a plan touches against the proof of everything: the same verdict, the same steps, the same hazards.

A sample of the kinds' cases is asked; all of them with ``SCHEMADIFF_EVERY_CASE=1``. ``SCHEMADIFF_PAIRS=FOLDER`` asks the
pairs of a folder too: each ``GROUP/NAME`` in it with an ``old.sql`` and a ``new.sql``.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest
from support.every import is_asked

from schemadiff import Plan, SchemadiffError, prove
from schemadiff._api import plan_pair
from schemadiff._pair import pair
from schemadiff.engine import Observed
from schemadiff.errors import LoadError, ProofFailed
from schemadiff.sources import Reader, Source, source

KINDS = Path(__file__).parent / "kinds"
OF_KINDS = 40
"""One case of a kind in so many is always asked."""
GIVEN = os.environ.get("SCHEMADIFF_PAIRS")


def folders(root: Path, of: int = 1) -> list[Path]:
    found = sorted(path.parent for path in root.glob("*/*/new.sql"))
    return [folder for folder in found if is_asked(called(folder), of)]


def called(folder: Path) -> str:
    return f"{folder.parent.name}/{folder.name}"


BESIDE = {
    "the check of a domain": (
        """
        create domain checked as int check (value > 0);
        create table one (id int);
        create table holds (one one);
        """,
        "alter table holds drop one; alter table one add more checked; alter table holds add one one",
    ),
    "what a composite type is made of": (
        """
        create domain checked as int check (value > 0);
        create type pair as (a checked, b text);
        create table one (id int);
        """,
        "alter table one add more pair, add check ((more).a > 1)",
    ),
    "a default partition, and keys to the whole": (
        """
        create table whole (id int primary key) partition by list (id);
        create table first partition of whole for values in (1);
        create table "Rest" partition of whole default;
        create table refers (id int references whole);
        create table inner_whole partition of whole for values in (7, 8) partition by list (id);
        create table inner_rest partition of inner_whole default;
        """,
        """
        create table second partition of whole for values in (2);
        create table third partition of inner_whole for values in (7);
        """,
    ),
    "partitions of partitions below what a key refers to": (
        """
        create table whole (id int primary key, at int) partition by list (id);
        create table inner_whole partition of whole for values in (1, 2) partition by list (id);
        create table "Leaf" partition of inner_whole for values in (1);
        create table refers (id int) partition by list (id);
        create table inner_refers partition of refers for values in (1, 2) partition by list (id);
        create table leaf partition of inner_refers for values in (1);
        """,
        "alter table refers add foreign key (id) references whole",
    ),
    "partitions of partitions below a table that changes": (
        """
        create table whole (id int primary key, at int, note text) partition by list (id);
        create table inner_whole partition of whole for values in (1, 2) partition by list (id);
        create table "Leaf" partition of inner_whole for values in (1);
        create table heir (more int);
        create table above (id int, at int);
        create table below () inherits (above);
        create table deep () inherits (below);
        create function f() returns trigger language plpgsql as 'begin return new; end';
        """,
        """
        create trigger seen before insert on whole for each row execute function f();
        create trigger told after truncate on whole for each statement execute function f();
        alter table whole add check (at > 0), add unique (id, at), alter note set default 'x';
        alter table whole enable row level security;
        create policy p on whole using (at > 0);
        alter table whole alter at set not null;
        alter table whole alter note set statistics 7;
        alter table whole alter note set storage external;
        create statistics s on id, at from whole;
        create rule r as on delete to whole do also select 1;
        create publication pub for table whole, above;
        alter table above add check (at > 0), add name text, alter id set default 1, alter at type bigint;
        alter table above enable row level security;
        alter table above replica identity full;
        comment on table above is 'above';
        create index on above (at);
        create trigger seen before insert on above for each row execute function f();
        """,
    ),
    "the indexes of a table that is written anew": (
        """
        create type state as enum ('a', 'b');
        create table one (id int primary key, state state, name text unique);
        create index on one (name) where id > 7;
        create table heir (more int unique) inherits (one);
        """,
        """
        alter type state rename to gone;
        create type state as enum ('b');
        alter table one alter state type state using state::text::state;
        drop type gone;
        """,
    ),
}
"""What bears on a change although neither depends on the other: a schema, and what changes in it."""


ANEW = """
    create table one (id int primary key, amount numeric(8, 2) check (amount > 0));
    create table "Two" (id int references one, more text default 'x');
    create type "Pair" as (id int, amount numeric(8, 2));
    create function whole("Pair") returns numeric language sql immutable as 'select ($1).amount';
    create view seen as select o.id, o.amount, t.more from one o join "Two" t using (id);
    create view "Again" as select id, amount, whole(row(id, amount)::"Pair") as whole from seen where id > 7;
    create materialized view kept as select id, amount from "Again";
    create unique index kept_id on kept (id);
    create index on kept (whole(row(id, amount)::"Pair"));
    create rule gone as on delete to seen do instead nothing;
    grant select on "Again" to public;
    comment on view "Again" is 'made again';
"""


def test_what_is_made_again_on_what_is_new_touches_nothing(
    binaries: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "old.sql").write_text(ANEW)
    (tmp_path / "new.sql").write_text(ANEW.replace("numeric(8, 2)", "numeric(12, 4)"))
    ensure_agreed(tmp_path, binaries, monkeypatch)


@pytest.mark.parametrize("name", BESIDE)
def test_what_only_stands_beside_is_seen(
    name: str, binaries: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, change = BESIDE[name]
    (tmp_path / "old.sql").write_text(old)
    (tmp_path / "new.sql").write_text(f"{old};\n{change};")
    ensure_agreed(tmp_path, binaries, monkeypatch)


@dataclass(frozen=True)
class Verdict:
    """What came of a plan with its proof; ``failures`` are of a copy that did not do for it."""

    plan: Plan | None
    refusal: str
    failures: tuple[str, ...]


@pytest.mark.parametrize("folder", folders(KINDS, OF_KINDS), ids=called)
def test_both_proofs_agree_on_the_cases_of_kinds(
    folder: Path, binaries: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ensure_agreed(folder, binaries, monkeypatch)


@pytest.mark.skipif(GIVEN is None, reason="SCHEMADIFF_PAIRS names no folder of more pairs")
@pytest.mark.parametrize("folder", folders(Path(GIVEN)) if GIVEN else [None], ids=str)
def test_both_proofs_agree_on_the_pairs_that_are_given(
    folder: Path, binaries: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ensure_agreed(folder, binaries, monkeypatch)


def ensure_agreed(folder: Path, binaries: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    near = verdict(folder, binaries, True, monkeypatch)
    with monkeypatch.context() as asking:
        # The whole one asks after each step, also where it must have done nothing.
        asking.setattr(prove, "made_anew", lambda *_: ())
        full = verdict(folder, binaries, "full", asking)
    assert near.refusal == full.refusal
    assert (near.plan is None) == (full.plan is None)
    if near.plan is not None and full.plan is not None:
        for which in ("forward", "reverse"):
            one, other = (getattr(p, which).steps for p in (near.plan, full.plan))
            assert one == other
            # Where a copy has no relation at all, no step is watched.
            assert [s.observed or Observed() for s in one] == [s.observed or Observed() for s in other]
        assert near.plan.notes == full.plan.notes
    assert near.failures == (), "what the plan touches does not do for a proof"


def end(file: Path) -> Source:
    """A file as a source, where it says nothing an empty database."""
    found = source(str(file))
    return found if Reader().files(found).read().statements else source("empty")


def verdict(
    folder: Path, binaries: str | None, how: Literal[True, "full"], monkeypatch: pytest.MonkeyPatch
) -> Verdict:
    """The verdict on the way from the old schema to the new one."""
    failures: list[str] = []
    real = prove._prove

    def watched(*arguments: Any) -> object:
        try:
            return real(*arguments)
        except ProofFailed as error:
            failures.append(str(error))
            raise

    with monkeypatch.context() as patched:
        patched.setattr(prove, "_prove", watched)
        try:
            found = pair(*(end(folder / f"{name}.sql") for name in ("old", "new")), Reader(binaries))
        except LoadError as error:
            pytest.skip(f"a side does not load: {error}")
        try:
            made = plan_pair(found, ("old", "new"), prove=how, scratch=binaries)
        except SchemadiffError as error:
            return Verdict(None, f"{type(error).__name__}: {error}", ())
        return Verdict(made, "", tuple(failures))
