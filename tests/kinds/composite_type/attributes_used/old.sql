create type a as (x int, y text);
create table t (id int primary key, a a, as_ a[]);
create view v as select (a).x from t;
