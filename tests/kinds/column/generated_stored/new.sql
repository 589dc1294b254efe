create table t (id int primary key, a int, b int generated always as (id * 2) stored, c int generated always as (a * 3) stored, d int);
create index t_c on t (c);
create view v as select c, d from t;
