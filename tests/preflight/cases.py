"""The cases: an origin, a target, rows that are in the way of the plan or tell of a loss, and rows that are not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

NOTHING: Final = ""


@dataclass(frozen=True)
class Case:
    """``found`` is how the one finding about the rows ``bad`` begins; there is none about the rows ``good``."""

    name: str
    old: str
    new: str
    bad: str
    good: str
    found: str
    since: int = 14
    counted_since: int = 14
    """Before that PostgreSQL tells only that there are some."""

    def __str__(self) -> str:
        return self.name


STATUS = "create type status as enum ('new', 'open', 'done');"
LESS = "create type status as enum ('new', 'open');"
MIXED = 'create schema "Sales 1";'

FAILING = (
    # NOT NULL
    Case(
        "not_null",
        "create table t (a int, b text);",
        "create table t (a int, b text not null);",
        "insert into t values (1, null), (2, null), (3, 'x');",
        "insert into t values (1, 'x');",
        "2 rows of t: b is NULL",
    ),
    Case(
        "not_null_of_mixed_case",
        f'{MIXED} create table "Sales 1"."Big ""T" ("Col A" int);',
        f'{MIXED} create table "Sales 1"."Big ""T" ("Col A" int not null);',
        'insert into "Sales 1"."Big ""T" values (null);',
        'insert into "Sales 1"."Big ""T" values (1);',
        '1 row of "Sales 1"."Big ""T": "Col A" is NULL',
    ),
    Case(
        "not_null_of_an_heir",
        "create table t (a int); create table h () inherits (t);",
        "create table t (a int not null); create table h () inherits (t);",
        "insert into h values (null);",
        "insert into h values (1); insert into t values (2);",
        "1 row of t: a is NULL",
    ),
    Case(
        "not_null_of_a_partition",
        "create table t (k int, a int) partition by list (k); create table p partition of t for values in (1);",
        "create table t (k int, a int not null) partition by list (k); create table p partition of t for values in (1);",
        "insert into t values (1, null);",
        "insert into t values (1, 1);",
        "1 row of t: a is NULL",
    ),
    Case(
        "not_null_of_a_primary_key",
        "create table t (a int, b int);",
        "create table t (a int, b int, primary key (a, b));",
        "insert into t values (1, null);",
        "insert into t values (1, 1), (1, 2);",
        "1 row of t: b is NULL",
    ),
    Case(
        "new_column_without_a_value",
        "create table t (a int);",
        "create table t (a int, b text not null);",
        "insert into t values (1), (2);",
        "select;",
        "2 rows of t: b would be NULL",
    ),
    Case(
        "new_column_of_a_domain_without_a_value",
        "create domain d as int not null; create table t (a int);",
        "create domain d as int not null; create table t (a int, b d);",
        "insert into t values (1);",
        "select;",
        "1 row of t: b would be NULL",
    ),
    # Keys
    Case(
        "unique",
        "create table t (a int, b text);",
        "create table t (a int, b text, unique (a, b));",
        "insert into t values (1, 'x'), (1, 'x'), (1, 'y'), (null, 'x'), (null, 'x');",
        "insert into t values (1, 'x'), (1, 'y'), (null, 'x'), (null, 'x');",
        "1 key of t: (a, b) is there more than once: 1, x",
    ),
    Case(
        "unique_where_null_is_a_value",
        "create table t (a int);",
        "create table t (a int, unique nulls not distinct (a));",
        "insert into t values (null), (null);",
        "insert into t values (null), (1);",
        "1 key of t: (a) is there more than once: NULL",
        since=15,
    ),
    Case(
        "primary_key",
        "create table t (a int not null);",
        "create table t (a int primary key);",
        "insert into t values (1), (1), (2), (2), (2);",
        "insert into t values (1), (2);",
        "2 keys of t: (a) is there more than once, such as 1, 2",
    ),
    Case(
        "primary_key_of_a_partition",
        "create table t (a int not null) partition by range (a); create table p partition of t for values from (0) to (9);",
        "create table t (a int primary key) partition by range (a); create table p partition of t for values from (0) to (9);",
        "insert into t values (1), (1);",
        "insert into t values (1), (2);",
        "1 key of p: (a) is there more than once: 1",
    ),
    Case(
        "unique_index_on_expression_where",
        "create table t (email text, gone bool);",
        "create table t (email text, gone bool); create unique index u on t (lower(email)) where not gone;",
        "insert into t values ('A', false), ('a', false);",
        "insert into t values ('A', false), ('a', true), ('b', false);",
        "1 key of t: (lower(email)) is there more than once: a",
    ),
    Case(
        "unique_index_by_another_collation",
        "create table t (a text);",
        'create table t (a text); create unique index u on t (a collate "C" text_pattern_ops);',
        "insert into t values ('x'), ('x');",
        "insert into t values ('x'), ('X');",
        "1 key of t: (a) is there more than once: x",
    ),
    Case(
        "unique_index_on_a_materialized_view",
        "create table t (a int); create materialized view m as select a from t;",
        "create table t (a int); create materialized view m as select a from t; create unique index u on m (a);",
        "insert into t values (1), (1); refresh materialized view m;",
        "insert into t values (1), (1); delete from t; insert into t values (1); refresh materialized view m;",
        "1 key of m: (a) is there more than once: 1",
    ),
    Case(
        "exclusion",
        "create table t (r int4range, gone bool);",
        "create table t (r int4range, gone bool, constraint no_two exclude using gist (r with &&) where (not gone));",
        "insert into t values ('[1,5)', false), ('[4,9)', false), ('[20,30)', false);",
        "insert into t values ('[1,5)', false), ('[4,9)', true), ('[20,30)', false);",
        "1 pair of rows of t: (r) is in conflict by no_two",
    ),
    # Foreign keys
    Case(
        "foreign_key",
        "create table p (id int primary key); create table t (p int);",
        "create table p (id int primary key); create table t (p int references p);",
        "insert into p values (1); insert into t values (1), (7), (8), (null);",
        "insert into p values (1); insert into t values (1), (null);",
        "2 rows of t: (p) is not in p (id), such as 7, 8",
    ),
    Case(
        "foreign_key_to_itself",
        "create table t (id int primary key, up int);",
        "create table t (id int primary key, up int references t);",
        "insert into t values (1, 1), (2, 3);",
        "insert into t values (1, 1), (2, 1);",
        "1 row of t: (up) is not in t (id): 3",
    ),
    Case(
        "foreign_key_match_full",
        "create table p (a int, b int, primary key (a, b)); create table t (a int, b int);",
        "create table p (a int, b int, primary key (a, b)); create table t (a int, b int, foreign key (a, b) references p match full);",
        "insert into p values (1, 1); insert into t values (1, null);",
        "insert into p values (1, 1); insert into t values (null, null), (1, 1);",
        "1 row of t: (a, b) is not in p (a, b): 1, NULL",
    ),
    Case(
        "foreign_key_match_simple",
        "create table p (a int, b int, primary key (a, b)); create table t (a int, b int);",
        "create table p (a int, b int, primary key (a, b)); create table t (a int, b int, foreign key (a, b) references p);",
        "insert into p values (1, 1); insert into t values (1, 2);",
        "insert into p values (1, 1); insert into t values (null, 5), (1, 1);",
        "1 row of t: (a, b) is not in p (a, b): 1, 2",
    ),
    Case(
        "foreign_key_to_a_new_table",
        "create table t (p int);",
        "create table p (id int primary key); create table t (p int references p);",
        "insert into t values (1);",
        "insert into t values (null);",
        "1 row of t: (p) is not in p (id): 1",
    ),
    Case(
        "foreign_key_between_schemas_and_partitions",
        f'{MIXED} create table "Sales 1".p ("Id" int primary key) partition by list ("Id"); create table "Sales 1".p1 partition of "Sales 1".p for values in (1); create table t (k int, x int) partition by list (k); create table t1 partition of t for values in (1);',
        f'{MIXED} create table "Sales 1".p ("Id" int primary key) partition by list ("Id"); create table "Sales 1".p1 partition of "Sales 1".p for values in (1); create table t (k int, x int references "Sales 1".p) partition by list (k); create table t1 partition of t for values in (1);',
        'insert into "Sales 1".p values (1); insert into t values (1, 1), (1, 2);',
        'insert into "Sales 1".p values (1); insert into t values (1, 1);',
        '1 row of t: (x) is not in "Sales 1".p ("Id"): 2',
    ),
    Case(
        "foreign_key_that_heirs_do_not_serve",
        "create table p (id int primary key); create table h (primary key (id)) inherits (p); create table t (p int);",
        "create table p (id int primary key); create table h (primary key (id)) inherits (p); create table t (p int references p);",
        "insert into h values (1); insert into t values (1);",
        "insert into p values (1); insert into t values (1);",
        "1 row of t: (p) is not in p (id): 1",
    ),
    Case(
        "foreign_key_of_retyped_columns",
        "create table p (id int primary key); create table t (p text);",
        "create table p (id int primary key); create table t (p int references p);",
        "insert into p values (1); insert into t values ('2');",
        "insert into p values (1); insert into t values ('01');",
        "1 row of t: (p) is not in p (id): 2",
    ),
    # Checks
    Case(
        "check",
        "create table t (a int, b int);",
        "create table t (a int, b int, constraint c check (a < b));",
        "insert into t values (2, 1), (null, 1);",
        "insert into t values (1, 2), (null, 1);",
        "1 row of t: check c does not hold",
    ),
    Case(
        "check_that_changes",
        "create table t (a int, constraint c check (a > 0));",
        "create table t (a int, constraint c check (a > 10));",
        "insert into t values (5);",
        "insert into t values (50);",
        "1 row of t: check c does not hold",
    ),
    Case(
        "check_that_is_validated",
        "create table t (a int); alter table t add constraint c check (a > 0) not valid;",
        "create table t (a int, constraint c check (a > 0));",
        "alter table t drop constraint c; insert into t values (-5); alter table t add constraint c check (a > 0) not valid;",
        "insert into t values (5);",
        "1 row of t: check c does not hold",
    ),
    Case(
        "check_of_heirs",
        "create table t (a int); create table h () inherits (t);",
        "create table t (a int, constraint c check (a > 0)); create table h () inherits (t);",
        "insert into h values (-1);",
        "insert into h values (1);",
        "1 row of t: check c does not hold",
    ),
    Case(
        "check_that_heirs_do_not_have",
        "create table t (a int); create table h () inherits (t);",
        "create table t (a int, constraint c check (a > 0) no inherit); create table h () inherits (t);",
        "insert into t values (-1);",
        "insert into h values (-1); insert into t values (1);",
        "1 row of t: check c does not hold",
    ),
    Case(
        "check_of_renamed_columns",
        'create table old ("From" int, b int);',
        """
