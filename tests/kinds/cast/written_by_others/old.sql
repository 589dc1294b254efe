create schema "S 2";
create type "S 2".pair as (x integer, y integer);
create table t (id integer, p "S 2".pair);
create view w as select id from t;
create function kept(p "S 2".pair) returns integer language sql immutable as 'select 1';
