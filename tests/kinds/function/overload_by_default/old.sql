create function f(int) returns int language sql immutable as 'select 1';
create function f(int, int default 3) returns int language sql immutable as 'select 4';
create table t (a int default f(1, 2), check (f(1, 2) > a), b int generated always as (f(1, 2)) stored);
create view v as select f(1, 2) as a from t;
create index i on t ((f(a, 2)));
