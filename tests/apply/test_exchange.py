"""Indexes and keys that change on tables in use: whoever looks finds the old one or the new one, at any time."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest

from schemadiff._apply import Event, StepBegan, StepEnded, apply_plan, revert_plan

from .conftest import Case, Make, execute

LONG = "a_very_long_name_of_an_index_that_has_sixty_three_bytes_in_all_"
TABLES = """
    create schema "S x";
    create table "S x"."T" (id int not null, k int not null, v text) partition by range (id);
    create table "S x".t1 partition of "S x"."T" for values from (0) to (10) partition by range (k);
    create table "S x".t11 partition of "S x".t1 for values from (0) to (10);
    create table "S x".t12 partition of "S x".t1 default;
    create table "S x".t2 partition of "S x"."T" for values from (10) to (20);
    create table plain (id int not null, k int not null, v text);
    insert into "S x"."T" select n, n, n::text from generate_series(1, 19) n;
    insert into plain select n, n, n::text from generate_series(1, 19) n;
"""
PARTITIONED, PLAIN = ('"S x"."T"', '"S x".t1', '"S x".t11', '"S x".t12', '"S x".t2'), ("plain",)
CHANGES = {
    "names of its own": ('create index "I" on "S x"."T" (k)', 'create index "I" on "S x"."T" (k, v)'),
    "the same names": (
        'create index "I" on "S x"."T" (k)',
        'create index "I" on "S x"."T" (k) where v <> \'\'',
    ),
    "another name": ('create index "I" on "S x"."T" (k)', 'create index "J" on "S x"."T" (k) where k > 0'),
    "all names": ('create index on "S x"."T" (k)', 'create index on "S x"."T" (k, v)'),
    "unique": (
        'create unique index "I" on "S x"."T" (id, k)',
        'create unique index "I" on "S x"."T" (id, k, v)',
    ),
    "long names": (
        f'create index {LONG[:-1]}1 on "S x"."T" (k); create index {LONG[:-1]}2 on "S x"."T" (v)',
        f'create index {LONG[:-1]}1 on "S x"."T" (k desc); create index {LONG[:-1]}2 on "S x"."T" (v desc)',
    ),
    "primary key": (
        'alter table "S x"."T" add constraint "P k" primary key (id, k); '
        'create table f (a int, b int, foreign key (a, b) references "S x"."T" (id, k))',
        'alter table "S x"."T" add constraint "P k" primary key (k, id); '
        'create table f (a int, b int, foreign key (a, b) references "S x"."T" (id, k))',
    ),
    "primary key of another name": (
        'alter table "S x"."T" add constraint "P k" primary key (id, k)',
        'alter table "S x"."T" add constraint p primary key (k, id)',
    ),
    "unique key": (
        'alter table "S x"."T" add constraint "U k" unique (id, k)',
        'alter table "S x"."T" add constraint "U k" unique (id, k, v) deferrable',
    ),
    "plain key": (
        "alter table plain add constraint one primary key (id); create table f (a int references plain)",
        "alter table plain add constraint one primary key (id) include (k); create table f (a int references plain)",
    ),
    "plain key of another name": (
        "alter table plain add constraint one unique (id)",
        "alter table plain add constraint other unique (id, k)",
    ),
    "plain index becomes a key": (
        "create unique index one on plain (id)",
        "alter table plain add constraint one unique (id)",
    ),
    "replica identity": (
        "create unique index one on plain (id); alter table plain replica identity using index one",
        "create unique index one on plain (id, k); alter table plain replica identity using index one",
    ),
}


def without(url: str, tables: tuple[str, ...]) -> list[str]:
    """The tables that have no valid index."""
    with psycopg.connect(url, autocommit=True) as connection:
        return [
            table
            for table in tables
            if not connection.execute(
                "select 1 from pg_index where indrelid = %s::regclass and indisvalid and indislive", [table]
            ).fetchone()
        ]


def watching(url: str, tables: tuple[str, ...], seen: list[str]) -> Callable[[Event], None]:
    """Looks before and after each step, as somebody else sees it, and keeps what lacks an index."""

    def tell(event: Event) -> None:
        if isinstance(event, StepBegan | StepEnded):
            seen.append(event.step.sql)
            assert without(url, tables) == [], event

    return tell


@pytest.mark.parametrize("change", CHANGES)
def test_there_is_an_index_at_any_time(make: Make, change: str) -> None:
    old, new = (f"{TABLES}{sql};" for sql in CHANGES[change])
    tables = PLAIN if "plain" in CHANGES[change][0] else PARTITIONED
    case, seen = make(old, new, "online"), list[str]()
    origin = case.dumped()
    assert without(case.url, tables) == []
    apply_plan(case.plan, case.url, progress=watching(case.url, tables, seen))
    assert without(case.url, tables) == []
    assert case.dumped() == case.dumped(case.wanted)
    apply_plan(revert_plan(case.url), case.url, progress=watching(case.url, tables, seen))
    assert case.dumped() == origin
    built = [sql for sql in seen if "concurrently" in sql]
    assert len(built) >= (2 if tables == PLAIN else 6)
    assert execute(case.url, "select count(*) from pg_index where not indisvalid") == [(0,)]
    assert execute(case.url, "select count(*) from pg_class where relname ~ '__(new|old)'") == [(0,)]


@pytest.mark.parametrize("change", ["the same names", "unique key", "plain key"])
def test_nothing_is_read_or_built_under_a_lock_that_keeps_others_out(make: Make, change: str) -> None:
    case = make(*(f"{TABLES}{sql};" for sql in CHANGES[change]), "online")
    for script in (case.plan.forward, case.plan.reverse):
        assert not any("INDEX_BUILD" in s.hazards for s in script.steps if s.transactional)
        dropped = [s for s in script.steps if s.verb == "drop" and s.id.kind in ("index", "constraint")]
        assert dropped
        assert not any("INDEX_DROPPED" in s.hazards for s in dropped)


def keys_of(case: Case) -> list[tuple[object, ...]]:
    return execute(
        case.url,
        "select conname from pg_constraint where contype in ('p', 'u') and conrelid = 'plain'::regclass",
    )


def test_a_key_holds_at_any_time(make: Make) -> None:
    """Rows that break both the old and the new key are refused before each step."""
    old, new = (f"{TABLES}{sql};" for sql in CHANGES["plain key"])
    case = make(old, new, "online")

    def tell(event: Event) -> None:
        if isinstance(event, StepBegan) and not event.step.transactional:
            with pytest.raises(psycopg.errors.UniqueViolation):
                execute(case.url, "insert into plain values (1, 1)")
        if isinstance(event, StepBegan | StepEnded):
            assert keys_of(case) == [("one",)]

    apply_plan(case.plan, case.url, progress=tell)
    assert case.dumped() == case.dumped(case.wanted)
