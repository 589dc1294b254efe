create table t (id int, c int generated always as (id) stored); create type pt as (a int); create table u (id int, c int);
