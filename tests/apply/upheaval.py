"""A change of more than 25 steps that has a step of every sort: enum labels, keys, checks and NOT NULL on tables
with rows, a column that is filled, a materialized view that is built ahead, indexes built, dropped, exchanged and
repaired, those of a partitioned table and a key exchanged too, partitions, views, functions.
"""

OLD = """
    create type mood as enum ('calm');
    create table p (id int primary key, k int);
    create table t (id int, a int, b text, v int, gone int, m mood, constraint "Key" unique (v));
    create index changed on t (a);
    create index "Goes" on t (v);
    create index broken on t (b);
    create table m (id int, d date) partition by range (d);
    create table m1 partition of m for values from ('2020-01-01') to ('2021-01-01');
    create table m2 partition of m for values from ('2021-01-01') to ('2022-01-01') partition by range (id);
    create table m3 partition of m2 for values from (1) to (100);
    create index "M d" on m (d);
    create view seen as select id, b from t;
    create materialized view summed as select sum(a) as s from t;
    create unique index summed_s on summed (s);
    insert into p select n, n from generate_series(1, 50) n;
    insert into t select n, n, n::text, n from generate_series(1, 50) n;
    insert into m select n, date '2020-06-01' + 10 * n from generate_series(1, 50) n;
"""
BREAK = "update pg_index set indisvalid = false where indexrelid = 'broken'::regclass"
"""Makes an index what a failed concurrent build leaves."""

NEW = """
    create type mood as enum ('calm', 'wild');
    create table p (id int primary key, k int unique);
    create table t (
        id int primary key, a int not null, b text check (length(b) < 9), v int references p (k),
        m mood default 'wild', more text not null default 'none',
        u uuid not null default gen_random_uuid(),
        constraint "Key" unique (v, a),
        constraint "Later" unique (a) deferrable initially deferred
    );
    create index changed on t (a, b);
    comment on index changed is 'new';
    create index broken on t (b);
    create unique index "Comes" on t (b);
    create table m (id int not null, d date) partition by range (d);
    create table m1 partition of m for values from ('2020-01-01') to ('2021-01-01');
    create table m2 partition of m for values from ('2021-01-01') to ('2022-01-01') partition by range (id);
    create table m3 partition of m2 for values from (1) to (100);
    create index "M d" on m (d) where id > 0;
    create index m_id on m (id);
    create table fresh (id bigint generated always as identity primary key, t int references t);
    create function twice(n int) returns int language sql immutable return n * 2;
    create view seen as select id, b, more, twice(a) as two from t;
    create materialized view summed as select sum(a) as s, count(*) as n from t;
    create unique index summed_s on summed (s);
    comment on column t.more is 'said';
    grant select on t to public;
"""
