create table t (a int, b text, c int generated always as (a) stored);
create index t_b on t (b);
