create table t (a integer, b integer);
alter table t add constraint t_a check (a > 0);
create type e as enum ('x', 'y');
create type c as (a integer);
