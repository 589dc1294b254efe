create type a as (x bigint, y text);
create table t (id int primary key, a a, as_ a[]);
create view v as select (a).x from t;
create function f(a) returns int language sql as 'select 1';
