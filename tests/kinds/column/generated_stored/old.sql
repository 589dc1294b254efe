create table t (id int primary key, a int, b int, c int generated always as (a * 2) stored, d int generated always as (a) stored);
create index t_c on t (c);
create view v as select c, d from t;
