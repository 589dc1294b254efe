create function f(int) returns int language sql immutable as 'select 1';
create table t (a int default f(1), check (f(1) > a), b int generated always as (f(1)) stored);
create view v as select f(1) as a from t;
create index i on t ((f(a)));
create table u (a int default f(1));