-- schemadiff: renamed from old
create table new_t (
    -- schemadiff: renamed from "From"
    a int,
    b int,
    constraint c check (a < b)
);""",
        "insert into old values (2, 1);",
        "insert into old values (1, 2);",
        "1 row of old: check c does not hold",
    ),
    Case(
        "names_that_are_exchanged",
        "create table t (a int, b int);",
        """
create table t (
    -- schemadiff: renamed from a
    b int,
    -- schemadiff: renamed from b
    a int not null
);""",
        "insert into t values (1, null);",
        "insert into t values (null, 1);",
        "1 row of t: b is NULL",
    ),
    Case(
        "check_of_a_domain",
        "create domain d as int; create table t (v d, w d);",
        "create domain d as int constraint positive check (value > 0); create table t (v d, w d);",
        "insert into t values (1, -1), (null, 1);",
        "insert into t values (1, 1);",
        "1 row of t: w breaks check positive of its domain: -1",
    ),
    Case(
        "check_of_a_domain_in_an_array",
        "create domain d as int; create table t (v d, w d[]);",
        "create domain d as int constraint positive check (value > 0); create table t (v d, w d[]);",
        "insert into t values (1, '{1}'), (-1, null);",
        "insert into t values (1, '{1,2}');",
        "1 row of t: v breaks check positive of its domain: -1",
    ),
    Case(
        "elements_of_a_domain",
        "create domain d as int; create table t (w d[]);",
        "create domain d as int constraint positive check (value > 0); create table t (w d[]);",
        "insert into t values ('{1,-1}');",
        "insert into t values ('{1,2,null}');",
        "1 row of t: w breaks check positive of its domain",
    ),
    Case(
        "not_null_of_a_domain",
        "create domain d as int; create table t (v d);",
        "create domain d as int not null; create table t (v d);",
        "insert into t values (null);",
        "insert into t values (1);",
        "1 row of t: v is NULL",
    ),
    Case(
        "column_becomes_of_a_domain",
        "create table t (v text);",
        "create domain d as int check (value > 0); create table t (v d);",
        "insert into t values ('-1');",
        "insert into t values ('1'), (null);",
        "1 row of t: v breaks check d_check of its domain: -1",
    ),
    Case(
        "column_becomes_of_a_domain_that_is_there",
        "create domain d as int check (value > 0); create table t (v text);",
        "create domain d as int check (value > 0); create table t (v d);",
        "insert into t values ('-1');",
        "insert into t values ('1'), (null);",
        "1 row of t: v does not fit public.d: -1",
        counted_since=16,
    ),
    # Types
    Case(
        "text_to_integer",
        "create table t (a text);",
        "create table t (a int);",
        "insert into t values ('12'), ('x'), (null), ('99999999999');",
        "insert into t values ('12'), (null), (' 5 ');",
        "2 rows of t: a does not fit integer, such as 99999999999, x",
        counted_since=16,
    ),
    Case(
        "padded_to_integer",
        "create table t (a char(5));",
        "create table t (a date);",
        "insert into t values ('x');",
        "insert into t values (null);",
        "1 row of t: a does not fit date: x",
        counted_since=16,
    ),
    Case(
        "shorter_text",
        "create table t (a varchar(10), b text);",
        "create table t (a varchar(3), b text);",
        "insert into t values ('abcd'), ('äöüß');",
        "insert into t values ('abc'), ('ab     '), ('äöü');",
        "2 rows of t: a does not fit character varying(3), such as abcd, äöüß",
    ),
    Case(
        "shorter_array_of_text",
        "create table t (a text[]);",
        "create table t (a varchar(3)[]);",
        "insert into t values ('{a,abcd}');",
        "insert into t values ('{a,abc,null}'), ('{}');",
        "1 row of t: a does not fit character varying(3)[]: {a,abcd}",
    ),
    Case(
        "number_as_short_text",
        "create table t (a int);",
        "create table t (a varchar(3));",
        "insert into t values (1234);",
        "insert into t values (123);",
        "1 row of t: a does not fit character varying(3): 1234",
    ),
    Case(
        "bits",
        "create table t (a bit varying(8));",
        "create table t (a bit varying(3));",
        "insert into t values (b'10101');",
        "insert into t values (b'101');",
        "1 row of t: a does not fit bit varying(3): 10101",
    ),
    Case(
        "smaller_integer",
        "create table t (a bigint);",
        "create table t (a int);",
        "insert into t values (2147483648), (-2147483648);",
        "insert into t values (2147483647), (-2147483648);",
        "1 row of t: a does not fit integer: 2147483648",
    ),
    Case(
        "smaller_numeric",
        "create table t (a numeric(8,2));",
        "create table t (a numeric(5,2));",
        "insert into t values (1000);",
        "insert into t values (999.99), ('NaN');",
        "1 row of t: a does not fit numeric(5,2): 1000.00",
        counted_since=16,
    ),
    Case(
        "float_to_integer",
        "create table t (a double precision);",
        "create table t (a int);",
        "insert into t values (1e12), ('NaN');",
        "insert into t values (2147483647), (-2147483648);",
        "2 rows of t: a does not fit integer, such as 1000000000000, NaN",
        counted_since=16,
    ),
    Case(
        "boolean_of_text_elements",
        "create table t (a text[]);",
        "create table t (a int[]);",
        "insert into t values ('{1,x}');",
        "insert into t values ('{1,null}');",
        "some row of t: a does not fit integer[]",
    ),
    Case(
        "label_that_goes",
        f"{STATUS} create table t (s status default 'new', other int);",
        f"{LESS} create table t (s status default 'new', other int);",
        "insert into t values ('done'), (null), ('new');",
        "insert into t values ('open'), (null);",
        "1 row of t: s holds what is no label of public.status: done",
    ),
    Case(
        "label_that_goes_from_an_array",
        f"{STATUS} create table t (s status[]);",
        f"{LESS} create table t (s status[]);",
        "insert into t values ('{new,done}');",
        "insert into t values ('{new,open,null}');",
        "1 row of t: s holds what is no label of public.status: {new,done}",
    ),
    Case(
        "label_that_goes_from_a_domain",
        f"{STATUS} create domain d as status; create table t (s d);",
        f"{LESS} create domain d as status; create table t (s d);",
        "insert into t values ('done');",
        "insert into t values ('new');",
        "1 row of t: s holds what is no label of public.status: done",
    ),
    Case(
        "label_that_is_mapped",
        f"{STATUS} create table t (s status);",
        "create type status as enum (\n-- schemadiff: map 'done' to 'open'\n'open');\ncreate table t (s status);",
        "insert into t values ('done'), ('new');",
        "insert into t values ('done'), ('open');",
        "1 row of t: s holds what is no label of public.status: new",
    ),
    Case(
        "text_becomes_a_new_enum",
        "create table t (s text);",
        f"{STATUS} create table t (s status);",
        "insert into t values ('old');",
        "insert into t values ('new');",
        "1 row of t: s holds what is no label of public.status: old",
    ),
    Case(
        "attribute_of_a_composite_type",
        'create type pair as (a text, "B" text); create table t (p pair);',
        'create type pair as (a int, "B" text); create table t (p pair);',
        "insert into t values (row('x', 'y'));",
        "insert into t values (row('1', 'y')), (null), (row(null, null));",
        "1 row of t: p.a does not fit integer: x",
        counted_since=16,
    ),
    # Partitions
    Case(
        "attached",
        "create table t (at date, n int) partition by range (at); create table p (at date, n int);",
        "create table t (at date, n int) partition by range (at); create table p partition of t for values from ('2020-01-01') to ('2021-01-01');",
        "insert into p values ('2019-12-31'), (null);",
        "insert into p values ('2020-12-31');",
        "2 rows of p: not of this partition",
    ),
    Case(
        "attached_by_hash",
        "create table t (a int) partition by hash (a); create table p (a int);",
        "create table t (a int) partition by hash (a); create table p partition of t for values with (modulus 2, remainder 0);",
        "insert into p select generate_series(1, 100);",
        "select;",
        "<n> rows of p: not of this partition",
    ),
    Case(
        "default_partition_holds_them",
        "create table t (k text) partition by list (k); create table d partition of t default;",
        "create table t (k text) partition by list (k); create table d partition of t default; create table \"P\" partition of t for values in ('a', 'b');",
        "insert into t values ('a'), ('c');",
        "insert into t values ('c'), (null);",
        '1 row of d: of the new partition public."P"',
    ),
    Case(
        "changed_bounds",
        "create table t (a int) partition by range (a); create table p partition of t for values from (0) to (100);",
        "create table t (a int) partition by range (a); create table p partition of t for values from (0) to (50);",
        "insert into t values (70);",
        "insert into t values (7);",
        "1 row of p: not of this partition",
    ),
    Case(
        "partition_of_a_partition",
        "create table t (a int, b int) partition by list (a); create table s partition of t for values in (1) partition by list (b); create table p (a int, b int);",
        "create table t (a int, b int) partition by list (a); create table s partition of t for values in (1) partition by list (b); create table p partition of s for values in (5);",
        "insert into p values (2, 5);",
        "insert into p values (1, 5);",
        "1 row of p: not of this partition",
    ),
)

LOSING = (
    Case(
        "drop_table",
        f'{MIXED} create table "Sales 1".t (a int);',
        MIXED,
        'insert into "Sales 1".t values (1), (2), (null);',
        "select;",
        '3 rows of "Sales 1".t: lost with the table',
    ),
    Case(
        "drop_partition",
        "create table t (a int) partition by list (a); create table p partition of t for values in (1); create table q partition of t for values in (2);",
        "create table t (a int) partition by list (a); create table q partition of t for values in (2);",
        "insert into t values (1), (2);",
        "insert into t values (2);",
        "1 row of p: lost with the table",
    ),
    Case(
        "drop_column",
        "create table t (a int, b text);",
        "create table t (a int);",
        "insert into t values (1, 'x'), (2, null);",
        "insert into t values (1, null);",
        "1 value of t: b, lost with the column",
    ),
    Case(
        "drop_sequence",
        "create sequence s;",
        "",
        "select nextval('s'), nextval('s');",
        "select;",
        "s: its position, lost with the sequence: 2",
    ),
    Case(
        "drop_attribute",
        "create type pair as (a int, b int); create table t (p pair);",
        "create type pair as (a int); create table t (p pair);",
        "insert into t values (row(1, 2)), (row(1, null));",
        "insert into t values (row(1, null)), (null);",
        "1 value of t: p.b, lost with the attribute",
    ),
    Case(
        "rounded",
        "create table t (a numeric);",
        "create table t (a numeric(5,1));",
        "insert into t values (1.25), (1.5);",
        "insert into t values (1.5), (2);",
        "1 row of t: a comes out changed as numeric(5,1): 1.25",
    ),
    Case(
        "time_of_day",
        "create table t (a timestamp);",
        "create table t (a date);",
        "insert into t values ('2020-01-01 10:00');",
        "insert into t values ('2020-01-01');",
        "1 row of t: a comes out changed as date: 2020-01-01 10:00:00",
    ),
)
